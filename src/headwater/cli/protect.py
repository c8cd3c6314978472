"""The command `protect`: how a source or report is to be handled by everything that leaves the case."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import click

from headwater.casefile import NewHandling, handle, is_encrypted, read_both
from headwater.cli.output import json_line, json_option, path_words, plain, shell_word, wrap
from headwater.cli.trace import NOBODY
from headwater.cli.unlocking import case_options, key_for
from headwater.errors import MustBeEncrypted, PathMissing
from headwater.model import Case, Consent, Handling, People, Sensitivity, Subject, SubjectKind
from headwater.pipeline.leaving import not_searched
from headwater.protection import next_pseudonym, proposed_names

_STDIN = Path("-")
_LEAST = 2  # letters of a name that can be looked for


@click.command("protect", short_help="Put a source or report under a pseudonym in all that leaves.")
@click.argument("case_path", metavar="CASE", type=click.Path(path_type=Path))
@click.argument("subject", metavar="SUBJECT", required=False)
@click.option("--consent", type=click.Choice([each.value for each in Consent]), help="What they agreed to.")
@click.option(
    "--sensitivity",
    type=click.Choice([each.value for each in Sensitivity]),
    help="How much of them may leave: all, nothing by name, or no word either.  [default: protected]",
)
@click.option(
    "--also-file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="More names, one a line; a line that begins with “not ” takes a proposed name out. - is standard input.",
)
@click.option("--note", default="", metavar="TEXT", help="A remark for the case; it never leaves.")
@click.option(
    "--list", "listing", is_flag=True, help="List sources and reports with their ids and how they are handled."
)
@click.option("--by", metavar="NAME", default=NOBODY, show_default=True, help="Who decides, for the custody log.")
@case_options
@json_option
def command(
    *,
    case_path: Path,
    subject: str | None,
    consent: str | None,
    sensitivity: str | None,
    also_file: Path | None,
    note: str,
    listing: bool,
    by: str,
    passphrase_file: Path | None,
    as_json: bool,
) -> None:
    """Put a source or report under a pseudonym in all that leaves the case.

    \b
    Examples
      headwater protect case.headwater --list
      headwater protect case.headwater source-3f2a
      headwater protect case.headwater source-3f2a --sensitivity withheld --consent internal
      headwater protect case.headwater report-91 --sensitivity withheld

    SUBJECT is the id of a source or report, or a beginning of it that no other has; --list shows them. Names are not
    taken from the command line, which other people on the computer can see and which your shell keeps: the command
    shows the names that it found and asks for more, or reads them from a file.

    In the dossier, in exports and in answers for programs, every one of these names is replaced by the pseudonym,
    which stays the same for good. The case itself keeps everything, so it must be encrypted.
    """
    key = key_for(case_path, passphrase_file)
    case, people = read_both(case_path, key=key)
    if listing or subject is None:
        _tell_list(case, people, as_json=as_json)
        return
    if not is_encrypted(case_path):
        raise MustBeEncrypted(
            f"{case_path} is a plain file, which anybody who gets it can read; protected names do not belong there.",
            next_step=f"Run headwater encrypt {shell_word(path_words(case_path))} first.",
        )
    chosen = _subject(case, people, subject)
    last = _last(case, people).get(chosen.id)
    found = last.names if last else proposed_names(case, chosen.id)
    new = NewHandling(
        subject=_continuing(chosen, last) if last else chosen,
        consent=Consent(consent) if consent else last.consent if last else Consent.UNKNOWN,
        sensitivity=_sensitivity(sensitivity, last),
        names=_names(found, also_file),
        pseudonym=last.pseudonym if last else next_pseudonym(people.handlings, chosen.kind),
        note=note,
    )
    (stored,) = handle(case_path, [new], now=datetime.now(UTC), agent=by, key=key)
    _tell(stored, as_json=as_json)


def _sensitivity(asked: str | None, last: Handling | None) -> Sensitivity:
    if asked:
        return Sensitivity(asked)
    return last.sensitivity if last else Sensitivity.PROTECTED


def _last(case: Case, people: People) -> dict[str, Handling]:
    """The handling that holds, by the id of its subject as it was then and as the case calls it now.

    A source gets another id when the report goes that named it first, or when a person merges or splits it.
    """
    last = {each.subject.id: each for each in people.handlings}
    for source in case.traced.sources:
        mentions = set(source.mentions)
        was = [each for each in last.values() if not mentions.isdisjoint(each.subject.members)]
        if was and source.id not in last:
            last[source.id] = was[-1]
    return last


def _continuing(chosen: Subject, last: Handling) -> Subject:
    """The subject under the id of its last handling, whose place the new one takes, with all that either covers."""
    members = dict.fromkeys((*last.subject.members, *chosen.members))
    return replace(chosen, id=last.subject.id, members=tuple(members))


def _subject(case: Case, people: People, asked: str) -> Subject:
    """The source or report of this id or beginning of an id. Raises BadParameter, which repeats nothing but the id."""
    subjects = {each.id: Subject(SubjectKind.SOURCE, each.id, each.mentions) for each in case.traced.sources}
    subjects |= {each.id: Subject(SubjectKind.REPORT, each.id) for each in case.received.reports}
    subjects = {each.subject.id: each.subject for each in people.handlings} | subjects
    found = [asked] if asked in subjects else [each for each in subjects if each.startswith(asked)]
    if len(found) != 1:
        what = f"{len(found)} ids begin so" if found else "no source or report has an id that begins so"
        raise click.BadParameter(f"{what}. See --list.", param_hint="SUBJECT")
    return subjects[found[0]]


def _names(found: tuple[str, ...], also_file: Path | None) -> tuple[str, ...]:
    """The names found, changed as the person says: in a file, at the terminal, or not where nobody can be asked."""
    if also_file is not None:
        return _changed(found, _lines(also_file))
    if not sys.stdin.isatty():
        return found
    click.echo(wrap("These wordings would tell who it is:" if found else "No name was found in the reports."), err=True)
    for name in found:
        click.echo(f"  {plain(name)}", err=True)
    click.echo(wrap("More names, one a line; “not …” takes one out; an empty line ends."), err=True)
    return _changed(found, iter(lambda: str(click.prompt("", default="", show_default=False, err=True)), ""))


def _lines(path: Path) -> list[str]:
    if path == _STDIN:
        return sys.stdin.read().splitlines()
    try:
        return path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise PathMissing(f"The file {path} cannot be read as text.", next_step="Check its name.") from error


def _changed(found: Iterable[str], lines: Iterable[str]) -> tuple[str, ...]:
    names = dict.fromkeys(found)
    for line in lines:
        name = " ".join(line.split())
        if name.startswith("not "):
            names.pop(name.removeprefix("not "), None)
        elif sum(map(str.isalnum, name)) >= _LEAST:
            names[name] = None
        elif name:
            click.echo(wrap("A single letter is no name that can be looked for; it was left out."), err=True)
    return tuple(names)


def _tell(stored: Handling, *, as_json: bool) -> None:
    if as_json:
        click.echo(json_line(_record(stored)))
        return
    click.echo(f"{stored.pseudonym}  ({stored.subject.id})")
    click.echo(wrap(f"consent {stored.consent}, {stored.sensitivity}; {len(stored.names)} wordings", indent="  "))
    own = len(not_searched(stored.names))
    if own:
        said = "One of them is a word" if own == 1 else f"{own} of them are words"
        words = f"{said} that Headwater prints itself: replaced, but not looked for again in what was made."
        click.echo(wrap(words, indent="  "))
    if not stored.names and stored.subject.kind is SubjectKind.SOURCE:
        click.echo(wrap("No name is replaced: only what the case itself calls this source.", indent="  "))


def _record(stored: Handling) -> dict[str, object]:
    return {
        "subject": stored.subject.id,
        "kind": stored.subject.kind.value,
        "consent": stored.consent.value,
        "sensitivity": stored.sensitivity.value,
        "pseudonym": stored.pseudonym,
        "wordings": len(stored.names),
    }


def _tell_list(case: Case, people: People, *, as_json: bool) -> None:
    last = _last(case, people)
    rows = [(each.id, each.name) for each in case.traced.sources]
    rows += [(each.id, each.info.called) for each in case.received.reports]
    if as_json:
        here = [record for record, _ in rows if record in last]
        moved = {last[record].id for record in here}
        ids = [*here, *(record for record, each in last.items() if each.id not in moved)]
        click.echo(json_line({"handled": [{**_record(last[record]), "subject": record} for record in ids]}))
        return
    for record, name in rows:
        held = last.get(record)
        state = f"  [{held.pseudonym}: {held.sensitivity}, consent {held.consent}]" if held else ""
        click.echo(f"{record}  {plain(name)}{state}")
