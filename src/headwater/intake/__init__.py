"""Intake: one reader per format, bytes to reports. Pages are opened in a limited child process.

Import from here. Nothing in this room uses the network, writes a file or knows the case file.
"""

from headwater.intake.copies import words_key
from headwater.intake.files import Ours
from headwater.intake.jsonl import Line, count_lines, is_jsonl, read_lines
from headwater.intake.limits import Limits
from headwater.intake.receive import MAKER, Delivery, deliver, receive

__all__ = [
    "MAKER",
    "Delivery",
    "Limits",
    "Line",
    "Ours",
    "count_lines",
    "deliver",
    "is_jsonl",
    "read_lines",
    "receive",
    "words_key",
]
