"""The one way in which a line, row or record says that no report can be made of it."""

from __future__ import annotations

from headwater.model import SetAsideKind


class Unfit(Exception):
    """It is no report; the message is the reason for a person."""

    def __init__(self, kind: SetAsideKind, why: str) -> None:
        super().__init__(why)
        self.kind = kind
