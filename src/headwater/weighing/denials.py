"""Denials beside what they deny, caveats beside what they qualify. No claim is removed because it is denied."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from headwater.model import ClaimKind, Reason, Source, Stance, Statement, by_person, stem
from headwater.weighing.acts import HARMS, acts_in, speaks_generally
from headwater.weighing.denying import DENIAL_WORDS, is_denial
from headwater.weighing.draft import Draft
from headwater.weighing.people import could_be_same_office, speak_for_one
from headwater.weighing.pile import Pile
from headwater.weighing.wording import Rarity, wording

_LEADING = 5  # claims that one denial is shown beside
_SPECIFIC = 0.34  # of the weight of a denial's own words, found in the claim it answers
_SPECIFIC_IN_GENERAL = 0.6  # ... when the denial speaks of reports or violence at large
_QUALIFIES = 0.5  # of the weight of a caveat's own words, found in the claim it qualifies
_OF_ITS_OWN = 2  # content words from which on a caveat speaks of something in particular
_NEIGHBOUR = 400  # code points between a caveat and the claim it qualifies when their words do not tell
_SWEEPING = re.compile(r"\b(?:all|any|none) of (?:it|this|that|these|them|which)\b|\beverything\b", re.IGNORECASE)
_ANYTHING = frozenset(stem(word) for word in "people person man men woman women thing things one ones".split())
_CAVEAT_WORDS = frozenset(
    stem(word)
    for word in "cannot can verify verified confirm confirmed independent independently claim claims report "
    "reports information account accounts possible impossible immediately available yet details clear unclear "
    "authenticity able unable".split()
)


@dataclass(frozen=True, slots=True)
class Beside:
    """What was set beside the claims: statement ids and reasons by claim id."""

    denied_by: Mapping[str, tuple[str, ...]]
    caveats: Mapping[str, tuple[str, ...]]
    reasons: Mapping[str, tuple[Reason, ...]]


class _Notes:
    def __init__(self) -> None:
        self.ids: dict[str, list[str]] = defaultdict(list)
        self.reasons: dict[str, list[Reason]] = defaultdict(list)

    def put(self, claim: str, statement: Statement) -> None:
        if statement.id not in self.ids[claim]:
            self.ids[claim].append(statement.id)

    def explain(self, claim: str, reason: Reason) -> None:
        if all(reason.text != known.text for known in self.reasons[claim]):
            self.reasons[claim].append(reason)


def set_beside(pile: Pile, drafts: Sequence[Draft], rarity: Rarity, refused: Mapping[tuple[str, str], str]) -> Beside:
    """Return every denial and caveat beside the claims it answers or qualifies, each with its reason.

    `refused` are claims and statements (ids) of which a person said that the one does not answer the other, with the
    decision.
    """
    home = {one.id: draft.id for draft in drafts for one in draft.statements}
    ordered = sorted(pile.statements.values(), key=pile.position)
    denials = [one for one in ordered if is_denial(pile, one)]
    denying = {one.id for one in denials}
    answerable = [
        draft
        for draft in drafts
        if draft.kind is ClaimKind.FIGURE
        or 2 * sum(one.id in denying for one in draft.statements) < len(draft.statements)
    ]
    finder = _Finder(pile, answerable, rarity, refused)
    denied, caveats = _Notes(), _Notes()
    for together in _by_claim(denials, home):
        for claim, (how, statement) in finder.answered_by_any(together, home.get(together[0].id)).items():
            for one in together:
                if (claim, one.id) not in refused:
                    denied.put(claim, one)
            denied.explain(claim, _reason(pile, statement, how))
    for statement in ordered:
        if statement.stance is not Stance.CAVEAT:
            continue
        text = f"{pile.name(statement.report)}: “{_short(statement.text)}”"
        reason = Reason("caveat", text, (pile.statement_place(statement),))
        for qualified in finder.qualified(statement):
            if (qualified.id, statement.id) in refused:
                continue
            caveats.put(qualified.id, statement)
            caveats.explain(qualified.id, reason)
    for claim, reason in _refusals(pile, refused):
        denied.explain(claim, reason)
    reasons = {draft.id: (*denied.reasons[draft.id], *caveats.reasons[draft.id]) for draft in drafts}
    return Beside(
        denied_by={claim: tuple(found) for claim, found in denied.ids.items()},
        caveats={claim: tuple(found) for claim, found in caveats.ids.items()},
        reasons=reasons,
    )


def _refusals(pile: Pile, refused: Mapping[tuple[str, str], str]) -> Iterator[tuple[str, Reason]]:
    by_decision: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    for (claim, statement), decision in refused.items():
        by_decision[claim, decision].append(pile.statements[statement])
    for (claim, decision), found in by_decision.items():
        found.sort(key=pile.position)
        text = f"A person decided that this is not answered by “{_short(found[0].text)}”"
        yield claim, by_person(text, (decision,), tuple(map(pile.statement_place, found)))


def _by_claim(denials: Sequence[Statement], home: Mapping[str, str]) -> list[list[Statement]]:
    """Group denials that are one claim of their own: what one wording answers, all of them answer."""
    groups: dict[str, list[Statement]] = defaultdict(list)
    for one in denials:
        groups[home.get(one.id, one.id)].append(one)
    return list(groups.values())


_GENERAL = "general"
_BY_WORDS = "words"
_BY_ACT = "act"
_BEFORE = "what stands before"
_CLEARNESS = {_BY_WORDS: 0, _BY_ACT: 1, _BEFORE: 2, _GENERAL: 3}


def _reason(pile: Pile, statement: Statement, how: str) -> Reason:
    origin = pile.origin_of_statement.get(statement.id)
    who = pile.speaker(origin) if origin else pile.name(statement.report)
    text = f"Denied by {who}: “{_short(statement.text)}”"
    if how == _GENERAL:
        text += " (a general denial of what the report tells before it)"
    elif how == _BY_ACT:
        text += " (it speaks of the same act)"
    elif how == _BEFORE:
        text += " (it names nothing; this stands just before it)"
    return Reason(f"denial, {how}", text, (pile.statement_place(statement),))


def _short(text: str, limit: int = 160) -> str:
    return text if len(text) <= limit else text[: limit - 1].rsplit(" ", 1)[0] + "…"


class _Finder:
    """Looks claims up by the stems and acts they speak of, so that no denial is compared with every claim."""

    def __init__(
        self, pile: Pile, drafts: Sequence[Draft], rarity: Rarity, refused: Mapping[tuple[str, str], str]
    ) -> None:
        self.pile = pile
        self.refused = refused
        self.rarity = rarity
        self.drafts = drafts
        self.by_stem: dict[str, list[int]] = defaultdict(list)
        self.by_act: dict[str, list[int]] = defaultdict(list)
        self.by_report: dict[str, list[int]] = defaultdict(list)
        for at, draft in enumerate(drafts):
            for one in sorted(draft.words.stems):
                self.by_stem[one].append(at)
            for act in sorted(draft.acts):
                self.by_act[act].append(at)
            for report in draft.reports:
                self.by_report[report].append(at)

    def answered_by_any(self, denials: Sequence[Statement], own: str | None) -> dict[str, tuple[str, Statement]]:
        """Return the answered claims of several wordings of one denial, with the clearest reason for each."""
        out: dict[str, tuple[str, Statement]] = {}
        for statement in denials:
            for draft, how in self.answered(statement, own):
                if (draft.id, statement.id) in self.refused:
                    continue
                if draft.id not in out or _CLEARNESS[how] < _CLEARNESS[out[draft.id][0]]:
                    out[draft.id] = how, statement
        return out

    def answered(self, statement: Statement, own: str | None) -> list[tuple[Draft, str]]:
        """Return the claims that a denial answers: by its words, by the act, else what stands before it."""
        words = wording(statement.text)
        content = words.stems - DENIAL_WORDS - _ANYTHING
        general = speaks_generally(content) or bool(_SWEEPING.search(statement.text))
        least = _SPECIFIC_IN_GENERAL if general else _SPECIFIC
        reachable = self._reachable(statement)
        by_words = [at for at in self._sharing(content) if at in reachable and self._covers(content, at, least)]
        acts = acts_in(statement.text)
        by_words = [at for at in by_words if not acts or acts & self.drafts[at].acts]
        if found := self._allowed(by_words, statement, own):
            return [(draft, _BY_WORDS) for draft in found[:_LEADING]]
        if not content and not acts and not general:
            before = self._just_before(statement, own)
            return [(before, _BEFORE)] if before else []
        here = set(self.by_report[statement.report])
        named = [at for act in sorted(acts - {"persecution"}) for at in self.by_act[act] if at in here]
        found = self._allowed(named, statement, own)[:_LEADING]
        answered = [(draft, _BY_ACT) for draft in found]
        if general or "persecution" in acts:
            harms = [
                at
                for act in sorted(HARMS)
                for at in self.by_act[act]
                if at in here and self._stands_before(at, statement)
            ]
            leading = [draft for draft in self._allowed(harms, statement, own) if draft not in found]
            answered += [(draft, _GENERAL) for draft in leading[: _LEADING - len(found)]]
        return answered

    def qualified(self, statement: Statement) -> list[Draft]:
        """Return the claims of the same report that a caveat qualifies: same words, else the neighbour, else all.

        A caveat on something else altogether, which no claim here speaks of, qualifies none.
        """
        here = [self.drafts[at] for at in self.by_report[statement.report]]
        content = wording(statement.text).stems - _CAVEAT_WORDS
        enough = _QUALIFIES * self.rarity.mass(content)
        by_words = [draft for draft in here if self.rarity.mass(content & draft.words.stems) >= enough > 0]
        if by_words:
            return by_words
        place = self.pile.statement_place(statement).span
        near = [draft for draft in here if self._distance(draft, statement.report, place.start) <= _NEIGHBOUR]
        return near if len(content) >= _OF_ITS_OWN or near else here

    def _just_before(self, statement: Statement, own: str | None) -> Draft | None:
        """Return the claim that ends nearest before a denial which names nothing ("It is simply not true")."""
        at = statement.content[0].start
        others = self._allowed(self.by_report[statement.report], statement, own)
        spots = [
            (start, draft.id, draft)
            for draft in others
            for start in self._starts(draft, statement.report)
            if at - _NEIGHBOUR <= start < at
        ]
        return max(spots, key=lambda one: one[:2])[2] if spots else None

    def _reachable(self, statement: Statement) -> set[int]:
        """A denial answers what stands in its own report, or in a report that shares a claim with it."""
        near = {one for at in self.by_report[statement.report] for one in self.drafts[at].reports}
        return {at for one in (statement.report, *near) for at in self.by_report[one]}

    def _stands_before(self, at: int, statement: Statement) -> bool:
        """A general denial answers what its own report has told so far; what comes later, or elsewhere, it need not."""
        return any(start < statement.content[0].start for start in self._starts(self.drafts[at], statement.report))

    def _sharing(self, content: frozenset[str]) -> list[int]:
        return sorted({at for one in content for at in self.by_stem.get(one, ())})

    def _covers(self, content: frozenset[str], at: int, least: float) -> bool:
        shared = content & self.drafts[at].words.stems
        return len(shared) >= 2 and self.rarity.mass(shared) > least * self.rarity.mass(content)

    def _allowed(self, found: Iterable[int], statement: Statement, own: str | None) -> list[Draft]:
        """Keep what somebody else says, the widest carried first."""
        speaker = self._speaker(statement)
        kept = [self.drafts[at] for at in dict.fromkeys(found)]
        kept = [draft for draft in kept if draft.id != own and not (speaker and self._own_side(draft, speaker))]
        return sorted(kept, key=lambda draft: (-len(draft.reports), draft.first, draft.id))

    def _own_side(self, draft: Draft, speaker: Source) -> bool:
        """Nobody denies what their own side says; a denial least of all ("There is no such prison")."""
        sources = [self.pile.source_of(origin) for origin in draft.standing.origins]
        if not sources or draft.standing.unattributed:
            return False
        one_side = could_be_same_office if draft.words.negated else speak_for_one
        return all(one is not None and (one.id == speaker.id or one_side(one, speaker)) for one in sources)

    def _speaker(self, statement: Statement) -> Source | None:
        origin = self.pile.origin_of_statement.get(statement.id)
        return self.pile.source_of(origin) if origin else None

    def _distance(self, draft: Draft, report: str, at: int) -> int:
        return min((abs(start - at) for start in self._starts(draft, report)), default=_NEIGHBOUR + 1)

    def _starts(self, draft: Draft, report: str) -> list[int]:
        starts = [one.content[0].start for one in draft.statements if one.report == report]
        return starts + [one.span.start for one in draft.figures if one.report == report]
