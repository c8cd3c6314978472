"""The closed vocabularies: every kind, form and outcome that a record may carry."""

from __future__ import annotations

from enum import StrEnum


class Basis(StrEnum):
    """How a piece of metadata is known."""

    GIVEN = "given"  # written down beside the report: in reports.csv, or in its row of a corpus
    PAGE = "page"  # the page says it of itself in its metadata
    GUESSED = "guessed"  # derived by a rule from the words or the file name; shown as a guess


class PassageKind(StrEnum):
    """What a stretch of the working text is."""

    HEADLINE = "headline"
    BODY = "body"
    CAPTION = "caption"
    BYLINE = "byline"  # author, date line, place of publication, photo credit on a line of its own
    FURNITURE = "furniture"  # "Read more", cookie lines, share buttons, newsletter boxes, legal lines


class Completeness(StrEnum):
    """Did an independent second parser see words that the working text lacks?"""

    COMPLETE = "complete"
    INCOMPLETE = "incomplete"
    NOT_CHECKED = "not checked"


class SetAsideKind(StrEnum):
    """Why a received file is not a report of its own."""

    EMPTY = "empty"
    BINARY = "binary"
    TOO_LARGE = "too large"
    UNDECODABLE = "undecodable"
    UNREADABLE = "unreadable"  # the file system or the limited reader refused it
    UNSUPPORTED = "unsupported"
    DUPLICATE = "duplicate"  # same bytes or same text as a report already in the case
    NO_TEXT = "no text"  # a page without a readable article
    CONFLICT = "conflict"  # its id belongs to another text in the corpus


class Form(StrEnum):
    """How the report renders what was said."""

    DIRECT = "direct"
    MIXED = "mixed"
    INDIRECT = "indirect"


class Certainty(StrEnum):
    """How clearly the words of the report show who said it."""

    CLEAR = "clear"
    LIKELY = "likely"
    UNCLEAR = "unclear"  # kept and shown as "source not clear"; never filled by guessing


class CueKind(StrEnum):
    """What the words that attribute say of the source: only SPEECH makes a statement of a case."""

    SPEECH = "speech"  # said, wrote, reported, showed: it was uttered, and others can trace it
    BELIEF = "belief"  # thinks, knows, fears, hopes
    PLAN = "plan"  # plans, wants, decided to
    STANCE = "stance"  # supports, opposes, prefers


class Stance(StrEnum):
    """What a statement does with what it speaks of."""

    ASSERTS = "asserts"
    DENIES = "denies"
    CAVEAT = "caveat"  # "could not independently verify"
    DECLINES = "declines"  # "declined to comment"


class SourceKind(StrEnum):
    """What sort of source it is (compare HURIDOCS micro-thesaurus 19)."""

    WITNESS = "witness"
    OFFICIAL = "official"
    ORGANISATION = "organisation"
    OUTLET = "outlet"
    AGENCY = "agency"
    EXPERT = "expert"
    DOCUMENT = "document"
    PERSON = "person"
    UNKNOWN = "unknown"


class CitationKind(StrEnum):
    """How a report names another carrier."""

    TOLD = "told"  # "told Radio Vellmar", "in an interview with"
    REPORTED_BY = "reported by"  # "the Vellmar Post reports", "according to a translation by"
    CREDIT = "credit"  # "(Picture: AP)", "- Reuters", an agency line or copyright line


class Bound(StrEnum):
    """What the words of a figure say about its size."""

    EXACT = "exact"
    ABOUT = "about"
    AT_LEAST = "at least"
    MORE_THAN = "more than"
    AT_MOST = "at most"
    LESS_THAN = "less than"
    RANGE = "range"
    DOZENS = "dozens"  # "dozens", "scores", "hundreds": a lower bound only


class ReuseKind(StrEnum):
    """What shared wording is; only AGENCY and NARRATIVE make two reports dependent."""

    QUOTE = "quote"
    AGENCY = "agency copy"  # nearly word for word, and a report of the case shows that it is an agency's
    NARRATIVE = "narrative"  # the reporter's own words, copied or rewritten; no agency is shown
    BOILERPLATE = "boilerplate"
    STOCK = "stock"

    @property
    def depends(self) -> bool:
        """True for the kinds that make two reports dependent."""
        return self in {ReuseKind.AGENCY, ReuseKind.NARRATIVE}


class LinkKind(StrEnum):
    """Why the later passage is taken to depend on the earlier one."""

    QUOTE_VARIANT = "quote variant"
    AGENCY_COPY = "agency copy"
    NARRATIVE_COPY = "narrative copy"
    CITATION = "citation"


class Bearing(StrEnum):
    """What a reason does to the range of origins of a claim."""

    JOINS = "joins"  # shown by the reports: counted as one
    MAY_JOIN = "may join"  # plausible: the count could be lower
    MAY_PART = "may part"  # a join or an omission that rests on inference: the count could be higher
    BESIDE = "beside"  # says something of the claim and leaves the count alone


class HopKind(StrEnum):
    """What a mouth in the chain of a statement does there; an occasion is no mouth, and is counted for none."""

    BEHIND = "behind"  # somebody the source itself relies on
    SOURCE = "source"  # who is said to have said it
    OCCASION = "occasion"  # where it was said, when nobody there is shown to have passed it on
    TOLD_TO = "told to"  # the outlet or body it was said to
    VIA = "through"  # a carrier between there and the report
    REPORT = "report"  # the report in which it stands


class CitedKind(StrEnum):
    """What a person can get when the reports name somebody for what they tell."""

    OUTLET = "outlet"
    AGENCY = "agency"
    ORGANISATION = "organisation"  # a body that was told something, or that passes it on
    DOCUMENT = "document"  # a paper with a name
    STATEMENT = "statement"  # what a body or an official gave out in writing
    POST = "post"  # what a body or an official posted for all to read


class Relation(StrEnum):
    """How two figures stand to one another."""

    SAME = "same"  # the same number with the same bound
    COMPATIBLE = "compatible"  # the bounds allow both to be true
    UPDATE = "update"  # a later count of the same thing
    CONFLICT = "conflict"  # same people, act, place and time; cannot both be true
    DIFFERENT = "different"  # they do not count the same thing; shown, never compared


class ClaimKind(StrEnum):
    """What a claim is made from."""

    SAID = "said"
    FIGURE = "figure"


class Verdict(StrEnum):
    """The answer of one check; only PASSED is good news."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_CHECKED = "not checked"


class Rendering(StrEnum):
    """How a report tells a detail, beside the rendering it is compared with. Which of them is right is never said."""

    REFERENCE = "compared with"  # the rendering that the others are set beside
    KEPT = "kept"  # the same words; spelling and marks aside
    TRIMMED = "trimmed"  # words left out, none put in
    LONGER = "longer"  # words put in, none left out
    REWORDED = "reworded"
    SOFTENED = "softened"  # a doubt or a bound that the other does not have
    HARDENED = "hardened"  # without a doubt or a bound that the other has
    CHANGED = "changed"  # another number, age, day or name, or a denial of it
    ONLY = "only here"  # no other report has the detail


class ChangeKind(StrEnum):
    """What it is that two renderings have differently."""

    NUMBER = "number"
    AGE = "age"
    DAY = "day"
    NAME = "name"  # of a person, a body or a place
    NEGATION = "negation"
    BOUND = "bound"  # "at least", "about", "up to", "dozens"
    HEDGE = "hedge"  # "may have", "reportedly", "I think"


class Verb(StrEnum):
    """What a person does with a record of a case."""

    CONFIRM = "confirm"  # looked at, and it is right
    REJECT = "reject"  # it is wrong and is to be left out
    MERGE = "merge"  # these are one
    SPLIT = "split"  # the others do not belong to the first; two of a kind: they are to stay apart
    REATTRIBUTE = "re-attribute"  # somebody else said this
    RENAME = "rename"  # it is to be called so
    NOTE = "note"  # a remark
    UNDO = "undo"  # an earlier decision does not hold
    REDO = "redo"  # it holds again


class SubjectKind(StrEnum):
    """What a person can decide about."""

    REPORT = "report"
    STATEMENT = "statement"
    MENTION = "mention"
    FIGURE = "figure"
    SOURCE = "source"
    UTTERANCE = "utterance"
    ORIGIN = "origin"
    CLAIM = "claim"
    LINK = "link"
    REUSE = "reuse"
    DECISION = "decision"


class Consent(StrEnum):
    """What somebody agreed to."""

    UNKNOWN = "unknown"
    GIVEN = "given"
    INTERNAL = "internal"  # for the work on the case, not for anything that leaves it
    WITHDRAWN = "withdrawn"


class Sensitivity(StrEnum):
    """How much of somebody may be seen outside the case."""

    OPEN = "open"
    PROTECTED = "protected"  # under a pseudonym everywhere
    WITHHELD = "withheld"  # under a pseudonym, and without the words
