"""The command `corpus find`: every place of a corpus that carries some words or a rendering of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import click

from headwater.cli.corpus_reuse import means_options
from headwater.cli.output import json_line, json_option, many, quoted, width, wrap
from headwater.cli.progress import progress_here
from headwater.cli.unlocking import case_options, key_for
from headwater.pipeline.corpus_search import Place, places, statement_words
from headwater.pipeline.reusing import Means


@click.command("find", short_help="Find every place that carries some words, or renders them.")
@click.argument("source", metavar="INPUT", type=click.Path(path_type=Path))
@click.argument("words", metavar='["WORDS"]', nargs=-1)
@click.option("--statement", metavar="ID", help="Look for the words of this statement of --case instead.")
@click.option("--case", "case_path", metavar="CASE", type=click.Path(path_type=Path), help="The case of --statement.")
@click.option(
    "--work",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Where to keep what was worked out. [default: in the corpus, or beside the file]",
)
@means_options
@case_options
@json_option
@click.pass_context
def command(
    ctx: click.Context,
    *,
    source: Path,
    words: tuple[str, ...],
    statement: str | None,
    case_path: Path | None,
    work: Path | None,
    memory: int,
    threads: int | None,
    spark: str | None,
    passphrase_file: Path | None,
    as_json: bool,
) -> None:
    """Find every place that carries some words, or renders them in fewer, other or more; earliest report first.

    \b
    Examples
      headwater corpus find news.corpus "no food for two days"
      headwater corpus find news.corpus --statement ID --case case.headwater --json

    INPUT is a corpus, or a Parquet file with the columns id and text. Case, accents and punctuation do not matter. Of
    up to four words only the same words in a row are found. The first search of a corpus makes what later ones look
    the words up in. The words between [brackets] are exact.
    """
    asked = _asked(ctx, words, statement, case_path, passphrase_file)
    try:
        with progress_here() as progress:
            found = places(source, asked, means=Means(memory, threads, spark), work=work, progress=progress)
    except ValueError as error:
        raise click.BadParameter(f"{error}.", ctx, param_hint='"WORDS"') from error
    if as_json:
        click.echo(json_line({"words": asked, "places": [asdict(place) for place in found]}))
        return
    for line in _told(asked, found):
        click.echo(line)


def _asked(
    ctx: click.Context,
    words: tuple[str, ...],
    statement: str | None,
    case_path: Path | None,
    passphrase_file: Path | None,
) -> str:
    if (statement is None) != (case_path is None) or (statement is None) == (not words):
        raise click.UsageError('Give "WORDS", or --statement and --case.', ctx)
    if statement is None or case_path is None:
        return " ".join(words)
    try:
        return statement_words(case_path, statement, key_for(case_path, passphrase_file))
    except LookupError as error:
        raise click.BadParameter(f"{error.args[0]}.", ctx, param_hint="--statement") from error


def _told(asked: str, found: list[Place]) -> Iterator[str]:
    if not found:
        yield wrap(f"No report carries or renders {quoted(asked, width())}.")
        yield wrap("Try fewer words, or others.")
        return
    reports = len({place.report for place in found})
    same = sum(place.exact for place in found)
    where = f"{many(len(found), 'place')} in {many(reports, 'report')}"
    yield f"{where}: {same:,} word for word, {len(found) - same:,} like it"
    for place in found:
        yield ""
        how = "" if place.exact else f" · {place.score:.0%} alike"
        yield wrap(f"{place.published or 'day unknown'} · {place.outlet or 'outlet unknown'} · {place.report}{how}")
        yield wrap(f"… {place.before}[{place.text}]{place.behind} …", indent="    ")
