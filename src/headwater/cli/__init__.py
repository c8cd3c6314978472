"""The command line: words in, words out. The only room that prints; nothing here reads a report or counts.

Data goes to standard output, messages to standard error. A command's module is loaded when it is called, so that
help appears at once.
"""

from __future__ import annotations

import os
import sys

import click

from headwater import __version__
from headwater.cli.group import CommandEntry, HeadwaterGroup

EXIT_CODES = """\b
Exit codes
    0  done
    1  could not be done; the message says why and what to do next
    2  wrong usage of the command line
    3  a check failed: the case is not what it was when it was written, or a protected name would have left it
    4  finished, but files that look like reports could not be read
    5  the case is encrypted and was not unlocked: no passphrase was given, or a wrong one
   70  a defect of Headwater itself
  130  stopped with Ctrl-C
"""

COMMANDS = (
    CommandEntry("trace", "headwater.cli.trace", "Trace where each thing said in a pile of reports comes from."),
    CommandEntry("read", "headwater.cli.read", "Read who says what in each report, and write it as JSON lines."),
    CommandEntry("corpus", "headwater.cli.corpus", "Collect reports by the thousand or million, and search them."),
    CommandEntry("show", "headwater.cli.show", "Show every place that carries some words, with its origin."),
    CommandEntry("decide", "headwater.cli.decide", "Decide about what a case says, and see what changes."),
    CommandEntry("undo", "headwater.cli.undo", "Take back a decision."),
    CommandEntry("redo", "headwater.cli.redo", "Bring back a decision that was undone."),
    CommandEntry("decisions", "headwater.cli.decisions", "List what people decided about a case."),
    CommandEntry("merge", "headwater.cli.merge", "Bring the decisions made in another copy of a case."),
    CommandEntry("dossier", "headwater.cli.dossier", "Print a case as a folder of pages for the browser."),
    CommandEntry("export", "headwater.cli.export", "Write a case in a form that other programs read."),
    CommandEntry("add", "headwater.cli.add", "Add reports to a case, and say what is different with them."),
    CommandEntry("withdraw", "headwater.cli.withdraw", "Take reports out of a case for good."),
    CommandEntry("verify", "headwater.cli.verify", "Check that a case file is what it was when it was written."),
    CommandEntry("protect", "headwater.cli.protect", "Put a source or report under a pseudonym in all that leaves."),
    CommandEntry("checkpoint", "headwater.cli.checkpoint", "Give out the digest that later proves the log of a case."),
    CommandEntry("stamp", "headwater.cli.stamp", "Ask for a time-stamp of a case by file, and keep the reply."),
    CommandEntry("encrypt", "headwater.cli.encrypt", "Encrypt a case, or change its passphrase."),
    CommandEntry("decrypt", "headwater.cli.decrypt", "Make an encrypted case plain."),
    CommandEntry("recover", "headwater.cli.recover", "Open a case with its recovery sheet and set a new passphrase."),
    CommandEntry("backup", "headwater.cli.backup", "Copy a case, byte for byte, to another place."),
    CommandEntry("restore", "headwater.cli.restore", "Put a backup back as the case."),
    CommandEntry("demo", "headwater.cli.demo", "Trace the bundled case of invented reports."),
)


@click.group(
    cls=HeadwaterGroup,
    commands_later=COMMANDS,
    epilog=EXIT_CODES,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, "--version", prog_name="headwater", message="%(prog)s %(version)s")
@click.pass_context
def group(ctx: click.Context) -> None:
    """Headwater shows, for a pile of reports, where each thing said comes from.

    \b
    Examples
      headwater demo                           see it on a bundled case of invented reports
      headwater trace reports/                 trace your own folder of .txt and .html files
      headwater show case.headwater "no food"  every place that carries these words
      headwater verify case.headwater          is the case what it was when it was written?

    It works on this computer only and sends nothing anywhere. It never calls a claim true or false.
    """
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        ctx.color = False


def main() -> None:
    """Run the command line of this process and exit."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a character must not stop the program; the files written are UTF-8 anyway.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    group(prog_name="headwater")
