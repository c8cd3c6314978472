"""Reading: one report in, its statements, figures, dates and citations out. Never looks at other reports.

`read` reads a text. `Reader` is the interface that every reader implements, those of other packages too; `reader_for`
picks one. A report in a language without a reader is kept, shown, and said to be unread.
"""

from headwater.reading.interface import Reader, Unread
from headwater.reading.plain import attributions_of, read
from headwater.reading.promise import faults
from headwater.reading.registry import DEFAULT, RULES, UNREAD, known, reader_for
from headwater.reading.trained.sentences import vectors
from headwater.reading.trained.weights import use_threads

__all__ = [
    "DEFAULT",
    "RULES",
    "UNREAD",
    "Reader",
    "Unread",
    "attributions_of",
    "faults",
    "known",
    "read",
    "reader_for",
    "use_threads",
    "vectors",
]
