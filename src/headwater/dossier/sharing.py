"""Views of the wording that two reports share, and of the links it makes, with what tells which passage is later."""

from __future__ import annotations

from headwater.dossier.sides import SHARED_WORDING, side_by_side
from headwater.dossier.viewer import Viewer
from headwater.dossier.views import SharedView, SignView
from headwater.model import Evidence, Link, Reuse, ReuseKind

# How much a weight is in words, from this size on.
_WEIGHS = ((0.6, "strong"), (0.35, "fair"), (0.0, "weak"))


def shared_view(viewer: Viewer, each: Reuse | Link) -> SharedView:
    """Return shared wording, or a link with the signs of its direction."""
    if isinstance(each, Link):
        later, earlier = viewer.quote(each.later), viewer.quote(each.earlier)
        signs = tuple(_sign(viewer, sign) for sign in each.evidence)
        sides = side_by_side(later.text, earlier.text) if each.reason.rule in SHARED_WORDING else ()
        return SharedView(each.kind.value, later, earlier, each.directed, each.reason.text, sides, signs=signs)
    note = f"{each.words} words in a row are the same or nearly so.{_credit(viewer, each)}"
    stock = each.kind in {ReuseKind.STOCK, ReuseKind.BOILERPLATE}
    a, b = viewer.quote(each.a), viewer.quote(each.b)
    sides = side_by_side(a.text, b.text)
    return SharedView(f"{each.kind.value} wording", a, b, directed=False, note=note, sides=sides, stock=stock)


def _credit(viewer: Viewer, each: Reuse) -> str:
    if each.credit is None or each.credit_in is None:
        return ""
    if each.credit_in in {each.a.report, each.b.report}:
        return f" {each.credit} is credited."
    return f" Neither credits anybody; {viewer.ref(each.credit_in).name} has it too and credits {each.credit}."


def _sign(viewer: Viewer, sign: Evidence) -> SignView:
    size = next(words for least, words in _WEIGHS if abs(sign.weight) >= least)
    weight = f"{sign.weight:+.2g}".replace("-", "−")
    weighs = f"{size}, {weight}" if sign.weight else "does not tell"
    return SignView(sign.text, weighs, tuple(viewer.at(place) for place in sign.places[:1]))
