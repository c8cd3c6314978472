"""The command `verify`: is a case file what it was when it was written? Tells what was checked and what that proves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click

from headwater.casefile import Check, Verification, verify
from headwater.casefile.checkpoints import read_checkpoints
from headwater.cli.output import json_line, json_option, many, path_words, wrap
from headwater.cli.unlocking import case_options, key_for
from headwater.errors import EXIT_DONE, IntegrityFailure
from headwater.model import Verdict

_LIKE_A_DIGEST = re.compile(r"[0-9a-fA-F\s]{64,}")
_DAMAGES = 5  # shown of each check; --json gives all
_COLOURS = {Verdict.PASSED: "green", Verdict.FAILED: "red", Verdict.NOT_CHECKED: "yellow"}
_NO_PROOF = (
    "No check can prove that what the reports say is true, or that the bytes received were what an outlet published. "
    "Whoever can write this file can also write a new one that passes: the digest below shows a later change only if "
    "you keep it somewhere else and give it with --checkpoint."
)


@click.command("verify", short_help="Check that a case file is what it was when it was written.")
@click.argument("case_path", metavar="CASE", type=click.Path(path_type=Path))
@click.option(
    "--checkpoint",
    "kept",
    metavar="DIGEST|FILE",
    multiple=True,
    help="A custody digest, or a file of checkpoints, that you kept elsewhere; may be repeated.",
)
@click.option(
    "--root",
    "roots",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    multiple=True,
    metavar="FILE",
    help="The root certificate of a time-stamp authority, to check stored time-stamps against; may be repeated.",
)
@case_options
@json_option
@click.pass_context
def command(
    ctx: click.Context,
    *,
    case_path: Path,
    kept: tuple[str, ...],
    roots: tuple[Path, ...],
    passphrase_file: Path | None,
    as_json: bool,
) -> None:
    """Check that a case file is what it was when it was written.

    \b
    Examples
      headwater verify case.headwater
      headwater verify case.headwater --checkpoint 3f9a...
      headwater verify case.headwater --checkpoint /media/stick/case.checkpoints

    Re-checks every preserved byte, every working text, every place that a record points at, every link between
    records, and the chain of the custody log. Each check passed, failed or was not checked; only passed is good
    news. A failed check ends with exit code 3. Changes nothing.

    It cannot prove that a report is true, nor that its bytes were what the outlet published. Whoever can write the
    file can also make a new one that passes; a custody digest kept elsewhere shows that.
    """
    files = [Path(each) for each in kept if not _LIKE_A_DIGEST.fullmatch(each)]
    digests = [each for each in kept if _LIKE_A_DIGEST.fullmatch(each)]
    result = verify(
        case_path,
        checkpoints=[*(one for file in files for one in read_checkpoints(file)), *digests],
        roots=[root.read_bytes() for root in roots],
        key=key_for(case_path, passphrase_file),
    )
    if as_json:
        click.echo(json_line(_record(result)))
    else:
        for line in _lines(result):
            click.echo(line)
    ctx.exit(EXIT_DONE if result.sound else IntegrityFailure.exit_code)


def _lines(result: Verification) -> Iterator[str]:
    for check in result.checks:
        yield from _check_lines(check)
    failed, unchecked = len(result.having(Verdict.FAILED)), len(result.having(Verdict.NOT_CHECKED))
    passed = len(result.having(Verdict.PASSED))
    yield ""
    yield f"{path_words(result.path)}: {passed} passed, {failed} failed, {unchecked} not checked"
    if failed:
        yield wrap("Do not rely on this file. Nothing was changed; keep it as it is and look for an earlier copy.")
    yield ""
    yield wrap(_NO_PROOF)
    yield ""
    yield f"Case digest     {result.case_digest or 'none'}"
    yield f"Custody digest  {result.head or 'none'}  ({many(result.events, 'event')})"


def _check_lines(check: Check) -> Iterator[str]:
    label = click.style(f"{check.verdict.value:<11}", fg=_COLOURS[check.verdict])
    text = wrap(f"{check.name}: {check.sentence}", indent=" " * 13)
    yield f"{label}  {text.lstrip()}"
    for damage in check.damages[:_DAMAGES]:
        yield wrap(f"{damage.where}: {damage.what}", indent=" " * 17, first=" " * 15)
    if len(check.damages) > _DAMAGES:
        yield f"{'':15}and {len(check.damages) - _DAMAGES:,} more; --json lists them all"


def _record(result: Verification) -> dict[str, object]:
    return {
        "case_file": str(result.path),
        "sound": result.sound,
        "checks": [
            {
                "name": check.name,
                "verdict": check.verdict,
                "sentence": check.sentence,
                "damages": [
                    {"kind": each.kind, "position": each.position, "record": each.record, "what": each.what}
                    for each in check.damages
                ],
            }
            for check in result.checks
        ],
        "case_digest": result.case_digest,
        "custody_digest": result.head,
        "events": result.events,
    }
