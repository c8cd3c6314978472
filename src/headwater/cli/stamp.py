"""The command `stamp`: a time-stamp of the custody log by somebody else, asked for and stored through files."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from headwater import casefile
from headwater.casefile import CustodyEvent, custody
from headwater.casefile.kinds import Stamp
from headwater.casefile.stamps import request, stamp_of
from headwater.cli.output import json_line, json_option, path_words, wrap
from headwater.cli.trace import NOBODY
from headwater.cli.unlocking import case_options, key_for
from headwater.errors import CannotWrite, PathMissing, WouldOverwrite


@click.command("stamp", short_help="Ask for a time-stamp of a case by file, and keep the reply.")
@click.argument("case_path", metavar="CASE", type=click.Path(path_type=Path))
@click.option("--request", "asked", type=click.Path(path_type=Path), metavar="FILE", help="Write the request here.")
@click.option("--reply", type=click.Path(path_type=Path), metavar="FILE", help="Check this reply and keep it.")
@click.option(
    "--root",
    "roots",
    type=click.Path(path_type=Path),
    multiple=True,
    metavar="FILE",
    help="The root certificate of the authority, to check the reply against; may be repeated.",
)
@click.option("--by", metavar="NAME", default=NOBODY, show_default=True, help="Who does this, for the custody log.")
@case_options
@json_option
def command(
    *,
    case_path: Path,
    asked: Path | None,
    reply: Path | None,
    roots: tuple[Path, ...],
    by: str,
    passphrase_file: Path | None,
    as_json: bool,
) -> None:
    """Ask for a time-stamp of a case by file, and keep the reply.

    \b
    Examples
      headwater stamp case.headwater --request head.tsq
      headwater stamp case.headwater --reply head.tsr --root authority.pem

    A time-stamp (RFC 3161) says that the custody log existed, up to an event, at a time that somebody else vouches
    for. Headwater sends nothing: carry the request to an authority of your choice by a way of your choice, and bring
    back its reply. The request holds one digest and nothing of the case; but asking tells the authority, and
    whoever sees your line, that and when you work.

    Without --root only the signature is checked, not whose it is. A time-stamp carries a legal presumption of its
    time only if the authority is a qualified one (in the European Union: eIDAS, article 41), which no check here tells.
    """
    if (asked is None) == (reply is None):
        raise click.UsageError("Give either --request or --reply.")
    if asked is not None and roots:
        raise click.UsageError("--root goes with --reply.")
    key = key_for(case_path, passphrase_file)
    events = custody(case_path, key=key)
    if asked is not None:
        _ask(events[-1], asked, as_json=as_json)
    if reply is not None:
        data = _read(reply)
        stamp = stamp_of(events, data, [_read(root) for root in roots])
        casefile.add_stamp(case_path, stamp, data, now=datetime.now(UTC), agent=by, key=key)
        _tell(stamp, as_json=as_json)


def _ask(head: CustodyEvent, out: Path, *, as_json: bool) -> None:
    try:
        with out.open("xb") as file:
            file.write(request(head.digest))
    except FileExistsError as error:
        raise WouldOverwrite(f"There is a file {out} already.", next_step="Give another name.") from error
    except OSError as error:
        raise CannotWrite(
            f"The file {out} cannot be written: {error.strerror or error}.",
            next_step="Check the free space and the rights of its folder, or choose another place.",
        ) from error
    if as_json:
        click.echo(json_line({"event": head.sequence, "custody_digest": head.digest, "file": str(out)}))
        return
    told = (
        f"The request for event {head.sequence} is in {path_words(out)}. Nothing was sent. Carry it to a time-stamp "
        "authority, and give the reply to `headwater stamp CASE --reply`."
    )
    click.echo(wrap(told), err=True)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise PathMissing(
            f"The file {path} cannot be read: {error.strerror or error}.", next_step="Check the name and the folder."
        ) from error


def _tell(stamp: Stamp, *, as_json: bool) -> None:
    if as_json:
        told = {
            "event": stamp.sequence,
            "custody_digest": stamp.digest,
            "time": stamp.time,
            "authority": stamp.authority,
            "policy": stamp.policy,
            "serial": stamp.serial,
            "chain_checked": bool(stamp.roots),
        }
        click.echo(json_line(told))
        return
    click.echo(wrap(f"{stamp.authority} says that event {stamp.sequence} existed at {stamp.time}."))
    if stamp.roots:
        click.echo("Its certificates lead to a root that you gave.")
    else:
        click.echo(wrap("The signature holds. Whose it is was not checked: give the root certificate with --root."))
