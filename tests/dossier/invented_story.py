"""An invented case for the dossier's tests: one witness in four trims, a denial, figures that grow, hostile words."""

from __future__ import annotations

from dataclasses import replace

from drafting import Draft
from story_texts import BIDI, HOSTILE, drafts

from headwater.model import (
    Assessment,
    Bound,
    Case,
    Citation,
    CitationKind,
    Claim,
    ClaimKind,
    Comparison,
    DateMention,
    Evidence,
    Figure,
    Form,
    Link,
    LinkKind,
    Maker,
    Makers,
    Mention,
    Origin,
    Original,
    Pattern,
    Place,
    Reason,
    Received,
    Relation,
    Reuse,
    ReuseKind,
    SetAside,
    SetAsideKind,
    Source,
    SourceKind,
    Stance,
    Statement,
    Summary,
    TimelineEntry,
    Traced,
    Utterance,
    Weighed,
    make_id,
)

SALT = "Nobody is being held at the salt store. There is only salt in it,"
COPIED = "Patrols have closed the coast road since Sunday and fishing boats were told to stay in the harbour."


def invented_case() -> Case:
    """Return the whole case; every call builds the same one."""
    return Story().case()


class Story:
    """Builds the case step by step: who speaks, what they say, what is counted, then what is made of it."""

    def __init__(self) -> None:
        self.parts = drafts()
        self.selm, self.lantern, self.harbour, self.north, self.wire, self.copy, self.evil = self.parts.all
        self._speakers()
        self._sayings()
        self._counting()
        self._tracing()

    def case(self) -> Case:
        """Assemble the records."""
        maker = Maker("rules", "0.1.0")
        return Case(
            received=self._received(),
            readings=tuple(each.reading() for each in self.parts.all),
            traced=self._traced(),
            weighed=self._weighed(),
            makers=Makers(maker, maker, maker, maker),
        )

    def _speakers(self) -> None:
        witness, official = SourceKind.WITNESS, SourceKind.OFFICIAL
        self.fled = (
            self.selm.source("A man who fled Orlo Bay by boat last month", witness),
            self.lantern.source("A survivor who escaped the salt store of Orlo Bay", witness),
            self.harbour.source("the man, whose name is withheld", witness),
            self.north.source("One survivor", witness),
        )
        self.union = (
            self.selm.source("The Harbour Union", SourceKind.ORGANISATION, named=True),
            self.lantern.source("the Harbour Union", SourceKind.ORGANISATION, named=True),
            self.harbour.source("the Harbour Union", SourceKind.ORGANISATION, named=True),
        )
        self.marsk = (
            self.lantern.source("Ilven Marsk, a spokesman for the port governor", official, named=True),
            self.harbour.source("the governor's spokesman Ilven Marsk", official, named=True),
            self.north.source("Marsk", official, named=True),
            self.wire.source("spokesman Ilven Marsk", official, named=True),
        )
        self.woman = self.north.source("a woman of 40 who spoke to Northlight in a port abroad", witness)
        self.sailor = self.copy.source("An old sailor", witness)
        self.stranger = self.evil.source(f"said {HOSTILE}", SourceKind.PERSON)

    def _sayings(self) -> None:
        fled, marsk, denies = self.fled, self.marsk, Stance.DENIES
        bury = "They told the mothers to pay, or to bury their sons,"
        self.pay = (
            self.selm.says(bury, source=fled[0], told="Radio Selm", cue="he said"),
            self.lantern.says(
                "They told the mothers to pay or bury their sons,", source=fled[1], told="Radio Selm", cue="he told"
            ),
            self.harbour.says("They told the mothers to pay or to bury their sons,", source=fled[2]),
            self.north.says(bury[5:-1], source=fled[3], form=Form.MIXED, cue="described"),
        )
        self.stand = self.selm.says("We slept standing up because there was no room to lie down.", source=fled[0])
        self.home = (
            self.selm.says("I can't go home,", "My own street would hand me over.", source=fled[0], cue="he added"),
            self.lantern.says("I cannot go home. My own street would hand me over.", source=fled[1]),
        )
        self.deny = (
            self.lantern.says("Nobody is held in the salt store. It holds salt.", source=marsk[0], stance=denies),
            self.harbour.says(SALT, source=marsk[1], stance=denies, told="Meridian Wire"),
            self.north.says("Nobody sits in the salt store,", source=marsk[2], stance=denies),
            self.wire.says(SALT, source=marsk[3], stance=denies),
        )
        self.verify = self.harbour.says(
            "The Harbour Post could not independently verify the accounts.", form=Form.INDIRECT, stance=Stance.CAVEAT
        )
        wrists = "They hung me by the wrists from the hoist until I named two neighbours,"
        self.hung = self.north.says(wrists, source=self.woman, cue="she said")
        self.hoist = self.copy.says(
            "In the hoist room they hung us by our arms, one after the other.", source=self.sailor
        )
        self.nasty = self.evil.says(HOSTILE, source=self.stranger)
        self.unseen = self.evil.says(BIDI, form=Form.INDIRECT)

    def _counting(self) -> None:
        nets = "net-menders"
        self.figures = (
            self.selm.counts(
                "at least 12 net-menders", 12, None, Bound.AT_LEAST, unit=nets, act="detained", source=self.union[0]
            ),
            self.lantern.counts(
                "At least 12 net-menders", 12, None, Bound.AT_LEAST, unit=nets, act="detained", source=self.union[1]
            ),
            self.harbour.counts(
                "More than 30 people", 31, None, Bound.MORE_THAN, unit="people", act="taken", source=self.union[2]
            ),
            self.north.counts("Around 30 net-menders", 30, 30, Bound.ABOUT, unit=nets, act="missing"),
        )
        march = "since 3 March"
        self.selm.dates.append(
            DateMention(make_id("d", 1), self.selm.id, self.selm.at(march), march, "2031-03-03", None, resolved=True)
        )
        told = self.harbour.at("told Meridian Wire")
        self.harbour.citations.append(
            Citation(make_id("c", 1), self.harbour.id, told, CitationKind.TOLD, "Meridian Wire")
        )

    def _tracing(self) -> None:
        self.sources = (
            source("a man who fled Orlo Bay", self.fled),
            source("the Harbour Union", self.union),
            source("Ilven Marsk, spokesman for the port governor", self.marsk),
            source("a woman of 40", (self.woman,)),
            source("an old sailor", (self.sailor,)),
            source(HOSTILE, (self.stranger,)),
        )
        self.same_words = Reason(
            "same words",
            "The two passages share 9 of 10 words in the same order; the later one drops “to”.",
            (place(self.pay[0]), place(self.pay[1])),
        )
        self.evil_reason = Reason(HOSTILE, HOSTILE, (place(self.nasty),))
        fled, union, marsk, woman, sailor, stranger = self.sources
        selm, lantern = self.selm.id, self.lantern.id
        survivor = origin(fled, (*self.pay, self.stand, *self.home), told="Radio Selm", told_in=(selm, lantern))
        nasty = origin(stranger, (self.nasty,), told=HOSTILE)
        self.origins = (
            replace(survivor, reasons=(self.same_words,)),
            origin(union, (), figures=self.figures[:3]),
            origin(marsk, self.deny, told="Meridian Wire", told_in=(self.harbour.id,)),
            origin(woman, (self.hung,), told="Northlight", told_in=(self.north.id,)),
            origin(sailor, (self.hoist,)),
            replace(nasty, reasons=(self.evil_reason,)),
            Origin(
                id=make_id("o", "own"),
                source=None,
                name="The Harbour Post",
                kind=SourceKind.OUTLET,
                told_to=None,
                told_to_in=(),
                own_reporting=True,
                reports=(self.harbour.id,),
                statements=(self.verify.id,),
                figures=(),
            ),
        )

    def _received(self) -> Received:
        reports = tuple(each.report for each in self.parts.all)
        return Received(
            files=(*(each.info.file for each in reports), "empty.txt", HOSTILE),
            originals=tuple(
                Original(each.info.sha256, "text/plain", each.text.encode("utf-8", "surrogatepass")) for each in reports
            ),
            reports=reports,
            set_aside=(
                SetAside("empty.txt", SetAsideKind.EMPTY, "The file holds no bytes."),
                SetAside(HOSTILE, SetAsideKind.DUPLICATE, HOSTILE, "0" * 64, reports[0].id),
            ),
            notes=("reports.csv was read.", HOSTILE),
        )

    def _traced(self) -> Traced:
        survivor, _, marsk, woman, sailor, stranger, own = self.origins
        later, earlier = self.copy.place(COPIED), self.wire.place(COPIED)
        reason = Reason("agency copy", "18 words in a row; the agency's line is missing.", (later, earlier))
        return Traced(
            sources=self.sources,
            utterances=(
                utterance(self.pay, survivor, self.same_words),
                utterance((self.stand,), survivor),
                utterance(self.home, survivor),
                replace(utterance(self.deny, marsk), text=SALT),
                utterance((self.verify,), own),
                utterance((self.hung,), woman),
                utterance((self.hoist,), sailor),
                utterance((self.nasty,), stranger, self.evil_reason),
                utterance((self.unseen,), None),
            ),
            origins=self.origins,
            reuse=(
                Reuse(make_id("ru", 1), earlier, later, ReuseKind.AGENCY, 18, 1.0, "Meridian Wire", self.harbour.id),
            ),
            links=(
                Link(
                    make_id("l", 1),
                    later,
                    earlier,
                    LinkKind.AGENCY_COPY,
                    directed=True,
                    reason=reason,
                    evidence=(
                        Evidence("citation", 0.6, "The copy names the wire beside this passage.", (later,)),
                        Evidence("dates", -0.3, "The wire was published 1 day after the copy."),
                        Evidence("shorter", 0.0, HOSTILE),
                    ),
                ),
            ),
        )

    def _claims(self) -> tuple[Claim, ...]:
        survivor, union, marsk, woman, sailor, stranger, _ = self.origins
        detained = claim("At least 12 net-menders detained", (), (union,), figures=self.figures[:2])
        return (
            replace(
                claim(self.pay[0].text, self.pay, (survivor,)),
                denied_by=tuple(each.id for each in self.deny),
                caveats=(self.verify.id,),
                reasons=(self.same_words,),
            ),
            replace(claim(self.hung.text, (self.hung, self.hoist), (woman, sailor)), origins_low=1),
            detained,
            replace(
                claim("More than 30 people taken", (), (union,), figures=self.figures[2:]),
                origins_high=2,
                unattributed=(self.north.id,),
                contradicts=(detained.id,),
                reasons=(self.same_words,),
            ),
            claim(SALT, self.deny, (marsk,)),
            replace(claim(self.nasty.text, (self.nasty,), (stranger,)), reasons=(self.evil_reason,)),
        )

    def _weighed(self) -> Weighed:
        claims = self._claims()
        one, two, three, four = (each.id for each in self.figures)
        woman, sailor = self.origins[3:5]
        return Weighed(
            claims=claims,
            comparisons=(
                Comparison(make_id("x", 1), one, two, Relation.SAME, "Same number, same bound, same source."),
                Comparison(make_id("x", 2), one, three, Relation.UPDATE, "A later count by the same source."),
                Comparison(make_id("x", 3), three, four, Relation.DIFFERENT, HOSTILE),
            ),
            patterns=(
                Pattern(
                    make_id("p", 1), "hanging by the arms", (woman.id, sailor.id), (self.hung.id, self.hoist.id), 1, 2
                ),
            ),
            assessments=(
                Assessment(make_id("a", 1), claims[0].id, "origins/1", "provisional", "One origin, four reports."),
            ),
            timeline=self._timeline(),
            summary=Summary(
                reports=7,
                outlets=6,
                statements=16,
                figures=4,
                utterances=9,
                origins=7,
                origins_named=2,
                claims=len(claims),
                claims_single_origin=4,
                denied=1,
                contradictions=1,
                unattributed=1,
                set_aside=2,
                loudest_echo=claims[0].id,
                echo_reports=4,
                echo_origins="1",
            ),
        )

    def _timeline(self) -> tuple[TimelineEntry, ...]:
        march = "since 3 March"
        spoken = self.selm.at(march)
        dated: tuple[Draft, ...] = (self.selm, self.lantern, self.wire, self.harbour, self.north)
        published = tuple(
            TimelineEntry(make_id("t", each.id), day, day, f"{each.report.info.name} publishes", each.id, 0, 0, True)  # noqa: FBT003
            for each in dated
            if (day := each.report.info.day)
        )
        since = TimelineEntry(
            make_id("t", 0), "2031-03-03", None, march, self.selm.id, spoken.start, spoken.end, publication=False
        )
        return (since, *published)


def place(statement: Statement) -> Place:
    """The first passage of a statement."""
    return Place(statement.report, statement.content[0])


def source(name: str, mentions: tuple[Mention, ...]) -> Source:
    """A source joined from mentions."""
    first = mentions[0]
    names = tuple(sorted({each.text for each in mentions}))
    ids = tuple(each.id for each in mentions)
    return Source(make_id("src", name), name, names, first.kind, first.named, plural=False, mentions=ids)


def origin(
    who: Source,
    statements: tuple[Statement, ...],
    *,
    told: str | None = None,
    told_in: tuple[str, ...] = (),
    figures: tuple[Figure, ...] = (),
) -> Origin:
    """An origin of statements and figures."""
    carried = [*(each.report for each in statements), *(each.report for each in figures)]
    return Origin(
        id=make_id("o", who.name, told),
        source=who.id,
        name=who.name,
        kind=who.kind,
        told_to=told,
        told_to_in=told_in,
        own_reporting=False,
        reports=tuple(dict.fromkeys(carried)),
        statements=tuple(each.id for each in statements),
        figures=tuple(each.id for each in figures),
    )


def utterance(statements: tuple[Statement, ...], by: Origin | None, *reasons: Reason) -> Utterance:
    """An utterance whose fullest rendering is its first statement."""
    text = statements[0].text
    return Utterance(make_id("u", text), text, tuple(s.id for s in statements), by.id if by else None, reasons)


def claim(
    text: str, statements: tuple[Statement, ...], by: tuple[Origin, ...], *, figures: tuple[Figure, ...] = ()
) -> Claim:
    """A claim that stands on as many origins as it is given."""
    carried = [*(each.report for each in statements), *(each.report for each in figures)]
    return Claim(
        id=make_id("cl", text),
        text=text,
        kind=ClaimKind.FIGURE if figures else ClaimKind.SAID,
        statements=tuple(each.id for each in statements),
        figures=tuple(each.id for each in figures),
        reports=tuple(dict.fromkeys(carried)),
        origins=tuple(each.id for each in by),
        origins_low=len(by),
        origins_high=len(by),
    )
