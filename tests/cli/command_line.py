"""Invented reports, and the command line as a person without a terminal uses it."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner, Result

from headwater.cli import group

REPORTS = {
    "ash.txt": (
        "Boats taken at Sellmouth\n\n“They took the boats at dawn and left us the nets,” Oda Renn, a fisherman, told "
        "Radio Vellmar.\n\nAt least 12 boats were seized in Sellmouth, residents said.\n"
    ),
    "birch.txt": (
        "Harbour emptied\n\n‘They took the boats at dawn,’ Oda Renn told Radio Vellmar.\n\nThe ministry denied it. "
        "“No boat has left Sellmouth,” said Karl Imber, a spokesman.\n"
    ),
    "cedar.txt": "Quiet week\n\nThe council of Sellmouth met for an hour and went home without a vote.\n",
    "reports.csv": (
        "file,outlet,published\nash.txt,The Ash Post,2031-05-03\nbirch.txt,The Birch Herald,2031-05-02\n"
        "cedar.txt,The Cedar Mail,2031-05-01\n"
    ),
}


def headwater(*words: str | Path) -> Result:
    """Run a command as a person would, without a terminal."""
    return CliRunner().invoke(group, [str(word) for word in words], prog_name="headwater")


def write_reports(folder: Path) -> Path:
    """Write the reports into a new folder and return it."""
    folder.mkdir()
    for name, text in REPORTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder
