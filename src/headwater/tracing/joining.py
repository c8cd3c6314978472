"""When two statements are one act of speech: the rules and their thresholds, apart from how groups grow.

Every threshold was chosen on the four gold readings (with their own statements and with the rule reader's) and then
tightened on three days of unrelated American news, 105 reports, by reading each joining it made across outlets.
"""

from __future__ import annotations

from dataclasses import dataclass

from rapidfuzz.distance import LCSseq

from headwater.model import Form, PassageKind, Stance
from headwater.tracing.material import Piece
from headwater.tracing.names import Affinity
from headwater.tracing.roots import is_light
from headwater.tracing.similarity import Likeness


@dataclass(frozen=True, slots=True)
class Bar:
    """What words must show before two statements are one act of speech, for one degree of affinity of the sources.

    `contained` and `mass` are needed together; or, for two renderings of like length, `common` with half the mass:
    a short phrase found inside a long sentence proves less than two sentences that agree.
    """

    contained: float
    common: float
    mass: float


# The less the sources say, the more the words must. Below OPEN's mass the news days gave set phrases and refusals to
# comment as one utterance of two people.
BARS = {
    Affinity.SAME: Bar(contained=0.6, common=0.34, mass=0.8),
    Affinity.LIKELY: Bar(contained=0.62, common=0.45, mass=1.8),
    Affinity.OPEN: Bar(contained=0.7, common=0.5, mass=2.4),
    Affinity.APART: Bar(contained=0.8, common=0.6, mass=3.5),
}
# The least share of the lighter statement that any rule asks for; candidates are found for it. (`common` of c needs
# a share of 2c / (1 + c), so 0.34 needs 0.507.)
LEAST_SHARE = 0.5
# One source, and all of the shorter words in the longer: a trimmed phrase. One telling word is then enough.
TRIMMED_SHARE = 0.85
TRIMMED_MASS = 0.35
# One source and nearly the same words, however plain ("They come when they like"), from this many words on.
NEAR_VERBATIM = 0.65
FEW_WORDS = 4
# With one telling word in common, at least this share of all words must agree in order (all, where there are few).
_SMALL_WORDS = 0.5
# So many telling words in common are a topic; they are an utterance only where nothing else is said in the shorter one,
# and where they stand together in the longer one, at most this much further apart; in a retelling most of the small
# words must agree as well.
TOPIC_WORDS = 2
LOOSENED = 1.5
RETOLD = 0.7
# Shorter wording that sources of different sorts share is a title or a name ("Bread for the Valley"), not an utterance;
# that two unnamed ones share, a slogan.
LEAST_LENGTH = {Affinity.SAME: 1, Affinity.LIKELY: 1, Affinity.OPEN: 4, Affinity.APART: 6}
# One source, and both deny: half the telling words are enough, since a denial comes back in several translations.
DENIAL_SHARE = 0.5
# Where this much is shared, a little less of the whole must be: long sentences are reworded in more places.
RICH_MASS = 4.0
RICH_DISCOUNT = 0.1
# So many telling words, a number and a name among them, most of the shorter statement: one event told by one source.
EVENT_WORDS, EVENT_SHARE = 6, 0.65
# Words between quotation marks are the speaker's own: less of them is needed than of two reporters' retellings.
QUOTED_DISCOUNT = 0.7
# A phrase of a retelling that is less than this of the longer sentence may be about anything ("former minister A. B.").
LEAST_COMMON = 0.25
# Two sentences of one report in the same form are two statements, unless one repeats this share of the other's words,
# the small ones included, in order.
REPEATED = 0.8
# Reports that appeared more days apart are news of two days; what is said again in them must be nearly the same words,
# so many of them where they are quoted. Of 60 utterances joined across outlets in 2,000 news reports of three months 17
# were wrong before: one speaker on one topic on another day, or a few plain words.
SAME_NEWS = 7
CITED_WORDS = 6
# "Did not answer a request for comment", "could not be verified": each outlet writes this of its own work.
_OWN_WORK = frozenset({Stance.DECLINES, Stance.CAVEAT})


def could_join(contained: float, common: float, mass: float) -> bool:
    """False when the bags of a candidate pair alone show that no rule would join it, whatever its order and sources.

    It asks what the most lenient rules ask of bags: those for one source, with every discount. (One event told twice
    weighs more than a denial must: it has many telling words.)
    """
    bar = BARS[Affinity.SAME]
    quoted = bar.mass * QUOTED_DISCOUNT
    trimmed = contained >= TRIMMED_SHARE and mass >= TRIMMED_MASS
    denied = contained >= DENIAL_SHARE and mass >= bar.mass
    whole = contained >= bar.contained - RICH_DISCOUNT and mass >= quoted
    return common >= NEAR_VERBATIM or trimmed or denied or whole or (common >= bar.common and mass >= quoted / 2)


def same_act(found: Likeness, affinity: Affinity, a: Piece, b: Piece) -> bool:
    """True when wording and sources together show one act of speech. Guards (`found.against`) are checked before.

    The more alike the sources, the less is asked: what is one act for some affinity is one for every higher affinity.
    """
    # Two names for the same words, however long, are a disagreement to be shown (`disputed`), not one utterance.
    if affinity is Affinity.CONFLICT or _renamed_in_caption(affinity, a, b):
        return False
    if affinity < Affinity.SAME and not {a.statement.stance, b.statement.stance}.isdisjoint(_OWN_WORK):
        return False
    if _two_sentences(a, b):
        return False
    if far(a, b):
        return _cited_again(found, a, b)
    if affinity is Affinity.SAME and _one_speaker(found, a, b):
        return True
    if not _fragment(a, b) or _thin(found, affinity, a, b) or min(len(a.roots), len(b.roots)) < LEAST_LENGTH[affinity]:
        return False
    # Whatever a report calls the speaker of words that it quotes twice; retold words may well be two people's.
    twice = printed_twice(a, b) and (affinity >= Affinity.OPEN or inside_word_for_word(a, b))
    return twice or _same_denial(found, affinity, a, b) or _enough(found, affinity, a, b)


def far(a: Piece, b: Piece) -> bool:
    """True when the reports appeared too many days apart to be news of one act of speech; False when nobody knows."""
    return a.day is not None and b.day is not None and abs(a.day - b.day) > SAME_NEWS


def _cited_again(found: Likeness, a: Piece, b: Piece) -> bool:
    """True when words of another time come back nearly as they were: whoever speaks often says like things often."""
    bar = BARS[Affinity.APART]
    quoted = _quoted(a) and _quoted(b) and min(len(a.roots), len(b.roots)) >= CITED_WORDS
    if quoted and (found.common >= NEAR_VERBATIM or inside_word_for_word(a, b)):
        return len(_shared_telling(a, b)) > 1
    return found.contained >= bar.contained and found.ordered >= bar.contained and found.mass >= bar.mass


def _renamed_in_caption(affinity: Affinity, a: Piece, b: Piece) -> bool:
    """A caption, written by somebody else than the story, names one whom another report leaves unnamed.

    That may be the same person or a witness's words in another mouth, and the words do not tell which.
    """
    if affinity is Affinity.SAME or a.rank == b.rank or not (a.mention and b.mention):
        return False
    captions = [piece for piece in (a, b) if piece.statement.passage is PassageKind.CAPTION]
    return any(piece.mention and piece.mention.named for piece in captions) and a.mention.named != b.mention.named


def _two_sentences(a: Piece, b: Piece) -> bool:
    if a.rank != b.rank or a.statement.form is not b.statement.form:
        return False
    return LCSseq.similarity(a.keys, b.keys) < REPEATED * min(len(a.keys), len(b.keys))


def _one_speaker(found: Likeness, a: Piece, b: Piece) -> bool:
    """The rules that need less because the source is known to be one."""
    if _nearly_verbatim(found, a, b) and min(len(a.roots), len(b.roots)) >= FEW_WORDS:
        return True
    trimmed = found.contained >= TRIMMED_SHARE and found.mass >= TRIMMED_MASS
    if trimmed and _fragment(a, b) and not _thin(found, Affinity.SAME, a, b):
        return True
    if plainly_the_same(a, b):
        return True
    denials = bool(a.negations and b.negations) or a.statement.stance is b.statement.stance is Stance.DENIES
    return denials and found.contained >= DENIAL_SHARE and found.mass >= BARS[Affinity.SAME].mass


def inside_word_for_word(a: Piece, b: Piece) -> bool:
    """True when one quotation, however plain its words, stands whole and unbroken in the other."""
    shorter, longer = sorted((a.keys, b.keys), key=len)
    size = len(shorter)
    if size <= FEW_WORDS or not (_quoted(a) and _quoted(b)):
        return False
    return any(longer[at : at + size] == shorter for at in range(len(longer) - size + 1))


def plainly_the_same(a: Piece, b: Piece) -> bool:
    """True for quotations of plain words that are the same to the ear, or of which one stands whole in the other.

    "We go where we go" and "we go wherever we go": no telling word differs, and few small ones do.
    """
    if inside_word_for_word(a, b):
        return True
    longer = max(len(a.keys), len(b.keys))
    if min(len(a.keys), len(b.keys)) <= FEW_WORDS or len(a.negations) != len(b.negations):
        return False
    alike = {key for key in a.roots if not is_light(key)} == {key for key in b.roots if not is_light(key)}
    return alike and _quoted(a) and _quoted(b) and LCSseq.similarity(a.keys, b.keys) >= REPEATED * longer


def _nearly_verbatim(found: Likeness, a: Piece, b: Piece) -> bool:
    """True when nearly all that weighs is shared and, where that is little, half of the small words too."""
    if found.common < NEAR_VERBATIM or len(_shared_telling(a, b)) > TOPIC_WORDS:
        return found.common >= NEAR_VERBATIM
    return _in_order(a, b) >= _SMALL_WORDS * max(len(a.roots), len(b.roots))


def _shared_telling(a: Piece, b: Piece) -> set[str]:
    return {shape for shape in set(a.roots) & set(b.roots) if not is_light(shape)}


def _fragment(a: Piece, b: Piece) -> bool:
    """False when the two share but one telling word and not the small words around it ("I waited", "he tried it")."""
    telling = _shared_telling(a, b)
    shorter = min(len(a.roots), len(b.roots))
    return len(telling) > 1 or _in_order(a, b) >= (_SMALL_WORDS * shorter if shorter >= FEW_WORDS else shorter)


def _thin(found: Likeness, affinity: Affinity, a: Piece, b: Piece) -> bool:
    """True when the two share no more than a word or two of their topic, not what is said of it.

    "I did not see that in the videos I reviewed" and "other videos are being reviewed" are one chief on one topic.
    """
    telling = _shared_telling(a, b)
    if len(telling) > TOPIC_WORDS or _nearly_verbatim(found, a, b):
        return False
    if len(telling) < TOPIC_WORDS:
        return affinity < Affinity.SAME
    near, far = sorted(_reach(piece, telling) for piece in (a, b))
    if _quoted(a) and _quoted(b):
        return found.contained < TRIMMED_SHARE or far > LOOSENED * near
    if found.contained < TRIMMED_SHARE:
        return far > near + 1
    return _in_order(a, b) < RETOLD * min(len(a.roots), len(b.roots))


def _in_order(a: Piece, b: Piece) -> int:
    """How many words, the small ones included, both have in the same order."""
    agree: int = LCSseq.similarity(a.roots, b.roots)
    return agree


def _reach(piece: Piece, telling: set[str]) -> int:
    """Over how many words of a statement the shared ones are spread."""
    places = [i for i, shape in enumerate(piece.roots) if shape in telling]
    return places[-1] - places[0] + 1


def printed_twice(a: Piece, b: Piece) -> bool:
    """True when one report prints the same words twice: a pull quote, or a lead that quotes a piece of what follows."""
    if a.rank != b.rank:
        return False
    if a.keys == b.keys:
        return len(a.keys) >= FEW_WORDS
    return inside_word_for_word(a, b)


def _same_denial(found: Likeness, affinity: Affinity, a: Piece, b: Piece) -> bool:
    """Sources described alike that deny nearly the same ("There is no prison in T." and "No prison exists at T.")."""
    alike = affinity >= Affinity.LIKELY and bool(a.negations and b.negations)
    return alike and found.contained >= TRIMMED_SHARE and found.mass >= BARS[Affinity.SAME].mass


def _enough(found: Likeness, affinity: Affinity, a: Piece, b: Piece) -> bool:
    bar = BARS[affinity]
    quoted = _quoted(a) and _quoted(b)
    if affinity < Affinity.SAME and not quoted and found.common < LEAST_COMMON:
        return False
    rich = RICH_DISCOUNT if affinity >= Affinity.OPEN and found.mass >= RICH_MASS else 0.0
    mass = bar.mass * (QUOTED_DISCOUNT if quoted else 1.0)
    whole = found.contained >= bar.contained - rich and found.mass >= mass
    alike = found.common >= bar.common and found.mass >= mass / 2
    ordered = found.ordered >= bar.contained / 2
    if affinity >= Affinity.LIKELY and _one_event(a, b):
        return True
    # Told again, the halves of a long sentence often change places.
    return (whole or alike) and (ordered or (affinity is Affinity.SAME and len(_shared_telling(a, b)) >= EVENT_WORDS))


def _one_event(a: Piece, b: Piece) -> bool:
    """True when most telling words of the shorter are in the other, many of them, a number and a name among them.

    Counted, not weighed: the words of the event itself are common in a case about it, and weigh little.
    """
    shared = _shared_telling(a, b)
    fewest = min(len({shape for shape in piece.roots if not is_light(shape)}) for piece in (a, b))
    names = {a.roots[i] for i in a.names} & {b.roots[i] for i in b.names}
    numbers = a.numbers & b.numbers
    return bool(names and numbers) and len(shared) >= EVENT_WORDS and len(shared) >= EVENT_SHARE * fewest


def _quoted(piece: Piece) -> bool:
    return piece.statement.form is not Form.INDIRECT
