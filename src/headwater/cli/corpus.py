"""The commands of `corpus`: collections of any size in a folder of their own, from which cases are opened."""

from __future__ import annotations

import click

from headwater.cli.group import CommandEntry, HeadwaterGroup

COMMANDS = (
    CommandEntry("add", "headwater.cli.corpus_add", "Add files and collections of reports to a corpus."),
    CommandEntry(
        "reuse", "headwater.cli.corpus_reuse", "Find the wording that reports share, as a table of typed spans."
    ),
    CommandEntry("stories", "headwater.cli.corpus_stories", "Group the reports of one event."),
    CommandEntry("find", "headwater.cli.corpus_find", "Find every place that carries some words, or renders them."),
)


@click.group(
    "corpus",
    cls=HeadwaterGroup,
    commands_later=COMMANDS,
    short_help="Collect reports by the thousand or million, and search them.",
)
def command() -> None:
    """Collect reports by the thousand or million, and search them.

    \b
    Examples
      headwater corpus add news.corpus articles.parquet
      headwater corpus add news.corpus CC-NEWS-*.warc.gz more.jsonl.gz reports/
      headwater trace --from-corpus news.corpus --reports ID,ID

    A corpus is a folder. What is in it is only collected: nothing is read for its meaning until it is opened as a case.
    """
