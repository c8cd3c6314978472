"""The command `demo`: the bundled case of invented reports, traced before your eyes."""

from __future__ import annotations

from datetime import UTC, datetime
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import click

from headwater.casefile import SUFFIX
from headwater.cli.output import json_option
from headwater.cli.progress import progress_here
from headwater.cli.trace import NOBODY, tell_run
from headwater.errors import CannotWrite, WouldOverwrite
from headwater.pipeline.run import Targets, trace_and_write

_TITLE = "The bundled case"


@click.command("demo", short_help="Trace the bundled case of invented reports.")
@click.option(
    "--into",
    type=click.Path(path_type=Path),
    default=Path("demo"),
    show_default=True,
    metavar="FOLDER",
    help="Where to put the reports, the case and the dossier.",
)
@json_option
@click.pass_context
def command(ctx: click.Context, *, into: Path, as_json: bool) -> None:
    """Trace the bundled case of invented reports, by invented outlets in an invented country.

    \b
    Example
      headwater demo

    Copies the reports to demo/reports, so that you can read and change them, and traces them as `headwater trace`
    would. Everybody and everything in them is invented.
    """
    reports = into / "reports"
    copy_bundled(reports)
    targets = Targets(into / f"case{SUFFIX}", into / "dossier", _TITLE)
    with progress_here() as progress:
        run = trace_and_write([reports], targets, now=datetime.now(UTC), agent=NOBODY, progress=progress)
    tell_run(ctx, run, targets, as_json=as_json)


def copy_bundled(folder: Path) -> None:
    """Copy the bundled reports into `folder`. Raises WouldOverwrite when one there was changed, CannotWrite."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in bundled_reports():
            target = folder / name
            if target.exists() and target.read_bytes() != data:
                raise WouldOverwrite(
                    f"{target} was changed, so it is not replaced.",
                    next_step=f"Trace your version with: headwater trace {folder} - or give another place with --into.",
                )
            target.write_bytes(data)
    except OSError as error:
        raise CannotWrite(
            f"The bundled reports cannot be copied to {folder}: {error.strerror or error}.",
            safe="Nothing else was changed.",
            next_step="Give another place with --into.",
        ) from error


def bundled_reports() -> list[tuple[str, bytes]]:
    """Return the bundled reports, by name."""
    folder: Traversable = files("headwater") / "bundled"
    inside = [each for each in folder.iterdir() if each.is_file() and not each.name.startswith(("_", "gold"))]
    return sorted((each.name, each.read_bytes()) for each in inside)
