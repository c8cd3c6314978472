"""What the operating system and SQLite say about a change of a case, as a sentence for a person."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import apsw

from headwater.casefile.database import damaged
from headwater.errors import CannotWrite


@contextmanager
def explained(target: Path) -> Iterator[None]:
    """Turn what the operating system and SQLite say about a change into a sentence for a person."""
    try:
        yield
    except apsw.FullError as error:
        raise _cannot(target, "The disk is full.") from error
    except (apsw.CorruptError, apsw.NotADBError) as error:
        raise damaged(target, f"{error}.") from error
    except apsw.ReadOnlyError as error:
        raise _closed(target, "It, its folder or the disk can only be read.") from error
    except apsw.Error as error:
        raise _cannot(target, f"The disk or its file system refused it ({error}).") from error
    except UnicodeEncodeError as error:
        raise _cannot(target, "Its name holds characters that cannot be written.") from error
    except PermissionError as error:
        raise _closed(target, f"{error.strerror or error}.") from error
    except OSError as error:
        raise _cannot(target, f"{error.strerror or error}.") from error


def _closed(target: Path, why: str) -> CannotWrite:
    return CannotWrite(
        f"The case {target} cannot be written. {why}",
        next_step="Check the rights of the file and of its folder, or copy the case to another place.",
    )


def _cannot(target: Path, why: str) -> CannotWrite:
    return CannotWrite(
        f"The case {target} cannot be written. {why}",
        next_step="Free some space, or choose another place for the case.",
    )
