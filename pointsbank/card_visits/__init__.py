"""Visits by card: who holds a household's card sees its file on the own telephone for a quarter of an hour.

Owns card_visit. Possession of a card changes nothing: whatever is done besides asks for the household's PIN
(`prove`) and is written down as done by the household itself (`actor`). Must not know deeds, boards or pages.
"""

from pointsbank.card_visits import problems
from pointsbank.card_visits.proving import PinNotOwn, actor, may_act, prove
from pointsbank.card_visits.visiting import (
    LASTS,
    MAXIMUM,
    CardVisit,
    begin,
    count_ended,
    counts,
    end,
    find,
    forget,
    forget_ended,
    refuse_too_many,
)
