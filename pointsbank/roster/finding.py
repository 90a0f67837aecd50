"""Finds participants in the order of `ranking`: the one search of pages, lists, till and API.

The database looks, in the rows as they stand at that moment: what another process has just renamed, merged
or imported is found by its new name at once, and nothing has to be kept in step.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, false, literal, not_, or_, select, true
from sqlmodel import Session, col

from pointsbank import villages
from pointsbank.roster.models import CardRow, CardTokenRow, ParticipantRow
from pointsbank.roster.ranking import MINIMUM_OF_GROUP, PLACES, Fit, Query, read_query
from pointsbank.roster.search import by_sound
from pointsbank.roster.stored import Participant, is_storable, stored_by
from pointsbank.roster.tokens import digest
from pointsbank.spreadsheets import group_spellings

OFFERED = 8
"""Candidates that are offered at once."""

_KEY = col(ParticipantRow.search_key)


@dataclass(frozen=True, slots=True)
class Found:
    """Whom something typed may mean, best fit first.

    Attributes:
        more: there are others who fit.
        meant: the one who is meant: by code or card, or because nobody else fits; None where that is open.
    """

    items: list[Participant]
    more: bool
    meant: Participant | None


def find(
    session: Session,
    *,
    village: str,
    query: str,
    groups: Collection[str] | None = None,
    also_closed: bool = False,
    limit: int = OFFERED,
) -> Found:
    """Return whom something typed or scanned may mean; nothing typed means nobody.

    Args:
        query: code, name, pinyin, initials, group, card number, or what a scanner read from a card. A name
            in characters that nobody has is looked for by its sound: 王健国, 歐陽犇.
        groups: only of these groups (ids), for whoever may see no other; None for the whole village.
        also_closed: closed participants too; the very code or card finds them always.
        limit: how many at most, >= 1.

    Example:
        roster.find(session, village="cy", query="wxy").meant.name == "王秀英"
    """
    asked = read_query(query)
    if not asked.words:
        return Found([], more=False, meant=None)
    search = partial(_find, session, village=village, groups=groups, also_closed=also_closed, limit=limit)
    found = search(asked)
    if not found.items and (sound := by_sound(query)):
        # A homophone or the traditional character may be somebody else: offered, and never meant.
        return replace(search(read_query(sound)), meant=None)
    return found


def _find(
    session: Session,
    asked: Query,
    *,
    village: str,
    groups: Collection[str] | None,
    also_closed: bool,
    limit: int,
) -> Found:
    """Return whom a query that was read may mean."""
    level, exactly = fit_column(asked, village=village), _exact(asked, village)
    conditions = [matches(asked, village=village), col(ParticipantRow.erased_at).is_(None)]
    if groups is not None:
        conditions.append(col(ParticipantRow.group_id).in_(sorted(groups)))
    if not also_closed:
        conditions.append(or_(col(ParticipantRow.status) != "closed", exactly))
    ranked = stored_by(session, village, *conditions, first=level, limit=limit + 1)
    found = [one for one, _ in ranked]
    # The very code or card comes before all else: where two are that, nobody is meant.
    clear = [one for one, fit in ranked if fit == Fit.EXACT] or found
    return Found(found[:limit], more=len(found) > limit, meant=clear[0] if len(clear) == 1 else None)


def ids_found(*, village: str, query: str) -> Select[Any]:
    """Return the statement that selects the ids of the participants that a search finds.

    Example:
        RedemptionRow.participant_id.in_(roster.ids_found(village="cy", query="wjg"))
    """
    fitting = matches(read_query(query), village=village)
    return select(col(ParticipantRow.id)).where(ParticipantRow.in_village(village), fitting)


def matches(query: Query, *, village: str) -> ColumnElement[bool]:
    """Return the condition that a participant fits, as `ranking.fit` has it."""
    if not all(map(is_storable, query.words)):
        return false()
    words = (or_(_in_key("{}", word), _in_group(word, village)) for word in query.words)
    return or_(_exact(query, village), and_(true(), *words))


def fit_column(query: Query, *, village: str) -> ColumnElement[int]:
    """Return a column with how well a participant that fits does so (`Fit`)."""
    if not query.words or not all(map(is_storable, query.words)):
        return literal(int(Fit.INSIDE))
    absent = {word: not_(_in_key("{}", word)) for word in query.words}
    ways = [(_exact(query, village), Fit.EXACT), (and_(*absent.values()), Fit.GROUP)]
    for level, place in PLACES[:-1]:
        every_word = and_(*(or_(_in_key(place, word), absent[word]) for word in query.words))
        ways.append((or_(_in_key(place, query.joined), every_word), level))
    return case(*((way, int(level)) for way, level in ways), else_=int(Fit.INSIDE))


def _in_key(place: str, word: str) -> ColumnElement[bool]:
    """Return that a word stands in this place of the search key."""
    return _KEY.contains(place.format(word), autoescape=True)


def _in_group(word: str, village: str) -> ColumnElement[bool]:
    """Return that a word is the group's name in any spelling, or how it begins."""
    beginning = word if len(word) >= MINIMUM_OF_GROUP else ""
    named = villages.groups_named(village=village, words=group_spellings(word), beginning=beginning)
    return col(ParticipantRow.group_id).in_(named)


def _exact(query: Query, village: str) -> ColumnElement[bool]:
    """Return that it is the very code, or a card of this number or token."""
    ways: list[ColumnElement[bool]] = [false()]
    if is_storable(query.code):
        ways.append(col(ParticipantRow.code) == query.code)
    cards = select(col(CardRow.participant_id)).where(CardRow.in_village(village))
    if query.number is not None:
        ways.append(col(ParticipantRow.id).in_(cards.where(col(CardRow.number) == query.number)))
    if query.token is not None:
        scanned = select(col(CardTokenRow.card_id)).where(
            col(CardTokenRow.village_id) == village, col(CardTokenRow.digest) == digest(query.token)
        )
        ways.append(col(ParticipantRow.id).in_(cards.where(col(CardRow.id).in_(scanned))))
    return or_(*ways)
