"""Stories of a corpus or a table of reports, and every place of a passage in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from headwater.casefile import Key, read_case
from headwater.casefile.lock import sole_writer
from headwater.engine.find import around, find
from headwater.engine.stages import Work
from headwater.engine.stories import SCHEMA, STORIES, StoriesMade, Story, find_stories, largest
from headwater.errors import ReportMissing
from headwater.model import keys
from headwater.pipeline.outcomes import Progress, Silent, Step
from headwater.pipeline.reusing import (
    GROUPED,
    LASTING,
    Means,
    check_out,
    columns_of,
    executor,
    file_digest,
    input_key,
    reports_at,
    stoppable,
    write_table,
)
from headwater.pipeline.stage_progress import StageProgress
from headwater.tracing.credits import agency_of

# Code points of the text that are shown on either side of a place.
AROUND = 60
_FOLDER = ".headwater-work"


@dataclass(frozen=True, slots=True)
class Place:
    """One place that carries what was asked: its report, its code points and words, what stands around, how like it is.

    `exact` when the same words stand there in a row; `score` is the share of what both tell that they share.
    """

    report: str
    outlet: str
    published: str
    start: int
    end: int
    before: str
    text: str
    behind: str
    score: float
    exact: bool


def stories(
    source: Path,
    out: Path | None,
    *,
    most: int,
    means: Means,
    work: Path | None = None,
    progress: Progress | None = None,
) -> tuple[StoriesMade, list[Story]]:
    """Group the reports at `source` into stories; return what came of them and the first `most` stories.

    The table `out` has the rows that find_stories makes. What was worked out is kept in `work` (in a corpus: its own
    folder), so that later searches begin from it. Raises PathMissing, BadReports, CannotWrite, InUse and Stopped.
    """
    if out is not None:
        check_out(out)
    with _opened(source, means, work, StageProgress(progress or Silent(), Step.COMPARING)) as (stages, columns):
        made = find_stories(stages, columns, credit=agency_of)
        if out is not None:
            write_table(stages.files(STORIES), out, SCHEMA)
        return made, largest(stages, most)


def places(
    source: Path, asked: str, *, means: Means, work: Path | None = None, progress: Progress | None = None
) -> list[Place]:
    """Return every place at `source` that carries or renders the words `asked`, earliest report first.

    What is looked up in is made once and kept as by `stories`. Raises what `stories` raises, and ValueError when there
    is no word in `asked`.
    """
    if not keys(asked):
        raise ValueError("there is no word to look for")
    with _opened(source, means, work, StageProgress(progress or Silent(), Step.COMPARING)) as (stages, columns):
        found = find(stages, columns, [asked], credit=agency_of)
        return list(_places(found, around(stages, found, AROUND)))


def story_ids(corpus: Path, number: int, *, means: Means, progress: Progress | None = None) -> list[str]:
    """Return the ids of the reports of a story, by its rank among the stories of a corpus, earliest first.

    Raises ReportMissing when there is no such story, and what `stories` raises.
    """
    with _opened(corpus, means, None, StageProgress(progress or Silent(), Step.COMPARING)) as (stages, columns):
        made = find_stories(stages, columns, credit=agency_of)
        rows = pq.read_table(list(stages.files(STORIES)), columns=["story", "id"], filters=[("story", "==", number)])
    if not rows.num_rows:
        raise ReportMissing(
            f"There is no story {number} in {corpus}: it has {made.stories}.",
            next_step="“headwater corpus stories” lists them with their numbers.",
        )
    ids: list[str] = rows.column("id").to_pylist()
    return ids


def found_ids(corpus: Path, asked: str, *, means: Means, progress: Progress | None = None) -> list[str]:
    """Return the ids of the reports of a corpus that carry or render the words `asked`, earliest first.

    Raises ReportMissing when none does, and what `places` raises.
    """
    ids = list(dict.fromkeys(place.report for place in places(corpus, asked, means=means, progress=progress)))
    if not ids:
        raise ReportMissing(
            f"No report of {corpus} carries these words.", next_step="Try fewer of them, or “headwater corpus find”."
        )
    return ids


def statement_words(case: Path, statement: str, key: Key | None = None) -> str:
    """Return the words of a statement of a case. Raises LookupError when it has no such one."""
    for reading in read_case(case, key=key).readings:
        for each in reading.statements:
            if each.id == statement:
                return each.text
    raise LookupError(f"there is no statement {statement} in {case}; “headwater show” with --json names them")


@contextmanager
def _opened(
    source: Path, means: Means, folder: Path | None, telling: StageProgress
) -> Iterator[tuple[Work, Sequence[str]]]:
    files, place = reports_at(source, work=source.with_name(source.name + _FOLDER))
    place = folder or place
    columns = columns_of(files)
    with sole_writer(place), stoppable(telling), executor(means, place) as engine:
        work = Work(place, engine, telling)
        work.given("input", files, input_key([file_digest(path) for path in files]))
        yield work, columns
        work.sweep(*LASTING, *GROUPED)


def _places(found: pa.Table, words: Sequence[tuple[str, str, str]]) -> Iterator[Place]:
    for row, (before, text, behind) in zip(found.to_pylist(), words, strict=True):
        yield Place(
            report=row["id"],
            outlet=row["outlet"],
            published=row["published"],
            start=row["start"],
            end=row["end"],
            before=before,
            text=text,
            behind=behind,
            score=row["score"],
            exact=row["exact"],
        )
