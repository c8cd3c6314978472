"""The command `trace`: reports in; case, dossier and a summary out."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import TypedDict

import click

from headwater.casefile import SUFFIX, Key
from headwater.cli.group import debugging
from headwater.cli.output import json_line, json_option, path_words, shell_word, wrap
from headwater.cli.progress import progress_here
from headwater.cli.sheet import hand_out, require_free, sheet_option
from headwater.cli.summary import summary_lines, summary_record
from headwater.cli.unlocking import case_options, key_for, key_of_new
from headwater.errors import EXIT_DONE, EXIT_SET_ASIDE, NotACase, PathMissing, WouldOverwrite
from headwater.model import words
from headwater.pipeline.outcomes import Progress
from headwater.pipeline.run import FIRST_PAGE, Run, Targets, trace_and_write
from headwater.reading import DEFAULT

NOBODY = "not named"
_SAYS_NOTHING = frozenset("reports articles texts files documents input data corpus".split())
_SHOWN_WORDS = 5  # enough words of the loudest echo to find it again

workers_option = click.option(
    "--workers",
    type=click.IntRange(1, 64),
    metavar="N",
    help="Processes to read with; never changes the result. [default: as many as help]",
)
reader_option = click.option(
    "--reader", metavar="NAME", help=f"The reader to prefer, built in or installed. [default: {DEFAULT}]"
)


@click.command("trace", short_help="Trace where each thing said in a pile of reports comes from.")
@click.argument("paths", metavar="PATH...", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--from-corpus",
    "corpus",
    type=click.Path(path_type=Path),
    metavar="CORPUS",
    help="Trace reports of this corpus instead of files: those of --reports, --story or --find.",
)
@click.option(
    "--reports",
    "chosen",
    metavar="ID,ID...|@FILE",
    help="The ids of the reports to take from the corpus, or a file with one id a line.",
)
@click.option("--story", type=click.IntRange(1), metavar="N", help="The reports of story N of the corpus.")
@click.option("--find", "words", metavar='"WORDS"', help="The reports of the corpus that carry or render these words.")
@click.option(
    "--case",
    "case_path",
    type=click.Path(path_type=Path),
    default=Path(f"case{SUFFIX}"),
    show_default=True,
    metavar="FILE",
    help="The case file to write.",
)
@click.option(
    "--dossier",
    type=click.Path(path_type=Path),
    default=Path("dossier"),
    show_default=True,
    metavar="FOLDER",
    help="The folder to print the dossier into; replaced as a whole if Headwater made it.",
)
@click.option("--title", metavar="TEXT", help="The title of the dossier. [default: the folder's or the case's name]")
@click.option("--replace", is_flag=True, help="Replace a case of other reports, and lose its originals.")
@reader_option
@workers_option
@click.option("--by", metavar="NAME", default=NOBODY, show_default=True, help="Who does this, for the custody log.")
@click.option("--encrypt", is_flag=True, help="Make the new case encrypted; asks for a passphrase.")
@sheet_option
@case_options
@json_option
@click.pass_context
def command(
    ctx: click.Context,
    *,
    paths: tuple[Path, ...],
    corpus: Path | None,
    chosen: str | None,
    story: int | None,
    words: str | None,
    case_path: Path,
    dossier: Path,
    title: str | None,
    replace: bool,
    workers: int | None,
    reader: str | None,
    by: str,
    encrypt: bool,
    sheet: Path | None,
    passphrase_file: Path | None,
    as_json: bool,
) -> None:
    """Trace where each thing said in a pile of reports comes from.

    \b
    Examples
      headwater trace reports/
      headwater trace a.txt b.txt page.html
      headwater trace reports/ --case river.headwater --dossier river-dossier
      headwater trace reports/ --case river.headwater --encrypt
      headwater trace --from-corpus news.corpus --story 3

    PATH is a .txt or .html file, or a folder of them. A file reports.csv beside the reports (columns file, outlet,
    url, published, title, author, language) says what the reports themselves do not. Files that cannot be read are
    set aside and shown with the reason; then the exit code is 4.

    The reports are only read. The case file keeps their bytes, all that was found and what found it.
    """
    _check_asked(paths, corpus, [chosen, story, words])
    key = _key(case_path, passphrase_file, encrypt=encrypt, sheet=sheet)
    new = key if encrypt and not case_path.exists() else None
    targets = Targets(case_path, dossier, title or title_of(case_path, paths), replace=replace, key=key)
    with progress_here() as progress:
        how = _How(now=datetime.now(UTC), agent=by, workers=workers, reader=reader, progress=progress)
        if corpus:
            ids = _found(corpus, story, words, progress) if chosen is None else _ids(chosen)
            run = _from_corpus(corpus, ids, targets, how)
        else:
            run = trace_and_write(paths, targets, **how)
    if new:
        hand_out(case_path, new, how["now"], sheet)
    if key:
        click.echo(wrap("Only the case is encrypted: the dossier and your reports are plain files."), err=True)
    tell_run(ctx, run, targets, as_json=as_json)


def _key(case_path: Path, passphrase_file: Path | None, *, encrypt: bool, sheet: Path | None) -> Key | None:
    """Return the key of the case that stands there, or of the new one that is to be encrypted."""
    if not case_path.is_file():
        if encrypt:
            require_free(sheet)
            return key_of_new(passphrase_file, "--passphrase-file")
        return None
    try:
        key = key_for(case_path, passphrase_file)
    except NotACase as error:
        raise WouldOverwrite(
            f"{case_path} exists and is not a Headwater case.", next_step="Name another file with --case."
        ) from error
    if encrypt and key is None:
        raise WouldOverwrite(
            f"{case_path} is a plain case already.",
            next_step="Encrypt it with “headwater encrypt”, or name another file with --case.",
        )
    return key


class _How(TypedDict):
    """What both ways of tracing are told beside what to trace and where to write."""

    now: datetime
    agent: str
    workers: int | None
    reader: str | None
    progress: Progress


def _from_corpus(corpus: Path, ids: Sequence[str], targets: Targets, how: _How) -> Run:
    # Loaded here: with it comes pyarrow, and tracing files must not wait for that.
    module = importlib.import_module("headwater.pipeline.from_corpus")
    run: Run = module.trace_from_corpus(corpus, ids, targets, **how)
    return run


def _found(corpus: Path, story: int | None, words: str | None, progress: Progress) -> list[str]:
    module = importlib.import_module("headwater.pipeline.corpus_search")
    means = importlib.import_module("headwater.pipeline.reusing").Means()
    try:
        if story is not None:
            ids: list[str] = module.story_ids(corpus, story, means=means, progress=progress)
        else:
            ids = module.found_ids(corpus, words, means=means, progress=progress)
    except ValueError as error:
        raise click.UsageError(f"--find: {error}.") from error
    return ids


def _check_asked(paths: Sequence[Path], corpus: Path | None, asked: Sequence[object]) -> None:
    """Raise UsageError for what does not go together."""
    given = sum(each is not None for each in asked)
    if corpus is None:
        if given:
            raise click.UsageError("--reports, --story and --find choose from a corpus: give --from-corpus as well.")
        if not paths:
            raise click.UsageError("Missing argument 'PATH...': name the reports, or a corpus with --from-corpus.")
    elif paths:
        raise click.UsageError("Give either files or --from-corpus, not both.")
    elif given != 1:
        raise click.UsageError("--from-corpus needs one of --reports, --story and --find: which reports to trace.")


def _ids(chosen: str) -> list[str]:
    """Return the ids that were named, each once. Raises UsageError when there is none."""
    named = _named_in(Path(chosen[1:])) if chosen.startswith("@") else chosen.split(",")
    ids = list(dict.fromkeys(filter(None, (each.strip() for each in named))))
    if not ids:
        raise click.UsageError("--reports names no report.")
    return ids


def _named_in(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        raise PathMissing(
            f"The list of reports {path} cannot be read: {error.strerror or error}.",
            next_step="Check the path and try again.",
        ) from error
    except UnicodeDecodeError as error:
        raise click.UsageError(f"The list of reports {path} is not UTF-8 text.") from error


def tell_run(ctx: click.Context, run: Run, targets: Targets, *, as_json: bool) -> None:
    """Print what came of a run (the summary, where things are, what to do next) and exit with its code."""
    page = targets.dossier / FIRST_PAGE
    if as_json:
        made = {"case_file": str(targets.case), "dossier": str(page)}
        click.echo(json_line({**made, **summary_record(run)}))
    else:
        for line in summary_lines(run.case, run.troubles):
            click.echo(line)
        click.echo("")
        click.echo(f"Case     {path_words(targets.case)}")
        click.echo(f"Dossier  {path_words(page)}  (open it in a browser)")
        click.echo("")
        click.echo(f"Next: {_next(run, targets.case)}")
    if debugging():
        for trouble in run.troubles:
            click.echo(f"{trouble.file}\n{trouble.trace}", err=True)
    ctx.exit(EXIT_DONE if run.complete else EXIT_SET_ASIDE)


def title_of(case_path: Path, paths: Sequence[Path] = ()) -> str:
    """Return the title of a dossier when nobody gave one: the one folder that was traced, else the case file's name.

    A folder whose name says nothing ("reports") gives none.
    """
    folder = paths[0].absolute().name if len(paths) == 1 and paths[0].is_dir() else ""
    return folder if folder and folder.casefold() not in _SAYS_NOTHING else case_path.name.removesuffix(SUFFIX)


def _next(run: Run, case_path: Path) -> str:
    weighed = run.case.weighed
    echo = next((claim for claim in weighed.claims if claim.id == weighed.summary.loudest_echo), None)
    file = shell_word(path_words(case_path))
    if echo is None:
        return f"headwater verify {file}"
    spans = dict.fromkeys(word.span for word in words(echo.text))  # a contraction folds to two words in one place
    first = (span.of(echo.text) for span in islice(spans, _SHOWN_WORDS))
    return f"headwater show {file} {shell_word(' '.join(first))}"
