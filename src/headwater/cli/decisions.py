"""The command `decisions`: all that people decided about a case, and how each decision stands."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from headwater.casefile import behind, read_both, read_people
from headwater.cli.output import json_line, json_option, path_words, wrap
from headwater.cli.sitting import told, waiting_line, who
from headwater.cli.unlocking import case_options, key_for
from headwater.deciding import about, named, standing
from headwater.model import Decision, People, Verb
from headwater.pipeline.answering import answer_of
from headwater.pipeline.deciding import states

_COLOURS = {"holds": "green", "waiting": "yellow", "in conflict": "red"}
_STATE = 12


@click.command("decisions", short_help="List what people decided about a case.")
@click.argument("case_path", metavar="CASE", type=click.Path(path_type=Path))
@case_options
@json_option
def command(*, case_path: Path, passphrase_file: Path | None, as_json: bool) -> None:
    """List what people decided about a case.

    \b
    Example
      headwater decisions case.headwater

    Oldest first, each with how it stands: it holds; it is waiting (holds, and is not in the results yet); undone;
    overruled by a later one that knew of it; in conflict with one that was made without knowing of it, so that neither
    holds; or withdrawn together with a report.
    """
    key = key_for(case_path, passphrase_file)
    waiting = behind(case_path, key=key)
    if as_json:
        case, people = read_both(case_path, key=key)
        click.echo(json_line(answer_of(_record(case_path, people, waiting), case, people)))
        return
    for line in _lines(case_path, read_people(case_path, key=key), waiting):
        click.echo(line)


def _lines(case_path: Path, people: People, waiting: int) -> Iterator[str]:
    listed, shown = states(people, waiting), dict(people.shown)
    if not listed:
        yield f"Nobody has decided anything about {path_words(case_path)} yet."
        return
    undone = {subject.id: each for each in people.decisions if each.verb is Verb.UNDO for subject in each.subjects}
    indent = " " * (_STATE + 2)
    for decision, state in listed:
        label = click.style(f"{state:<{_STATE}}", fg=_COLOURS.get(state))
        yield f"{label}  {wrap(named(decision, shown.get(decision.id)), indent=indent).lstrip()}"
        yield wrap(f"{decision.id} · {who(decision)}", indent=indent)
        if decision.why:
            yield wrap(f"why: {decision.why}", indent=indent)
        if state == "undone":
            yield wrap(f"undone by {who(undone[decision.id])}", indent=indent)
    now = standing(people.decisions)
    yield ""
    yield f"{told(len(listed))}, {len(now.holding):,} in effect"
    for what, upcoming in (("undo would take back", now.undo), ("redo would bring back", now.redo)):
        if upcoming:
            yield wrap(f"The next {what}: {named(upcoming, shown.get(upcoming.id))}")
    if waiting:
        yield wrap(waiting_line(waiting, case_path))


def _record(case_path: Path, people: People, waiting: int) -> dict[str, object]:
    shown, now = dict(people.shown), standing(people.decisions)
    state = {decision.id: state for decision, state in states(people, waiting)}
    return {
        "case_file": str(case_path),
        "decisions": [_one(each, shown.get(each.id), state.get(each.id)) for each in people.decisions],
        "conflicts": [[side.id for side in each.sides] for each in now.conflicts],
        "undo": now.undo.id if now.undo else None,
        "redo": now.redo.id if now.redo else None,
        "waiting": waiting,
    }


def _one(decision: Decision, shown: str | None, state: str | None) -> dict[str, object]:
    return {
        "id": decision.id,
        "verb": decision.verb,
        "name": named(decision, shown),
        "state": state,
        "subjects": [{"kind": each.kind, "id": each.id} for each in about(decision)],
        "value": decision.value,
        "why": decision.why,
        "by": decision.agent,
        "time": decision.time,
        "brought": decision.brought,
        "shown": shown,
    }
