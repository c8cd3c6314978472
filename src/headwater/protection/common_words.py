"""English words that are also names. Alone, they are taken for a name only where they are not written small."""

from __future__ import annotations

from headwater.model import FUNCTION_WORDS

MONTHS_AND_DAYS = frozenset(
    "january february march april may june july august september october november december monday tuesday wednesday "
    "thursday friday saturday sunday".split()
)
COMMON_WORDS = (
    FUNCTION_WORDS
    | MONTHS_AND_DAYS
    | frozenset(
        "will hope grace faith joy rose lily iris violet daisy ivy heather hazel holly olive ginger pearl ruby amber "
        "crystal jade sunny summer autumn winter spring dawn eve star sky storm rain river ocean bay lake brook forest "
        "wood woods field fields hill hills stone rock cliff dale glen heath marsh ford bridge bank banks park lane "
        "street church temple castle tower hall house home page book case mark marks bill bills penny cash rich price "
        "sterling pound dollar art drew chase grant pat rob jack jimmy tom dick harry john guy gene dean earl king "
        "queen prince duke knight bishop pope abbot monk priest pastor cook baker butler carter cooper fisher fletcher "
        "gardener hunter mason miller porter potter shepherd singer smith tailor taylor turner walker weaver wright "
        "archer barber carpenter chandler clark cleaver collier draper driver farmer forester foster fowler glover "
        "gunner joiner marshal marshall mayor page parson piper plumber reader ranger sadler sawyer sexton slater "
        "thatcher tiller tyler ward warden white black brown green gray grey red blue gold golden silver young old "
        "small little long short strong sharp swift quick wise bright noble good best love lovely darling savage wild "
        "moody merry jolly frank earnest ernest constant clement pious true just justice law peace war victory victor "
        "battle sword spear shield bow arrow power might fame glory honor honour charity mercy patience prudence "
        "constance verity amity felicity trinity christian bishop moon sun day night noon week winter snow frost ice "
        "wind gale fox wolf bear lion lamb bull buck hart hare crane crow finch hawk heron jay lark martin nightingale "
        "partridge peacock robin sparrow starling swan wren drake cock bird fish pike salmon herring bass worm "
        "root branch leaf bush thorn flower bloom berry cherry peach apple pear plum lemon bean rice wheat barley "
        "oats corn bread butter honey sugar salt pepper basil sage rosemary major minor general captain sergeant "
        "north south east west head hand foot legg shoulder back neck beard hair tongue eye bell horn drum sing dance "
        "play game ball goal cross christ angel saint sin hell heaven paradise england france ireland london paris "
        "holland german french english irish scott welsh norman roman don ray sue carol angle angel marina melody "
        "harmony destiny chance fortune lucky max miles mike nick norm skip rusty rocky sandy misty stormy bobby barb "
        "gail gale rich ed al may june april august dan ali source report outlet witness said name names".split()
    )
)
