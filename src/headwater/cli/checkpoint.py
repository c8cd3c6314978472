"""The command `checkpoint`: what to keep outside a case so that later its log can be proven."""

from __future__ import annotations

from pathlib import Path

import click

from headwater.casefile import custody
from headwater.casefile.checkpoints import Checkpoint, append, checkpoint_of, judge, read_checkpoints, slip
from headwater.casefile.custody import CustodyEvent, LogEntry
from headwater.cli.output import json_line, json_option, path_words, wrap
from headwater.cli.unlocking import case_options, key_for
from headwater.errors import IntegrityFailure
from headwater.model import Verdict


@click.command("checkpoint", short_help="Give out the digest that later proves the log of a case.")
@click.argument("case_path", metavar="CASE", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help="Add it to this file, on a stick say.")
@click.option("--print", "printed", is_flag=True, help="Print the slip also when it is added to a file.")
@case_options
@json_option
def command(*, case_path: Path, out: Path | None, printed: bool, passphrase_file: Path | None, as_json: bool) -> None:
    """Give out the digest that later proves the log of a case.

    \b
    Examples
      headwater checkpoint case.headwater                     a slip to print or to read to a colleague
      headwater checkpoint case.headwater --out /media/stick/case.checkpoints

    Whoever can write a case can also cut its custody log short, write it anew or put back an older copy, and every
    check inside the file will pass. A digest that is kept where they do not reach shows it: give it later to
    `headwater verify --checkpoint`. It proves the log up to its event and nothing after that.

    A slip holds numbers, a time and digests, no name and no word of a report. FILE only grows; a FILE with
    checkpoints of another log is left as it is, and the exit code is 3. The case is not changed.
    """
    events = custody(case_path, key=key_for(case_path, passphrase_file))
    last = checkpoint_of(events[-1])
    added = _added(out, last, events) if out else False
    if as_json:
        click.echo(json_line(_record(last, out, added=added)))
        return
    if printed or not out:
        click.echo(slip(last), nl=False)
    if out:
        what = "Added" if added else "It already stands last"
        where = f"{what}: event {last.sequence}, in {path_words(out)}."
        click.echo(wrap(f"{where} It proves something only where it is kept apart from the case."), err=True)


def _added(out: Path, last: Checkpoint, events: tuple[CustodyEvent, ...]) -> bool:
    """Add the checkpoint to a file of the same log. Raises IntegrityFailure when those in it are of another one."""
    if out.exists():
        found = judge([LogEntry(one.sequence, one, one.digest, ()) for one in events], read_checkpoints(out))
        if found.verdict is Verdict.FAILED:
            raise IntegrityFailure(
                f"The checkpoints in {out} are not of this log: {found.damages[0].what}.",
                next_step="If the file belongs to another case, give another name with --out. If it belongs to this "
                "one, do not rely on the case, and look for an earlier copy.",
            )
    return append(out, last)


def _record(last: Checkpoint, out: Path | None, *, added: bool) -> dict[str, object]:
    return {
        "event": last.sequence,
        "time": last.time,
        "custody_digest": last.digest,
        "case_digest": last.case_digest,
        "file": str(out) if out else None,
        "added": added,
    }
