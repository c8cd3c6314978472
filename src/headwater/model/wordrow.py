"""One rendering as a row of words ready for comparing: numbers whole, hedges and negations with what they are about.

English. Nothing here compares two renderings; that is `changes`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from headwater.model.amounts import Amount, amounts
from headwater.model.folding import FUNCTION_WORDS, Word, stem, words
from headwater.model.hedges import hedges
from headwater.model.spans import Span
from headwater.model.words import Bound

# As stems, which is how words are compared.
NEGATIONS = frozenset(map(stem, "not no never nobody none nothing neither nor without".split()))
# "nothing more than", "not only", "no doubt" deny nothing.
_DENIES_NOTHING = frozenset("more less but other only just merely simply short doubt".split())
# A negation belongs to the first telling word at most this far after it.
REACH = 4
# A slip in a name: one letter in so many; names this short allow none.
_LETTERS_PER_SLIP, _LEAST_FOR_SLIP = 6, 5
# "Marrania" and "Marranian": names that begin alike may be one place and its adjective.
_STEM_LETTERS = 4
_HEADLINE_CAPITALS = 0.6
_OPENS = re.compile(r"(?:^|[.!?…:\n])[\s\"“”‘’'«»„(\[—–-]*$")
# Of "Senator Odell", "Sen. Odell" and "Mr Odell" none names anybody else.
_TITLES = frozenset(
    "mr mrs ms miss dr doctor prof professor president senator sen governor gov representative rep minister secretary "
    "general gen colonel col captain capt chief judge justice mayor sir dame lord lady king queen prince father sister "
    "brother pastor bishop reverend rev sheikh imam".split()
)
_ENDS = frozenset(".!?…")


@dataclass(frozen=True, slots=True)
class Token:
    """A word, or a whole number with its bound. `shape` is compared, `key` tells one form of it from another.

    `doubts` are the places of the hedges that hold it back; `belief` is set when they only say who believes it,
    `capital` when its first letter is one.
    """

    shape: str
    key: str
    span: Span
    telling: bool
    name: str = ""
    amount: Amount | None = None
    doubts: tuple[Span, ...] = ()
    belief: bool = False
    capital: bool = False
    denial: Span | None = None


def tokens(text: str, *, quoted: bool) -> list[Token]:
    """Return the words of `text` in order. Without `quoted`, what a speaker says of his own belief is left out."""
    found = words(text)
    numbers = {each.first: each for each in amounts(found)}
    doubts = {each.first: each for each in hedges(text, found)}
    names = _names(text, found)
    out: list[Token] = []
    held: list[tuple[int, Span, bool]] = []
    at = 0
    while at < len(found):
        word, hedge, amount = found[at], doubts.get(at), numbers.get(at)
        if hedge:
            held.append((len(out), Span(word.start, found[hedge.last - 1].end), hedge.belief))
            at = hedge.last
            continue
        telling = amount is not None or word.key not in FUNCTION_WORDS
        follows = found[at + 1].key if at + 1 < len(found) else ""
        shape = f"~{stem(word.key)}" if follows in _DENIES_NOTHING and stem(word.key) in NEGATIONS else stem(word.key)
        token = Token(shape, word.key, word.span, telling, word.key if at in names else "")
        if amount:
            shape = f"#{amount.value:g}{'+' if amount.bound is Bound.DOZENS else ''}"
            token = Token(shape, f"{shape} {amount.bound}", amount.span, telling=True, amount=amount)
        out.append(replace(token, capital=text[word.start].isupper()))
        at = amount.last if amount else at + 1
    for position, span, belief in held:
        if quoted or not belief:
            _doubt(text, out, position, span, belief=belief)
    return _with_denials(out)


def _doubt(text: str, row: list[Token], position: int, span: Span, *, belief: bool) -> None:
    """Give a hedge to the next telling word of its sentence, or to the last one before it ("..., I think.")."""
    after = next((at for at in range(position, len(row)) if row[at].telling), None)
    if after is None or not _ENDS.isdisjoint(text[span.end : row[after].span.start]):
        after = next((at for at in range(position - 1, -1, -1) if row[at].telling), None)
    if after is not None:
        token = row[after]
        key = f"{text[span.start : span.end].casefold()} {token.key}"
        row[after] = replace(token, key=key, doubts=(*token.doubts, span), belief=belief)


def _with_denials(row: list[Token]) -> list[Token]:
    """Mark the first telling word after each negation."""
    for at, token in enumerate(list(row)):
        if token.shape in NEGATIONS:
            near = range(at + 1, min(len(row), at + 1 + REACH))
            told = next((i for i in near if row[i].telling and row[i].shape not in NEGATIONS), None)
            if told is not None:
                row[told] = replace(row[told], denial=token.span)
    return row


def _names(text: str, found: Sequence[Word]) -> set[int]:
    """Which words are names: capitalised within a sentence, in words that are not set like a headline."""
    content = [i for i, word in enumerate(found) if word.key not in FUNCTION_WORDS and word.key[0].isalpha()]
    capital = [i for i in content if text[found[i].start].isupper()]
    if len(capital) > _HEADLINE_CAPITALS * len(content):
        return set()
    named = (i for i in capital if found[i].key not in _TITLES)
    return {i for i in named if not _OPENS.search(text, max(0, found[i].start - _STEM_LETTERS), found[i].start)}


def may_be_one(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    """True when two names may be one: a slip, a place and its adjective, initials or an abbreviation."""
    initials = ["".join(word[0] for word in names) for names in (ours, theirs)]
    if initials[0] in theirs or initials[1] in ours:
        return True
    return any(_alike(a, b) for a in ours for b in theirs)


def _alike(a: str, b: str) -> bool:
    shorter, longer = sorted((a, b), key=len)
    return _slip(a, b) or a[:_STEM_LETTERS] == b[:_STEM_LETTERS] or _abbreviates(shorter, longer)


def _abbreviates(short: str, long: str) -> bool:
    """True for "Vt" and "Vermont": few letters, the first among them, all in the order of the whole name."""
    rest = iter(long)
    return len(short) <= _STEM_LETTERS and short[0] == long[0] and all(letter in rest for letter in short)


def _slip(a: str, b: str) -> bool:
    """True when two names are equal but for one letter put in, left out or exchanged in every six."""
    shorter, longer = sorted((a, b), key=len)
    if a == b or len(shorter) < _LEAST_FOR_SLIP:
        return a == b
    allowed = 1 + (len(shorter) - 1) // (2 * _LETTERS_PER_SLIP)
    row = list(range(len(longer) + 1))
    for at, letter in enumerate(shorter, 1):
        before, row = row, [at, *row[1:]]
        for to, other in enumerate(longer, 1):
            row[to] = min(before[to] + 1, row[to - 1] + 1, before[to - 1] + (letter != other))
    return row[-1] <= allowed
