"""The command `add`: further reports come to a case; says what is different with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import click

from headwater import casefile
from headwater.cli.group import debugging
from headwater.cli.output import json_line, json_option, many, path_words, shell_word, wrap
from headwater.cli.progress import progress_here
from headwater.cli.summary import aside_lines, trouble_lines
from headwater.cli.trace import NOBODY, reader_option, title_of, workers_option
from headwater.cli.unlocking import case_options, key_for
from headwater.errors import EXIT_DONE, EXIT_SET_ASIDE, CannotWrite, Stopped, WouldLeak, WouldOverwrite
from headwater.pipeline.answering import answer_of
from headwater.pipeline.differences import Difference, sentences
from headwater.pipeline.folders import check_replaceable
from headwater.pipeline.growing import Grown, dossiers_beside, grow
from headwater.pipeline.run import FIRST_PAGE, print_dossier

_NAMED = 5


@click.command("add", short_help="Add reports to a case, and say what is different with them.")
@click.argument("case_path", metavar="CASE", type=click.Path(path_type=Path))
@click.argument("paths", metavar="REPORT...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--dossier",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Print the case as it is then into this folder.",
)
@click.option("--again", is_flag=True, help="Also take reports that were withdrawn from this case before.")
@click.option("--title", metavar="TEXT", help="The title of the dossier. [default: the name of the case file]")
@reader_option
@workers_option
@click.option("--by", metavar="NAME", default=NOBODY, show_default=True, help="Who does this, for the custody log.")
@case_options
@json_option
@click.pass_context
def command(
    ctx: click.Context,
    *,
    case_path: Path,
    paths: tuple[Path, ...],
    dossier: Path | None,
    again: bool,
    title: str | None,
    reader: str | None,
    workers: int | None,
    by: str,
    passphrase_file: Path | None,
    as_json: bool,
) -> None:
    """Add reports to a case, and say what is different with them.

    \b
    Examples
      headwater add case.headwater new-reports/
      headwater add case.headwater page.html --dossier dossier

    REPORT is a .txt or .html file, or a folder of them; a folder may hold reports that are in the case already, these
    are not taken again. A report that was withdrawn does not come back unless --again says so. Only new reports are
    read. What people decided stays, and everything is made anew under it.

    Files that cannot be read are set aside and shown with the reason; then the exit code is 4.
    """
    if dossier is not None:
        check_replaceable(dossier)
    key = key_for(case_path, passphrase_file)
    with progress_here() as progress:
        grown = grow(
            case_path,
            paths,
            now=datetime.now(UTC),
            agent=by,
            key=key,
            again=again,
            reader=reader,
            workers=workers,
            progress=progress,
        )
    if not as_json:
        _echo(_came(grown))
    if dossier is not None:
        _print(grown, dossier, title or title_of(case_path), casefile.pseudonym_secret(case_path, key=key))
    older = older_dossiers(case_path, dossier) if grown.written else ()
    if as_json:
        made = _record(grown, case_path, dossier, older)
        click.echo(json_line(answer_of(made, grown.case, grown.people)))
    else:
        _echo(_places(grown, case_path, dossier, older))
    if debugging():
        for trouble in grown.troubles:
            click.echo(f"{trouble.file}\n{trouble.trace}", err=True)
    ctx.exit(EXIT_DONE if grown.complete else EXIT_SET_ASIDE)


def change_lines(differences: tuple[Difference, ...]) -> Iterator[str]:
    """Yield what is different, the most important first, on a screen at most."""
    if not differences:
        yield "Nothing is different in what the reports say and where it comes from."
        return
    yield "What is different now"
    for sentence in sentences(differences):
        yield wrap(sentence, indent="    ", first="  ")


def change_records(differences: tuple[Difference, ...]) -> list[dict[str, object]]:
    """Return every difference for programs."""
    return [
        {
            "kind": each.kind,
            "sentence": each.sentence,
            "claims": list(each.claims),
            "before": each.before,
            "after": each.after,
            "beside": each.beside,
        }
        for each in differences
    ]


def older_dossiers(case_path: Path, printed: Path | None = None) -> tuple[Path, ...]:
    """Return the dossiers beside a case that was just changed, but for the one `printed` now."""
    now = printed.resolve() if printed else None
    return tuple(folder for folder in dossiers_beside(case_path) if folder.resolve() != now)


def older_lines(older: tuple[Path, ...]) -> Iterator[str]:
    """Yield that dossiers beside the case were printed before the change."""
    for folder in older:
        page = path_words(folder / FIRST_PAGE)
        yield wrap(
            f"{page} was printed before: it may be of this case, and is older than it now.",
            indent="         ",
            first="Dossier  ",
        )


def print_again(case_path: Path, older: tuple[Path, ...]) -> str:
    """Return the command that prints the case again, over the older dossier where it is the only one."""
    where = f" --out {shell_word(path_words(older[0]))}" if len(older) == 1 else ""
    return f"headwater dossier {shell_word(path_words(case_path))}{where}"


def _echo(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(line)


def _print(grown: Grown, dossier: Path, title: str, secret: bytes) -> None:
    try:
        with progress_here() as progress:
            print_dossier(grown.case, dossier, title=title, people=grown.people, secret=secret, progress=progress)
    except (CannotWrite, Stopped, WouldLeak, WouldOverwrite) as error:
        error.safe = "The case is written and whole; only its dossier is missing."
        raise


def _came(grown: Grown) -> Iterator[str]:
    """Yield what is different, then what was added and what was not."""
    yield from change_lines(grown.differences)
    yield ""
    yield _counted(grown)
    yield from aside_lines(grown.set_aside)
    yield from trouble_lines(grown.troubles)
    if grown.not_used:
        yield ""
        yield f"Not used ({len(grown.not_used)})"
        for sentence in grown.not_used[:_NAMED]:
            yield wrap(sentence, indent="    ", first="  ")
        if len(grown.not_used) > _NAMED:
            yield f"  and {len(grown.not_used) - _NAMED:,} more"


def _places(grown: Grown, case_path: Path, dossier: Path | None, older: tuple[Path, ...]) -> Iterator[str]:
    """Yield where things are and what to do next."""
    yield ""
    yield f"Case     {path_words(case_path)}{'' if grown.written else '  (not changed)'}"
    if dossier is not None:
        yield f"Dossier  {path_words(dossier / FIRST_PAGE)}  (open it in a browser)"
    yield from older_lines(older)
    yield ""
    printed = dossier is not None or not grown.written
    again = f"headwater verify {shell_word(path_words(case_path))}" if printed else print_again(case_path, older)
    yield f"Next: {again}"


def _counted(grown: Grown) -> str:
    parts = [f"Added {many(len(grown.added), 'report')}"]
    if grown.already:
        parts.append(f"{many(len(grown.already), 'file')} there already")
    if grown.set_aside:
        parts.append(f"{many(len(grown.set_aside), 'file')} set aside")
    return wrap(f"{', '.join(parts)}. The case holds {many(len(grown.case.received.reports), 'report')}.")


def _record(grown: Grown, case_path: Path, dossier: Path | None, older: tuple[Path, ...]) -> dict[str, object]:
    return {
        "case_file": str(case_path),
        "changes": change_records(grown.differences),
        "added": [{"id": each.id, "file": each.file} for each in grown.added],
        "already_there": list(grown.already),
        "set_aside": [{"file": each.file, "kind": each.kind, "why": each.why} for each in grown.set_aside],
        "not_read": [{"file": each.file, "why": each.what} for each in grown.troubles],
        "not_used": list(grown.not_used),
        "reports": len(grown.case.received.reports),
        "dossier": str(dossier / FIRST_PAGE) if dossier else None,
        "older_dossiers": [str(folder / FIRST_PAGE) for folder in older],
        "case_digest": grown.written.case_digest if grown.written else None,
        "custody_digest": grown.written.head if grown.written else None,
        "complete": grown.complete,
    }
