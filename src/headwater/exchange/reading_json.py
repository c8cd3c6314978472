"""What was read in one report as one line of JSONL: its attributions and statements. Copies records, decides nothing.

Places are [start, end], code points of the report's text, half-open; `text_sha256` says of which text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

from headwater.model import Attribution, Maker, Reading, Report, Span, Statement

Json = dict[str, Any]

# UTF-8 cannot carry lone surrogates, and some programs end a line at the others.
_ESCAPED = re.compile("[\ud800-\udfff\x85\u2028\u2029]")


def reading_line(
    name: str | int, report: Report, reading: Reading, attributions: Sequence[Attribution], maker: Maker
) -> bytes:
    """Return the line of one report, with its newline; `name` is the id under which others know the report.

    `attributions` are those to write for the reading. The same reading gives the same bytes.
    """
    sources = {mention.id: mention.text for mention in reading.mentions}
    content = {
        "id": name,
        "attributions": [_attribution(each) for each in attributions],
        "statements": [_statement(each, sources.get(each.source or "")) for each in reading.statements],
        "notes": list(reading.notes),
        "reader": maker_words(maker),
        "text_sha256": report.info.text_sha256,
    }
    line = json.dumps(content, ensure_ascii=False, allow_nan=False)
    return (_ESCAPED.sub(lambda found: f"\\u{ord(found.group()):04x}", line) + "\n").encode()


def maker_words(maker: Maker) -> str:
    """Return how a line names what made its reading."""
    return f"{maker.name} {maker.version}"


def _attribution(attribution: Attribution) -> Json:
    return {
        "source": _spans(attribution.source),
        "cue": _spans([attribution.cue] if attribution.cue else []),
        "content": _spans(attribution.content),
        "kind": attribution.kind.value,
        "probability": attribution.probability,
    }


def _statement(statement: Statement, source: str | None) -> Json:
    return {
        "id": statement.id,
        "text": statement.text,
        "content": _spans(statement.content),
        "form": statement.form.value,
        "source": source,
        "source_span": list(statement.source_span) if statement.source_span else None,
        "cue": list(statement.cue) if statement.cue else None,
        "told_to": statement.told_to.text if statement.told_to else None,
        "certainty": statement.certainty.value,
        "stance": statement.stance.value,
        "probability": statement.probability,
    }


def _spans(spans: Iterable[Span]) -> list[list[int]]:
    return [list(span) for span in spans]
