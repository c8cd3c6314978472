"""The group of commands: loads a command when it is called, answers a misspelt one, and tells every error.

What a person sees of an error are three sentences (what happened, what is safe, what to do next) and an exit code.
"""

from __future__ import annotations

import difflib
import importlib
import os
import traceback
from collections.abc import Sequence
from typing import Any, NamedTuple

import click

from headwater.cli.output import JSON_ASKED, json_line, plain
from headwater.errors import HeadwaterError, InternalError, Stopped


class CommandEntry(NamedTuple):
    """A command by name, the module whose `command` it is, and its line in the list of commands."""

    name: str
    module: str
    short_help: str


class HeadwaterGroup(click.Group):
    """A click group whose commands live in modules that are imported on first use."""

    def __init__(self, *args: Any, commands_later: Sequence[CommandEntry] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._later = {entry.name: entry for entry in commands_later}

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names in the order in which a newcomer needs them."""
        return list(self._later)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - likewise
        """Import the command's module and return the command, or None for an unknown name."""
        entry = self._later.get(cmd_name)
        if entry is None:
            return None
        command: click.Command = importlib.import_module(entry.module).command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - likewise
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(entry.name, entry.short_help) for entry in self._later.values()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; for an unknown one say which was likely meant."""
        if args and not args[0].startswith("-") and args[0] not in self._later:
            close = difflib.get_close_matches(args[0], self._later, n=1, cutoff=0.5)
            meant = f" Did you mean {close[0]!r}?" if close else ""
            ctx.fail(f"There is no command {args[0]!r}.{meant}")
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command and turn whatever stops it into a message and an exit code."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except HeadwaterError as error:
            tell(ctx, error)
        except KeyboardInterrupt as interrupt:
            stopped = Stopped("Stopped.", next_step="Run the same command again to start over.")
            stopped.__cause__ = interrupt
            tell(ctx, stopped)
        except BrokenPipeError:
            raise  # the reader of our output went away; click ends quietly
        except Exception as error:  # noqa: BLE001 - the last place where a defect can be told in plain words
            told = InternalError.of(f"it failed with {type(error).__name__}")
            told.__cause__ = error
            tell(ctx, told)


def tell(ctx: click.Context, error: HeadwaterError) -> None:
    """Print the three sentences of `error` and exit with its code."""
    if debugging():
        click.echo("".join(traceback.format_exception(error)), err=True)
    if ctx.meta.get(JSON_ASKED):
        kind = type(error).__name__
        told = {"kind": kind, "what": error.what, "safe": error.safe, "next_step": error.next_step}
        click.echo(json_line({"error": told, "exit_code": error.exit_code}))
    click.secho(plain(error.what), err=True, bold=True)
    click.echo(plain(error.safe), err=True)
    click.echo(plain(error.next_step), err=True)
    ctx.exit(error.exit_code)


def debugging() -> bool:
    """True when the person asked for stack traces (HEADWATER_DEBUG=1)."""
    return os.environ.get("HEADWATER_DEBUG", "") not in {"", "0"}
