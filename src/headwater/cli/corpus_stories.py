"""The command `corpus stories`: reports of one event, grouped, named and ranked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import click

from headwater.cli.corpus_reuse import means_options
from headwater.cli.output import cut, json_line, json_option, many, path_words, width, wrap
from headwater.cli.progress import progress_here
from headwater.engine.stories import StoriesMade, Story
from headwater.pipeline.corpus_search import stories
from headwater.pipeline.reusing import Means

_SHOWN = 20


@click.command("stories", short_help="Group the reports of one event.")
@click.argument("source", metavar="INPUT", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help="Write every report of a story here.")
@click.option(
    "--most", type=click.IntRange(1, 100_000), default=_SHOWN, show_default=True, metavar="N", help="Stories to show."
)
@click.option(
    "--work",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Where to keep what was worked out. [default: in the corpus, or beside the file]",
)
@means_options
@json_option
def command(
    *,
    source: Path,
    out: Path | None,
    most: int,
    work: Path | None,
    memory: int,
    threads: int | None,
    spark: str | None,
    as_json: bool,
) -> None:
    """Group the reports of one event into stories: those of most outlets first.

    \b
    Examples
      headwater corpus stories news.corpus
      headwater corpus stories articles.parquet --out stories.parquet --most 100

    INPUT is a corpus, or a Parquet file with the columns id and text; published, title and outlet help. Reports are one
    story when their most telling words agree on the average and their days are near. A report without a day joins only
    where it agrees more. The table has a row for each report of a story: story, id, outlet, published, title.
    """
    with progress_here() as progress:
        made, found = stories(source, out, most=most, means=Means(memory, threads, spark), work=work, progress=progress)
    if as_json:
        counts = {**asdict(made), "alone": made.alone}
        click.echo(json_line({**counts, "shown": [asdict(each) for each in found], "table": str(out) if out else None}))
        return
    for line in _told(made, found):
        click.echo(line)
    if out:
        click.echo(f"\nTable  {path_words(out)}")


def _told(made: StoriesMade, found: list[Story]) -> Iterator[str]:
    stories_of = many(made.stories, "story", "stories")
    rest = f", {made.empty:,} without a word" if made.empty else ""
    yield wrap(f"{many(made.reports, 'report')}: {made.inside:,} in {stories_of}, {made.alone:,} alone{rest}")
    for story in found:
        days = story.first if story.first == story.last else f"{story.first} to {story.last}"
        yield ""
        yield f"{story.number:>5}  {cut(story.label, width() - 7)}"
        outlets = f"from {many(story.outlets, 'outlet')}" if story.outlets else "outlets unknown"
        yield f"       {many(story.reports, 'report')} {outlets} · {days or 'days unknown'}"
        yield f"       {cut(', '.join(story.words), width() - 7)}"
