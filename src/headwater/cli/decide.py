"""The command `decide`: somebody confirms, rejects, merges, splits, re-attributes, renames or notes."""

from __future__ import annotations

import os
import shlex
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import click

from headwater.casefile import Key, Session
from headwater.cli.output import json_line, json_option, path_words, shell_word, wrap
from headwater.cli.sitting import (
    Results,
    answer_record,
    by_option,
    capital,
    conflict_lines,
    later_option,
    sit_down,
)
from headwater.cli.unlocking import case_options, key_for
from headwater.errors import CannotDecide
from headwater.model import Verb
from headwater.pipeline.answering import answer_of
from headwater.pipeline.deciding import Answer, Asked, Sitting

F = TypeVar("F", bound=Callable[..., Any])

_VERBS = [verb.value for verb in Verb if verb not in {Verb.UNDO, Verb.REDO}]
_STDIN = Path("-")


def _what(command: F) -> F:
    """Give a command what one decision is made of."""
    for decorate in (
        click.option("--why", metavar="TEXT", default="", help="Your reason, kept with the decision."),
        click.option("--to", "value", metavar="VALUE", help="The new name, the note, or who said it instead."),
        click.argument("named", metavar="[SUBJECT]...", nargs=-1),
        click.argument("verb", metavar="[VERB]", required=False, type=click.Choice(_VERBS, case_sensitive=False)),
    ):
        command = decorate(command)
    return command


@click.command("decide", short_help="Decide about what a case says, and see what changes.")
@click.argument("case_path", metavar="CASE", type=click.Path(path_type=Path))
@_what
@later_option
@click.option("--recompute", is_flag=True, help="Decide nothing; make the results anew under what is waiting.")
@by_option
@case_options
@json_option
@click.pass_context
def command(
    ctx: click.Context,
    *,
    case_path: Path,
    verb: str | None,
    named: tuple[str, ...],
    value: str | None,
    why: str,
    later: bool,
    recompute: bool,
    by: str,
    passphrase_file: Path | None,
    as_json: bool,
) -> None:
    """Decide about what a case says, and see what changes.

    \b
    Examples
      headwater decide case.headwater confirm claim-1a2b
      headwater decide case.headwater reject "They took the boats" --why "a song, not a report"
      headwater decide case.headwater merge source-1a2b source-3c4d
      headwater decide case.headwater split utterance-1a2b statement-3c4d
      headwater decide case.headwater re-attribute statement-1a2b --to "Oda Renn"
      headwater decide case.headwater rename source-1a2b --to "Oda Renn, fisherman"
      headwater decide case.headwater note origin-1a2b --to "call her again"

    VERB is confirm, reject, merge, split, re-attribute, rename or note. SUBJECT is an id or its beginning, as
    `headwater show` prints them, or words that only one statement carries. To split, name the whole first and then what
    does not belong to it; two of a kind are kept apart.

    Without VERB it reads one decision a line from standard input (undo and redo too), answers each, and makes the
    results anew once at the end. At a terminal an encrypted case locks itself when nothing is typed for 15 minutes.
    Every decision is kept with what you were shown; `headwater undo` takes it back.
    """
    _check(verb, recompute=recompute, later=later, from_stdin=passphrase_file == _STDIN)
    key = key_for(case_path, passphrase_file)
    sitting = sit_down(case_path, by, key)
    answers: list[Answer] = []
    refused: list[dict[str, object]] = []
    if verb:
        answers = sitting.decide(Asked(Verb(verb), named, value, why))
        if not as_json:
            _echo(_told(sitting, answers))
    elif not recompute:
        for answer in _from_lines(sitting, _lines_of_stdin(case_path, key), refused, quiet=as_json):
            answers.append(answer)
    results = Results(sitting, later=later)
    if as_json:
        made = {"decisions": [answer_record(each) for each in answers], "refused": refused}
        whole = {"case_file": str(case_path), **made, **results.record()}
        click.echo(json_line(answer_of(whole, sitting.case, sitting.people)))
    else:
        _echo(results.lines())
        if answers:
            click.echo(f"\nTake it back: headwater undo {shell_word(path_words(case_path))}")
    ctx.exit(CannotDecide.exit_code if refused else 0)


def _check(verb: str | None, *, recompute: bool, later: bool, from_stdin: bool) -> None:
    if recompute and (verb or later):
        raise click.UsageError("--recompute stands alone: it decides nothing.")
    if from_stdin and not verb and not recompute:
        raise click.UsageError("Standard input cannot hold both the passphrase and the decisions: name a file.")


def _lines_of_stdin(case_path: Path, key: Key | None) -> Iterator[str]:
    """Yield what is typed or piped in. Who leaves a terminal alone finds an encrypted case locked: Locked."""
    if not sys.stdin.isatty():
        yield from sys.stdin
        return
    click.echo('One decision a line, for example: reject statement-1a2b --why "a song". Ctrl-D ends.', err=True)
    if key is None:
        yield from sys.stdin
        return
    waiting = threading.Event()

    def wake() -> None:
        if waiting.is_set():
            os.kill(os.getpid(), signal.SIGINT)  # nothing else ends the wait for a line

    session = Session(case_path, key, clock=time.time, on_lock=wake)
    while True:
        try:
            waiting.set()
            line = sys.stdin.readline()
        except KeyboardInterrupt:
            _ = session.key  # raises Locked when this is why
            raise
        finally:
            waiting.clear()
        _ = session.key  # counts as use, and raises Locked after a sleep
        if not line:
            return  # the session goes on until the results are made
        yield line


def _from_lines(
    sitting: Sitting, lines: Iterable[str], refused: list[dict[str, object]], *, quiet: bool
) -> Iterator[Answer]:
    """Yield what comes of each line; one that cannot be decided is told, kept in `refused`, and the rest goes on."""
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        try:
            made = _one(sitting, line)
        except (CannotDecide, click.UsageError, ValueError) as error:
            said = f"{error.what} {error.next_step}" if isinstance(error, CannotDecide) else _message(error)
            refused.append({"line": number, "why": said})
            if not quiet:
                click.echo(wrap(f"Line {number} is not decided: {said}"))
            continue
        if not quiet:
            _echo(_told(sitting, made))
        yield from made


def _message(error: Exception) -> str:
    return error.format_message() if isinstance(error, click.UsageError) else f"{error}."


def _one(sitting: Sitting, line: str) -> list[Answer]:
    words = _words(line)
    if words[0] in {Verb.UNDO, Verb.REDO}:
        wanted = words[1] if len(words) > 1 else None
        return [sitting.undo(wanted) if words[0] == Verb.UNDO else sitting.redo(wanted)]
    asked = _LINE.make_context("decide", words).params
    return sitting.decide(Asked(Verb(asked["verb"]), asked["named"], asked["value"], asked["why"]))


def _words(line: str) -> list[str]:
    """Part a line at spaces; what stands in double quotes is one. An apostrophe is a letter here."""
    lexer = shlex.shlex(line if '"' in line else line.translate({0x201C: '"', 0x201D: '"'}), posix=True)
    lexer.whitespace_split, lexer.quotes, lexer.escape, lexer.commenters = True, '"', "", ""
    return list(lexer)


@click.command("decide", add_help_option=False)
@_what
def _LINE(**_: Any) -> None:  # noqa: N802 - a constant: what one line may hold
    """One decision in a line."""


def _told(sitting: Sitting, answers: list[Answer]) -> Iterator[str]:
    for answer in answers:
        lead = {Verb.UNDO: "Undone: ", Verb.REDO: "Brought back: "}.get(answer.decision.verb, "")
        yield wrap(f"{lead or ''}{answer.name if lead else capital(answer.name)} ({answer.decision.id})")
        if not lead:
            for line in answer.shown.splitlines():
                yield wrap(line, indent="      ", first="    ") if line else ""
        yield from conflict_lines(sitting, answer.conflicts)


def _echo(lines: Iterator[str]) -> None:
    for line in lines:
        click.echo(line)
