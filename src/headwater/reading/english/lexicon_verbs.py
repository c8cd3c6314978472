"""English verbs and closed-class words used to see clauses: finite forms, auxiliaries, prepositions, conjunctions.

A help for finding where a subject ends and a clause begins; a word here is a hint, never a decision about meaning.
"""

from __future__ import annotations

AUXILIARY = frozenset(
    "is are was were am has have had does do did will would shall should can could may might must isn't aren't "
    "wasn't weren't hasn't haven't hadn't doesn't don't didn't won't wouldn't shouldn't can't couldn't cannot "
    "ain't needn't it's he's she's they're we're i'm you're they've we've i've they'd he'd she'd we'd they'll "
    "he'll she'll we'll that's there's".split()
)

IRREGULAR_PAST = frozenset(
    "went came took gave made got saw knew found left felt brought began kept held stood heard let meant set "
    "met ran paid sat spoke lay led grew lost fell sent built drew broke spent cut rose drove bought wore chose "
    "fled shot hit fought threw hid beat bled stole struck swore woke rode flew froze shook sank sought taught "
    "caught slept won became put read hurt quit shut spread burst cast cost sold told said thought wrote ate "
    "drank hung dug bit blew fed forgot forgave laid lit overcame rang sang spun split stuck swam swept swung "
    "tore underwent undertook understood withdrew bore bound bent dealt dreamt leapt learnt spent shown worn "
    "woke bred clung crept flung lent mistook overthrew slid slung sped spat sprang strode thrust wrung laid".split()
)

PRESENT = frozenset(
    "report reports claim claims add adds explain explains warn warns want wants need needs remain remains seem "
    "seems appear appears continue continues live lives work works call calls face faces make makes take takes "
    "give gives come comes go goes get gets keep keeps hold holds become becomes know knows think thinks use "
    "uses run runs show shows include includes stand stands lie lies begin begins happen happens belong belongs "
    "exist exists refuse refuses carry carries allow allows force forces arrest arrests kill kills torture "
    "tortures detain detains target targets attack attacks support supports plan plans hope hopes fear fears "
    "urge urges ask asks demand demands threaten threatens deny denies suffer suffers die dies try tries start "
    "starts leave leaves bring brings put puts see sees find finds feel feels tell tells say says believe "
    "believes mean means play plays move moves like likes help helps turn turns lead leads follow follows "
    "welcome welcomes".split()
)

PREPOSITIONS = frozenset(
    "in on at by to from with without into onto over under about after before during since until till through "
    "across between among amid against along around behind beside beyond despite except following for inside "
    "near of off outside past per than toward towards upon via within as like unlike because due alongside".split()
)

SUBORDINATORS = frozenset(
    "that because while although though if when whenever where whereas unless until since after before as so "
    "whether which who whom whose once".split()
)

DETERMINERS = frozenset(
    "the a an this that these those his her its their our my your some any many several few both all no each "
    "every another other two three four five six seven eight nine ten dozens hundreds thousands more most one".split()
)

TIME_WORDS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow tonight earlier later "
    "last this next recently ago january february march april may june july august september october november "
    "december jan feb mar apr jun jul aug sept sep oct nov dec".split()
)

NOT_PAST = frozenset(
    "red bed need seed feed speed breed indeed hundred sacred naked aged shed bred deed weed reed united "
    "alleged so-called armed wounded injured displaced beloved retired related kindred wicked masked".split()
)


def may_be_finite(word: str) -> bool:
    """Return True when the lower-case word can be the finite verb of a clause."""
    low = word.replace("’", "'")
    if low in AUXILIARY or low in IRREGULAR_PAST or low in PRESENT:
        return True
    return len(low) > 3 and low.endswith("ed") and low not in NOT_PAST
