"""The command `show`: every place of a case that carries some words, earliest first, with where it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import click

from headwater.casefile import behind, pseudonym_secret, read_both
from headwater.cli.output import cut, json_line, json_option, many, wrap
from headwater.cli.sitting import tell_waiting
from headwater.cli.unlocking import case_options, key_for
from headwater.model import Case, Chain, HopKind, told_words, with_name
from headwater.pipeline.finding import Answer, Found, How, find
from headwater.pipeline.leaving import check_leaving, leaving

_AROUND = 60  # code points of context on either side
_NAME = 60  # a source is sometimes described in a whole sentence; --json gives all of it


@click.command("show", short_help="Show every place that carries some words, with its origin.")
@click.argument("case_path", metavar="CASE", type=click.Path(path_type=Path))
@click.argument("words", metavar='"WORDS"', nargs=-1, required=True)
@case_options
@json_option
@click.pass_context
def command(
    ctx: click.Context, *, case_path: Path, words: tuple[str, ...], passphrase_file: Path | None, as_json: bool
) -> None:
    """Show every place that carries some words, with its origin, earliest report first.

    \b
    Examples
      headwater show case.headwater "no food for two days"
      headwater show case.headwater "at least three" --json

    Case, accents, quotation marks and British or American spelling do not matter. Other renderings of what is found
    (trimmed, reworded, translated, as far as the tracing joined them) are shown too and marked as such. The words
    between [brackets] are exact.

    On the terminal, protected sources and reports appear under their real names: whoever opened the case knows them.
    With --json the answer is made for other programs, so they appear under their pseudonyms.
    """
    key = key_for(case_path, passphrase_file)
    case, people = read_both(case_path, key=key)
    view = leaving(case, people, pseudonym_secret(case_path, key=key))
    asked, waiting = " ".join(words), behind(case_path, key=key)
    if as_json:
        case, asked = view.case, view.words(asked)
    try:
        answer = find(case, asked)
    except ValueError as error:
        raise click.BadParameter(f"{error}.", ctx, param_hint='"WORDS"') from error
    if as_json:
        line = json_line({**_record(case, asked, answer), "decisions_waiting": waiting})
        check_leaving({"the answer": line.encode()}, view.plan)
        click.echo(line)
        tell_waiting(waiting, case_path)
        return
    _print(case, asked, answer)
    tell_waiting(waiting, case_path)
    if view.plan:
        click.echo("")
        click.echo(wrap(f"Real names, for you alone. In what leaves this case: {view.notice}"), err=True)


def _print(case: Case, asked: str, answer: Answer) -> None:
    if not answer.places:
        click.echo(wrap(f"No report in this case carries the words “{asked}”."))
        if answer.nearest:
            click.echo(wrap(f"The nearest thing said: “{answer.nearest}”"))
        else:
            click.echo(wrap("The words must stand one after another, each in full. Try fewer of them, or others."))
        return
    reports = {place.report.id for place in answer.places}
    origins = {place.origin.id for place in answer.places if place.origin}
    click.echo(
        f"{many(len(answer.places), 'place')} in {many(len(reports), 'report')}, going back to "
        f"{many(len(origins), 'known origin')}"
    )
    texts = {report.id: report.text for report in case.received.reports}
    chains = {chain.statement: chain for chain in case.traced.chains}
    cited = {each.id: each.name for each in case.traced.cited}
    claims = {statement: claim.id for claim in case.weighed.claims for statement in claim.statements}
    for place in answer.places:
        click.echo("")
        file = f" ({place.report.file})" if place.report.called != place.report.file else ""
        click.echo(wrap(f"{place.report.day or 'day unknown'} · {place.report.called}{file}"))
        click.echo(_in_context(texts[place.report.id], place))
        click.echo(wrap(_whence(place), indent="    "))
        chain = chains.get(place.statement or "")
        if chain and chain.distance > 1:
            click.echo(wrap(_mouths(chain, cited), indent="    "))
        origin = place.origin.id if place.origin else None
        ids = [each for each in (place.statement, place.utterance, origin) if each]
        if ids:
            click.echo(f"    id {' · '.join(ids)}")
        if place.statement in claims:
            click.echo(f"       {claims[place.statement]}")


def _mouths(chain: Chain, cited: Mapping[str, str]) -> str:
    """Say through whom it came: "one survivor → Radio Selm → this report (2 steps)"."""
    mouths = [hop for hop in chain.hops[:-1] if hop.kind is not HopKind.OCCASION]
    words = [cut(with_name(hop.words, cited.get(hop.cited or "")), _NAME) for hop in mouths]
    return f"{' → '.join(words)} → this report ({chain.distance} steps{' or more' if chain.at_least else ''})"


def _in_context(text: str, place: Found) -> str:
    start, end = place.span
    left = max(0, start - _AROUND)
    right = min(len(text), end + _AROUND)
    before = text[left:start] if left == 0 else text[left:start].partition(" ")[2]
    after = text[end:right] if right == len(text) else text[end:right].rpartition(" ")[0]
    lead, trail = ("" if left == 0 else "… "), ("" if right == len(text) else " …")
    return wrap(f"{lead}{before}[{place.exact}]{after}{trail}", indent="    ")


def _whence(place: Found) -> str:
    parts = []
    if place.how is How.VARIANT:
        parts.append("another rendering of the same utterance")
    if place.statement is None and place.source is None:
        parts.append("attributed to nobody in this report")
    elif place.source is None:
        parts.append("source not clear")
    else:
        parts.append(f"said by {cut(place.source, _NAME)}")
    if place.told_to:
        lead, whom = told_words(place.told_to)
        inferred = " (inferred from another report)" if place.told_to_inferred else ""
        parts.append(f"{lead} {cut(whom, _NAME)}{inferred}")
    parts.append(f"origin: {cut(place.origin.name, _NAME)}" if place.origin else "origin unknown")
    return " · ".join(parts)


def _record(case: Case, asked: str, answer: Answer) -> dict[str, object]:
    chains = {chain.statement: chain for chain in case.traced.chains}
    return {
        "words": asked,
        "reports": len(case.received.reports),
        "places": [
            {
                "report": place.report.id,
                "file": place.report.file,
                "outlet": place.report.outlet.value if place.report.outlet else None,
                "published": place.report.published.value if place.report.published else None,
                "start": place.span.start,
                "end": place.span.end,
                "text": place.exact,
                "text_sha256": place.report.text_sha256,
                "how": place.how,
                "statement": place.statement,
                "utterance": place.utterance,
                "source": place.source,
                "origin": place.origin.id if place.origin else None,
                "origin_name": place.origin.name if place.origin else None,
                "told_to": place.told_to,
                "told_to_inferred": place.told_to_inferred,
                "distance": chains[place.statement].distance if place.statement in chains else None,
            }
            for place in answer.places
        ],
        "nearest": answer.nearest,
    }
