"""A household ends while others act on it: whatever came first counts, nothing is left behind."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from typing import Any

from pointsbank import households, ledger, proof, scoring
from pointsbank.errors import Problem
from pointsbank.market.gifts import give
from pointsbank.points import Points, whole
from tests.builders import NOW, VILLAGE, Chayuan
from tests.scoring.panel import scheme_table


def together(acts: list[Callable[[], Any]]) -> list[Any]:
    """Do all this at once; answers what each was told, a refusal by its code."""
    start = Barrier(len(acts))

    def told(act: Callable[[], Any]) -> Any:
        start.wait()
        try:
            return act()
        except Problem as problem:
            return problem.code

    with ThreadPoolExecutor(len(acts)) as people:
        return list(people.map(told, acts))


def merging(village: Chayuan) -> Callable[[], Any]:
    """0101 becomes part of 0303."""
    given = {"participant": "0101", "heir": "0303", "decision": "合并", "request_id": "merge-0001"}
    return lambda: village.write(households.close, **given)


def giving(village: Chayuan, number: int) -> Callable[[], Any]:
    """A point for 0101."""
    given = {"points": whole(1), "reason": "慰问", "request_id": f"gift-{number:04d}"}
    return lambda: village.write(give, participant="0101", **given)


def test_every_point_given_meanwhile_reaches_the_heir_or_was_refused(village: Chayuan) -> None:
    merged, *gifts = together([merging(village), *(giving(village, n) for n in range(6))])

    refused = gifts.count("participant_closed")
    given = sum(not isinstance(gift, str) for gift in gifts)
    assert refused + given == 6
    assert merged.points == whole(given)
    assert village.balance(village.wang) == ledger.Balance(Points(0), Points(0))
    assert village.balance(village.li).points == whole(given)
    assert proof.verify(village.database, village=VILLAGE).holds


def test_no_score_is_entered_behind_an_ending(village: Chayuan) -> None:
    table = scheme_table()
    village.write(scoring.import_scheme, table=table, resolution="决议", from_date=date(2026, 1, 1))
    meeting = village.write(scoring.open_meeting, held_on=NOW.date(), title="评议会", judges=["李主任"]).id
    row = scoring.ScoreRow("0101", "助邻", date(2026, 8, 20))

    def entering() -> Any:
        return village.write(scoring.enter_scores, meeting=meeting, rows=[row])

    merged, entered = together([merging(village), entering])

    assert (merged == "scores_unsettled") != (entered in ("participant_closed", "bad_rows"))
