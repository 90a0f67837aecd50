"""Which rows of a table are new: the minutes hold the others already. Pure: rows and scores in, rows out."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from pointsbank.scoring.same_deed import household_day
from pointsbank.scoring.values import WITHDRAWN, Score, ScoreRow


def not_entered(rows: Sequence[ScoreRow], entered: Iterable[Score]) -> list[ScoreRow]:
    """Return the rows that the minutes do not hold yet; a row is left out as often as it stands there.

    A new row that is the same deed as one of those names it.
    """
    known = [score for score in entered if score.status != WITHDRAWN]
    codes = {score.title: score.item_code for score in known}
    remaining: dict[tuple[Any, ...], dict[int, list[Score]]] = {}
    for score in known:
        key = (score.code, score.item_code, score.occurred_on, score.quantity, score.note)
        remaining.setdefault(key, {}).setdefault(abs(score.points), []).append(score)
    new, deeds = list[ScoreRow](), dict[Any, str]()
    for row in rows:
        quantity = None if row.quantity is None else int(row.quantity * 100)
        same = (row.participant_code, codes.get(row.item, row.item), row.occurred_on, quantity, row.note)
        amounts = remaining.get(same) or {}
        wanted = list(amounts)[:1] if row.points is None else [abs(row.points), 2 * abs(row.points)]
        match = next((one for one in wanted if one in amounts), None)
        if match is None:
            new.append(row)
            continue
        found = amounts[match].pop(0)
        if not amounts[match]:
            del amounts[match]
        if row.same_deed:
            deeds.setdefault(household_day(row), found.same_deed or found.id)
    return (
        [replace(row, same_deed=deeds.get(household_day(row), row.same_deed)) for row in new]
        if deeds
        else new
    )
