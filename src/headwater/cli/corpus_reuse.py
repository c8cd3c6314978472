"""The command `corpus reuse`: the wording that reports share, as a table of typed, aligned spans."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import click

from headwater.cli.output import json_line, json_option, many, path_words
from headwater.cli.progress import progress_here
from headwater.pipeline.reusing import DEFAULT_MEMORY, Means, Reused, reuse, told

F = TypeVar("F", bound=Callable[..., Any])
_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*([kmgt]?)i?b?", re.IGNORECASE)
_POWERS = {"": 0, "k": 1, "m": 2, "g": 3, "t": 4}
_LEAST_MEMORY = 512 * 2**20


class Size(click.ParamType[int]):
    """A number of bytes as people write it: 4GB, 512 MB."""

    name = "size"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return the number of bytes; fails on what is none, and on less than half a gigabyte."""
        if isinstance(value, int):
            return value
        match = _SIZE.fullmatch(value.strip())
        if match is None:
            self.fail(f"{value!r} is no size; write it as 4GB or 800MB.", param, ctx)
        size = int(float(match.group(1)) * 1024 ** _POWERS[match.group(2).lower()])
        if size < _LEAST_MEMORY:
            self.fail(f"{value!r} is too little to work with; 512MB is the least.", param, ctx)
        return size


def means_options(command: F) -> F:
    """Give a command the options that say what to work with."""
    memory = click.option(
        "--memory",
        type=Size(),
        default=DEFAULT_MEMORY,
        metavar="SIZE",
        help=f"About how much memory to use; the rest goes to disk. [default: {DEFAULT_MEMORY // 2**30}GB]",
    )
    threads = click.option(
        "--threads",
        type=click.IntRange(1, 256),
        metavar="N",
        help="Threads and processes; never changes the result. [default: one a processor, as far as memory goes]",
    )
    spark = click.option(
        "--spark", metavar="MASTER", help="Work on this Spark master (spark://host:7077, local[4]) instead."
    )
    return memory(threads(spark(command)))


@click.command("reuse", short_help="Find the wording that reports share, as a table of typed spans.")
@click.argument("source", metavar="INPUT", type=click.Path(path_type=Path))
@click.option(
    "--out", required=True, type=click.Path(path_type=Path), metavar="FILE", help="The Parquet file to write."
)
@means_options
@json_option
def command(*, source: Path, out: Path, memory: int, threads: int | None, spark: str | None, as_json: bool) -> None:
    """Find the wording that reports share, as a table of typed spans.

    \b
    Examples
      headwater corpus reuse articles.parquet --out reuse.parquet
      headwater corpus reuse news.corpus --out reuse.parquet --memory 8GB

    INPUT is a corpus, or a Parquet file with the columns id and text; outlet, published, url and authors help. Each row
    of the table is one passage of two reports (a_id the earlier): a_id, a_start, a_end, b_id, b_start, b_end as code
    points of the texts, kind, score (the share of words that agree), words, agency. Kinds: quote, narrative, agency
    copy, boilerplate, stock; only narrative and agency copy make reports dependent on each other.

    Stopped at any moment, the same command goes on after the last stage that it finished.
    """
    with progress_here() as progress:
        reused = reuse(source, out, means=Means(memory, threads, spark), progress=progress)
    if as_json:
        files = {"table": str(reused.out), "record": str(reused.record)}
        click.echo(json_line({**files, **told(reused.made), "seconds": dict(reused.seconds)}))
        return
    for line in _told(reused):
        click.echo(line)


def _told(reused: Reused) -> Iterator[str]:
    made = reused.made
    aside = [(made.copies, "word for word a copy of an earlier one"), (made.empty, "without a word")]
    compared = made.reports - made.copies - made.empty
    rest = "".join(f", {number:,} {what}" for number, what in aside if number)
    yield f"{many(made.reports, 'report')}: {compared:,} compared{rest}"
    total = sum(made.spans.values())
    yield f"{many(total, 'passage')} shared by two reports, from {many(made.pairs, 'pair')} looked at closely"
    yield ""
    for kind, number in made.spans.items():
        depends = "  makes the reports dependent" if kind.depends and number else ""
        yield f"  {kind.value:<12} {number:>10,}{depends}"
    yield ""
    yield f"Table   {path_words(reused.out)}"
    yield f"Record  {path_words(reused.record)}"
