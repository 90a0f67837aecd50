"""A household behind a judge's name is theirs: they do not judge it, and it is nobody who sat."""

from datetime import date

import pytest

from pointsbank import scoring
from pointsbank.roster.participants import ParticipantUnknown
from pointsbank.scoring.attendance import JudgesInvalid, attach
from pointsbank.scoring.values import Judge
from tests.scoring.panel import AUGUST, Panel

LONG = Judge("龙凤泉", "0101")


@pytest.mark.parametrize(
    ("people", "read"),
    [
        (["龙凤泉", "0101", "郝田发"], [LONG, "郝田发"]),
        (["龙凤泉 0101", "郝田发"], [LONG, "郝田发"]),
        (["龙凤泉", "A-7"], [Judge("龙凤泉", "A-7")]),
        (["龙凤泉", "9999"], [Judge("龙凤泉", "9999")]),
        (["John Smith"], ["John Smith"]),
        ([LONG, "郝田发"], [LONG, "郝田发"]),
        ([], []),
    ],
)
def test_a_code_goes_to_the_name_before_it(people: list[str | Judge], read: list[str | Judge]) -> None:
    assert attach(people, {"0101", "A-7"}) == read


@pytest.mark.parametrize("people", [["0101"], ["0101", "龙凤泉"], ["龙凤泉", "0101", "0102"], [LONG, "0102"]])
def test_a_code_behind_no_name_is_refused(people: list[str | Judge]) -> None:
    with pytest.raises(JudgesInvalid, match="是户号，请写在姓名后面"):
        attach(people, {"0101", "0102"})


def test_a_judge_named_with_a_household_is_recused_from_it(panel: Panel) -> None:
    held = {"held_on": date(2026, 8, 25), "title": "又一次评议会", "judges": ["龙凤泉", "0101", "郝田发"]}
    meeting = panel.write(scoring.open_meeting, **held)
    rows = [scoring.ScoreRow(code, "助邻", AUGUST) for code in ("0101", "0102")]
    own, other = panel.write(scoring.enter_scores, meeting=meeting.id, rows=rows)

    assert (own.recused, other.recused) == ("龙凤泉", "")
    assert meeting.judges == ("龙凤泉", "郝田发")
    assert panel.read(scoring.seated, meeting=meeting.id) == [LONG, Judge("郝田发", None)]


def test_a_household_that_is_not_there_is_named(panel: Panel) -> None:
    held = {"held_on": date(2026, 8, 25), "title": "又一次评议会", "judges": ["龙凤泉 9999"]}

    with pytest.raises(ParticipantUnknown):
        panel.write(scoring.open_meeting, **held)
