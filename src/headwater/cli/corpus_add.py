"""The command `corpus add`: files and collections of reports into a corpus."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from headwater.cli.output import json_line, json_option, many, path_words, wrap
from headwater.cli.progress import progress_here
from headwater.errors import EXIT_DONE, EXIT_SET_ASIDE
from headwater.pipeline.collecting import Collected, Collection, add_to_corpus

_LISTED = 12  # as many as fit beside the rest on one screen; --json lists more


@click.command("add", short_help="Add files and collections of reports to a corpus.")
@click.argument("folder", metavar="CORPUS", type=click.Path(path_type=Path))
@click.argument("paths", metavar="INPUT...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    metavar="N",
    help="Pages to open at a time; never changes the result. [default: one a processor, 8 at most]",
)
@json_option
@click.pass_context
def command(ctx: click.Context, *, folder: Path, paths: tuple[Path, ...], workers: int | None, as_json: bool) -> None:
    """Add files and collections of reports to a corpus, a folder that is made when it is not there.

    \b
    Examples
      headwater corpus add news.corpus articles.parquet
      headwater corpus add news.corpus CC-NEWS-*.warc.gz more.jsonl.gz reports/

    INPUT is a file of many reports (.parquet, .jsonl, .jsonl.gz, .warc, .warc.gz), a file of one (.txt, .html, .json of
    news-please), or a folder of all these. What cannot be taken is set aside and kept with the reason; then the exit
    code is 4. Inputs that were added before are passed over.

    Stopped at any moment, the same command goes on after the last part that it finished. The inputs are only read.
    """
    with progress_here() as progress:
        collection = add_to_corpus(folder, paths, workers=workers, progress=progress)
    if as_json:
        click.echo(json_line(_record(collection)))
    else:
        for line in _told(collection):
            click.echo(line)
    ctx.exit(EXIT_DONE if collection.complete else EXIT_SET_ASIDE)


def _told(collection: Collection) -> Iterator[str]:
    for each in collection.inputs[:_LISTED]:
        yield wrap(_of_input(each), indent="    ", first="")
    if len(collection.inputs) > _LISTED:
        yield f"and {many(len(collection.inputs) - _LISTED, 'more input')}"
    yield from _listed("Notes", len(collection.notes), list(collection.notes), "note")
    yield from _listed("Set aside", sum(collection.kinds.values()), list(_reasons(collection)), "reason")
    yield ""
    yield f"Corpus  {path_words(collection.folder)}  ({many(collection.reports, 'report')})"


def _of_input(each: Collected) -> str:
    if each.already:
        return f"{each.name}: was added before, nothing to do"
    counts = each.counts
    told = f"{each.name}: {counts.taken:,} in, {counts.reports:,} added, {counts.set_aside:,} set aside"
    told += f", {counts.no_report:,} no reports" if counts.no_report else ""
    return told + (f"; a run before this had done {each.before.taken:,} of them" if each.before.taken else "")


def _reasons(collection: Collection) -> Iterator[str]:
    """Each reason with the first place that it stands for: a thousand rows may lack the same thing."""
    places = {(each.file, each.why): each.place for each in reversed(collection.set_aside)}
    for (file, why), number in collection.reasons.items():
        more = f" and {number - 1:,} more" if number > 1 else ""
        yield f"{' '.join(filter(None, (file, places.get((file, why)))))}{more}: {why}"


def _listed(title: str, number: int, lines: list[str], each: str) -> Iterator[str]:
    if not lines:
        return
    yield ""
    yield f"{title} ({number:,})"
    for line in lines[:_LISTED]:
        yield wrap(line, indent="    ", first="  ")
    if len(lines) > _LISTED:
        yield f"  and {many(len(lines) - _LISTED, f'more {each}')}"


def _record(collection: Collection) -> dict[str, object]:
    return {
        "corpus": str(collection.folder),
        "reports": collection.reports,
        "inputs": [
            {
                "name": each.name,
                "already_added": each.already,
                "in": each.counts.taken,
                "added": each.counts.reports,
                "set_aside": each.counts.set_aside,
                "no_report": each.counts.no_report,
                "done_before": each.before.taken,
            }
            for each in collection.inputs
        ],
        "set_aside_by_kind": {kind.value: number for kind, number in sorted(collection.kinds.items())},
        "set_aside": [
            {"file": each.file, "place": each.place, "kind": each.kind, "why": each.why}
            for each in collection.set_aside
        ],
        "notes": list(collection.notes),
        "complete": collection.complete,
    }
