"""What the engine is set to, with what each setting was measured on; thresholds of the alignment stand beside it."""

from __future__ import annotations

from dataclasses import dataclass

# A fingerprint of more reports than this links each of them to the earliest few only.
CROWD = 32
STAR = 4
# Furniture: wording in so many reports of one outlet, on so many days; from an outlet with many reports a few more are
# asked, one of each FURNITURE_SHARE of its reports until there are FURNITURE_ENOUGH.
FURNITURE_REPORTS, FURNITURE_ENOUGH = 4, 6
FURNITURE_SHARE = 200
FURNITURE_DAYS = 3
# Days before this one, in days since 1970, are no days: each report without a date is given one of its own there.
UNDATED = -1_000_000
# Shared rare wording counts together within 2 ** PART_BITS tokens of the earlier report.
PART_BITS = 7
# Fingerprints weigh as if the pile were this much larger: in five reports, what two of them share is still telling.
BACKGROUND = 1000
# Bits are counted in thousandths, in whole numbers.
BIT = 1000

# The kinds of shared wording. Shares are in thousandths: of a span's tokens that are quoted or furniture; and of the
# tokens of its longer side that agree.
THOUSAND = 1000
MOSTLY = 500
LOOSE, FAIR, CLOSE, WORD_FOR_WORD = 600, 700, 900, 800
# So many words that agree loosely, or fewer that agree fairly or closely, are no accident; shorter pieces count beside
# such a one.
LONG_WORDS, SENTENCE_WORDS, CLAUSE_WORDS, PIECE_WORDS = 60, 30, 20, 12
# A span that agrees loosely as a whole is narrative also for a run of so many words that stand there nearly alike.
RUN_WORDS = 24
# Wording in general use is narrative only from this length on: templates of polls, markets and courts are shorter.
USED_WORDS = 80
# Of prose at least one word in so many is an everyday one; lists of names and numbers have fewer.
PROSE = 5
# A span with a word of the first person among so many words, none of them quoted, is somebody's speech though no mark
# says so (a transcript, a post), unless it is this share of the shorter report: then the report itself is the speech.
VOICED, SPEECH_SHARE = 50, 2
# Wording in so many reports over so many days is in general use.
LASTING_REPORTS, LASTING_DAYS = 3, 60


@dataclass(frozen=True, slots=True)
class Tier:
    """How closely the index looks: shingles of `size` tokens, of each `window` one kept; and how much must be shared.

    `rare` is the least shared weight of a pair, in thousandths of the weight of a fingerprint that two reports have.
    """

    size: int
    window: int
    rare: int


# What two texts must share in a row to be found for certain: four words, six, ten. Measured on planted passages alone
# (DEEP), among 36,000 other reports (WIDE), and for the cost of the index at a million (WIDEST): docs/scale.md.
DEEP = Tier(3, 2, 2000)
WIDE = Tier(4, 3, 2600)
WIDEST = Tier(5, 6, 2600)
DEEP_REPORTS, WIDE_REPORTS = 20_000, 200_000


def tier_of(reports: int) -> Tier:
    """Return the tier for a pile of so many reports."""
    if reports <= DEEP_REPORTS:
        return DEEP
    return WIDE if reports <= WIDE_REPORTS else WIDEST
