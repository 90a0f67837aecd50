"""Before an entry is saved it is said what the household has, what room is left and what would count."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from pointsbank import roster, scoring
from pointsbank.points import whole
from pointsbank.scoring import Foreseen, ScoreRow
from pointsbank.scoring.caps import PriorScore, allowance_under, cap
from tests.builders import NOW, VILLAGE
from tests.scoring.panel import AUGUST, Panel


def foresee(panel: Panel, item: str = "", day: date = AUGUST, **more: Any) -> Foreseen:
    code = more.pop("code", panel.village.wang.code)
    groups = more.pop("groups", None)
    with panel.village.database.reading() as session:
        return scoring.foresee_score(
            session,
            village=VILLAGE,
            meeting_id=panel.meeting,
            row=ScoreRow(code, item, day, **more),
            at=NOW,
            groups=groups,
        )


def test_what_is_foreseen_is_what_is_entered(panel: Panel):
    panel.enter(*[ScoreRow(panel.village.wang.code, "清扫", date(2026, 8, day)) for day in (3, 10)])
    seen = foresee(panel, "清扫", date(2026, 8, 17))
    entered = panel.score(panel.village.wang, "清扫", date(2026, 8, 17))

    assert seen.judged is not None
    assert (seen.judged.points, seen.judged.counted) == (entered.points, entered.counted_points)
    assert seen.judged.remark == entered.remark == "超出每月上限，原5分，计2分"
    assert [one.label for one in seen.allowances] == ["每月最多12分，还有2分"]


def test_the_household_s_entries_of_this_meeting_are_shown_and_none_that_was_withdrawn(panel: Panel):
    panel.score(panel.village.wang, "助邻")
    wrong = panel.score(panel.village.wang, "清扫")
    panel.score(panel.village.namesake, "清扫")
    panel.write(scoring.withdraw_score, score=wrong.id)

    assert [one.item_code for one in foresee(panel).entered] == ["助邻"]


@pytest.mark.parametrize(
    ("item", "needs"),
    [("助邻", ""), ("庭院", "points"), ("志愿", "quantity"), ("捐助", "quantity"), ("乱堆", "")],
)
def test_it_is_asked_only_for_what_the_item_needs(sqlite_panel: Panel, item: str, needs: str):
    seen = foresee(sqlite_panel, item)

    assert (seen.asks, seen.wrong) == (needs, "")
    assert (seen.judged is None) == bool(needs)


def test_what_is_missing_is_no_mistake_and_what_is_wrong_is_said(sqlite_panel: Panel):
    assert "5至10" in foresee(sqlite_panel, "庭院", points=whole(50)).wrong
    assert foresee(sqlite_panel, "志愿", quantity=Decimal("1.5")).judged is not None
    assert "没有条目" in foresee(sqlite_panel, "没有的").wrong
    assert "还没有到" in foresee(sqlite_panel, "助邻", date(2027, 1, 1)).wrong


def test_a_deed_that_was_judged_is_doubted_before_it_is_saved(panel: Panel):
    panel.score(panel.village.wang, "助邻")

    assert "已经记过（第1条）" in foresee(panel, "助邻").doubt
    assert foresee(panel, "助邻", date(2026, 8, 1)).doubt == ""
    assert foresee(panel, "助邻", code=panel.village.namesake.code).doubt == ""


def test_nothing_is_foreseen_of_a_closed_meeting_nor_of_another_s_group(sqlite_panel: Panel):
    with pytest.raises(roster.problems.ParticipantUnknown):
        foresee(sqlite_panel, groups=["another"])
    sqlite_panel.write(scoring.close_meeting, meeting=sqlite_panel.meeting)
    with pytest.raises(scoring.problems.MeetingClosed):
        foresee(sqlite_panel)


@pytest.mark.parametrize(
    ("points", "times", "counted", "label"),
    [
        (1200, None, [500, 500], "每月最多12分，还有2分"),
        (1200, None, [500, 500, 200], "每月最多12分，已经满了"),
        (None, 2, [500], "每月最多2次，还有1次"),
        (None, 2, [500, 0], "每月最多2次，还有1次"),
        (1200, 3, [500], "每月最多3次、12分，还有2次、7分"),
        (1200, 1, [500], "每月最多1次、12分，已经满了"),
    ],
)
def test_room_is_what_counts_and_no_more(
    points: int | None, times: int | None, counted: list[int], label: str
):
    limit = cap("month", points=points, times=times)
    prior = [PriorScore(date(2026, 8, 1), one) for one in counted]
    left = allowance_under(limit, date(2026, 8, 31), [*prior, PriorScore(date(2026, 7, 31), 500)])

    assert left is not None and left.label == label
