"""A case as one JSON object of the schema headwater-case/1, for scoring programs and other systems.

Only copies what the case holds: no counting, no reading, no file. Offsets are code points of the report's working
text, half-open. Lists keep the order of the case; id lists whose order means nothing are sorted.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from headwater.exchange.chain_json import chain_fields, traces_beside
from headwater.exchange.whereabouts import Whereabouts
from headwater.model import (
    Bearing,
    Case,
    Change,
    Claim,
    Divergence,
    Figure,
    Link,
    Maker,
    Noted,
    Origin,
    Place,
    Reason,
    Relay,
    Report,
    Retelling,
    Reuse,
    ReuseKind,
    SetAside,
    Source,
    Span,
    Statement,
    Utterance,
)

SCHEMA = "headwater-case/1"

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")

Json = dict[str, object]


def case_json(case: Case, *, protected: str = "", waiting: int = 0) -> dict[str, object]:
    """Return the case as plain dictionaries, lists, strings and numbers. Pure; raises nothing on a sound case.

    `protected` is a sentence that says what was put under pseudonyms or left out before, `waiting` the number of
    decisions that people made and the case does not show yet; each field is there only where it says something.
    """
    where = Whereabouts.of(case)
    traced, weighed = case.traced, case.weighed
    return {
        "schema": SCHEMA,
        "reports": [_report(report) for report in case.received.reports],
        "statements": [_statement(each, where) for reading in case.readings for each in reading.statements],
        "utterances": [_utterance(each) for each in traced.utterances],
        "origins": [_origin(each) for each in traced.origins],
        "figures": [_figure(each, where) for reading in case.readings for each in reading.figures],
        "reuse": [_reuse(each) for each in traced.reuse],
        "claims": [_claim(each) for each in weighed.claims],
        "set_aside": [_set_aside(each) for each in case.received.set_aside],
        **({"protected": protected} if protected else {}),
        **({"decisions_waiting": waiting} if waiting else {}),
        **_beside(case),
    }


def case_json_bytes(case: Case, *, protected: str = "", waiting: int = 0) -> bytes:
    """Return `case_json` as UTF-8 with a newline at the end; the same case gives the same bytes.

    A lone surrogate, which UTF-8 cannot carry, is written as its JSON escape.
    """
    body = json.dumps(
        case_json(case, protected=protected, waiting=waiting), ensure_ascii=False, indent=1, allow_nan=False
    )
    return (_LONE_SURROGATE.sub(lambda found: f"\\u{ord(found.group()):04x}", body) + "\n").encode()


def _beside(case: Case) -> Json:
    """The fields that stand beside those of the schema."""
    traced, weighed, makers = case.traced, case.weighed, case.makers
    return {
        "sources": [_source(each) for each in traced.sources],
        "links": [_link(each) for each in traced.links],
        "comparisons": [
            {"id": each.id, "a": each.a, "b": each.b, "relation": each.relation.value, "reason": each.reason}
            for each in weighed.comparisons
        ],
        "divergences": [_divergence(each) for each in traced.divergences],
        "retellings": [_retelling(each) for each in weighed.retellings],
        "patterns": [
            {
                "id": each.id,
                "act": each.act,
                "origins": sorted(each.origins),
                "statements": list(each.statements),
                "origins_low": each.origins_low,
                "origins_high": each.origins_high,
                "reasons": _reasons(each.reasons),
            }
            for each in weighed.patterns
        ],
        "timeline": [
            {
                "id": each.id,
                "earliest": each.earliest,
                "latest": each.latest,
                "what": each.what,
                "report": each.report,
                "start": each.start,
                "end": each.end,
                "publication": each.publication,
            }
            for each in weighed.timeline
        ],
        **traces_beside(traced, weighed),
        "makers": {
            "intake": _maker(makers.intake),
            "reading": _maker(makers.reading),
            "tracing": _maker(makers.tracing),
            "weighing": _maker(makers.weighing),
        },
    }


def _report(report: Report) -> Json:
    info = report.info
    noted = {"outlet": info.outlet, "title": info.title, "published": info.published, "language": info.language}
    beside = {"url": info.url, "author": info.author}
    return {
        "id": info.id,
        "file": info.file,
        **{name: _value(each) for name, each in noted.items()},
        "sha256": info.sha256,
        "text_sha256": info.text_sha256,
        "files": list(info.files),
        "encoding": info.encoding,
        **{name: _value(each) for name, each in beside.items()},
        "basis": {name: each.basis.value for name, each in (noted | beside).items() if each},
        "completeness": info.completeness.value,
        "missing": info.missing,
        "passages": [
            {"start": each.span.start, "end": each.span.end, "kind": each.kind.value} for each in report.passages
        ],
    }


def _statement(statement: Statement, where: Whereabouts) -> Json:
    origin = where.origin_of_statement(statement.id)
    return {
        "id": statement.id,
        "report": statement.report,
        "spans": [_span(each) for each in statement.content],
        "form": statement.form.value,
        "source": where.mention_text(statement.source),
        "source_span": _maybe(statement.source_span),
        "cue_span": _maybe(statement.cue),
        "told_to": _told_to(statement, origin),
        "utterance": where.utterance_of.get(statement.id),
        "origin": origin.id if origin else None,
        "probability": statement.probability,
        "reasons": list(statement.reasons),
        "text": statement.text,
        "certainty": statement.certainty.value,
        "stance": statement.stance.value,
        "passage": statement.passage.value,
        "told_to_span": _maybe(statement.told_to.span if statement.told_to else None),
        "via": [_relay(each) for each in statement.via],
        "behind": [_relay(each) for each in statement.behind],
        "quotation": statement.quotation,
        "inside": statement.inside,
        **chain_fields(where.chains.get(statement.id)),
        "repeats": statement.repeats,
    }


def _told_to(statement: Statement, origin: Origin | None) -> str | None:
    """The words of the statement's report, or the origin's where these are the same name written more fully.

    ("Post24" in one report is "Post 24" in another; who reads the export looks for one name.)
    """
    if statement.told_to is None:
        return origin.told_to if origin else None
    own, resolved = statement.told_to.text, origin.told_to if origin else None
    return resolved if resolved and _squeezed(own) in _squeezed(resolved) else own


def _squeezed(words: str) -> str:
    return "".join(letter for letter in words.casefold() if letter.isalnum())


def _utterance(utterance: Utterance) -> Json:
    return {
        "id": utterance.id,
        "statements": list(utterance.statements),
        "origin": utterance.origin,
        "text": utterance.text,
        "reasons": _reasons(utterance.reasons),
    }


def _origin(origin: Origin) -> Json:
    return {
        "id": origin.id,
        "source": origin.name,
        "told_to": origin.told_to,
        "kind": origin.kind.value,
        "reports": list(origin.reports),
        "reasons": _reasons(origin.reasons),
        "told_to_in": list(origin.told_to_in),
        "own_reporting": origin.own_reporting,
        "statements": list(origin.statements),
        "figures": list(origin.figures),
        "source_id": origin.source,
    }


def _figure(figure: Figure, where: Whereabouts) -> Json:
    return {
        "id": figure.id,
        "report": figure.report,
        "start": figure.span.start,
        "end": figure.span.end,
        "low": figure.low,
        "high": figure.high,
        "bound": figure.bound.value,
        "unit": figure.unit,
        "act": figure.act,
        "claim": where.claim_of_figure.get(figure.id),
        "origin": where.origin_of_figure.get(figure.id),
        "text": figure.text,
        "whom": figure.whom,
        "place": figure.place,
        "when": figure.when,
        "statement": figure.statement,
        "source": where.mention_text(figure.source),
        "passage": figure.passage.value,
    }


def _reuse(reuse: Reuse) -> Json:
    """The schema has four kinds: an agency's text is narrative there, and `copy` says what it is."""
    agency = reuse.kind is ReuseKind.AGENCY
    return {
        "a": _place(reuse.a),
        "b": _place(reuse.b),
        "kind": ReuseKind.NARRATIVE.value if agency else reuse.kind.value,
        "id": reuse.id,
        "words": reuse.words,
        "score": reuse.score,
        "copy": reuse.kind.value if reuse.kind.depends else None,
        "credit": reuse.credit,
        "credit_in": reuse.credit_in,
    }


def _link(link: Link) -> Json:
    return {
        "id": link.id,
        "kind": link.kind.value,
        "later": _place(link.later),
        "earlier": _place(link.earlier),
        "directed": link.directed,
        "reason": link.reason.text,
        "rule": link.reason.rule,
        "evidence": [
            {"name": each.name, "weight": each.weight, "text": each.text, "places": [_place(at) for at in each.places]}
            for each in link.evidence
        ],
    }


def _claim(claim: Claim) -> Json:
    return {
        "id": claim.id,
        "text": claim.text,
        "statements": list(claim.statements),
        "figures": list(claim.figures),
        "origins_low": claim.origins_low,
        "origins_high": claim.origins_high,
        "denied_by": list(claim.denied_by),
        "contradicts": sorted(claim.contradicts),
        "reasons": _reasons(claim.reasons),
        "grounds": {
            bearing.name.lower(): _reasons(each for each in claim.reasons if each.bearing is bearing)
            for bearing in Bearing
        },
        "kind": claim.kind.value,
        "reports": list(claim.reports),
        "origins": list(claim.origins),
        "unattributed": list(claim.unattributed),
        "caveats": list(claim.caveats),
    }


def _set_aside(each: SetAside) -> Json:
    return {
        "file": each.file,
        "why": each.why,
        "kind": each.kind.value,
        "sha256": each.sha256,
        "duplicate_of": each.duplicate_of,
    }


def _source(source: Source) -> Json:
    return {
        "id": source.id,
        "name": source.name,
        "names": list(source.names),
        "kind": source.kind.value,
        "named": source.named,
        "plural": source.plural,
        "reasons": _reasons(source.reasons),
    }


def _divergence(divergence: Divergence) -> Json:
    return {
        "id": divergence.id,
        "a": divergence.a,
        "b": divergence.b,
        "kinds": [kind.value for kind in divergence.kinds],
        "reason": divergence.reason.text,
    }


def _retelling(retelling: Retelling) -> Json:
    return {
        "id": retelling.id,
        "origin": retelling.origin,
        "reports": list(retelling.reports),
        "details": [
            {
                "utterances": list(detail.utterances),
                "reference": detail.reference,
                "retold": [
                    {
                        "report": each.report,
                        "statements": list(each.statements),
                        "rendering": each.rendering.value,
                        "changes": [_change(change) for change in each.changes],
                    }
                    for each in detail.retold
                ],
            }
            for detail in retelling.details
        ],
    }


def _change(change: Change) -> Json:
    return {
        "kind": change.kind.value,
        "effect": change.effect.value,
        "here": _place(change.here),
        "there": _place(change.there),
    }


def _place(place: Place) -> Json:
    return {"report": place.report, "start": place.span.start, "end": place.span.end}


def _relay(relay: Relay) -> Json:
    return {"text": relay.text, "start": relay.span.start, "end": relay.span.end}


def _maker(maker: Maker) -> Json:
    return {"name": maker.name, "version": maker.version}


def _reasons(reasons: Iterable[Reason]) -> list[str]:
    return [each.text for each in reasons]


def _value(noted: Noted | None) -> str | None:
    return noted.value if noted else None


def _span(span: Span) -> list[int]:
    return [span.start, span.end]


def _maybe(span: Span | None) -> list[int] | None:
    return _span(span) if span else None
