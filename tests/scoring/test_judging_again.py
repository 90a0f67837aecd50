"""What another version would have changed: against sums by hand, and nothing where nothing differs."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlmodel import Session

from pointsbank import scoring
from pointsbank.points import Points
from pointsbank.spreadsheets import Table
from tests.builders import NOW
from tests.scoring.panel import HEADERS, SCHEME, Panel, scheme_table

TODAY = date(2026, 9, 1)


def draft(panel: Panel, **rows: dict[str, str] | None) -> scoring.Scheme:
    """Write a draft: the scheme in force but for these items, without those that are None."""
    changed = {**SCHEME, **rows}

    def imported(session: Session, **who: object) -> scoring.SchemeImported:
        table = scheme_table({code: row for code, row in changed.items() if row is not None})
        return scoring.import_scheme(session, table=table, **who)  # type: ignore[arg-type]

    return panel.write(imported).scheme  # type: ignore[no-any-return]


def again(panel: Panel, scheme: scoring.Scheme, month: str = "2026-08") -> list[scoring.Again]:
    """A month judged again."""
    return panel.read(scoring.judge_month_again, scheme=scheme, month=month, today=TODAY)  # type: ignore[no-any-return]


def by_item(found: list[scoring.Again]) -> dict[str, tuple[int, int, int, int]]:
    """Entries, points counted, points that would count, and how many cannot be judged."""
    return {
        code: (one.entries, one.counted // 100, one.would // 100, one.unjudged)
        for code, one in scoring.effects_by_item(found).items()
    }


def in_force(panel: Panel) -> scoring.Scheme:
    """The version in force."""
    return panel.read(scoring.scheme_on, day=TODAY)  # type: ignore[no-any-return]


def on(day: int, code: str, item: str, **given: object) -> scoring.ScoreRow:
    """A row of August."""
    return scoring.ScoreRow(code, item, date(2026, 8, day), **given)  # type: ignore[arg-type]


@pytest.fixture
def august(panel: Panel) -> Panel:
    """Sweeping three times against its cap, hours, a judged yard, and a heap that counts double."""
    panel.enter(*(on(day, "0101", "清扫") for day in (18, 3, 9)))
    # An earlier day entered a minute later: the cap stays with what came first.
    panel.enter(
        on(2, "0101", "清扫"),
        on(5, "0201", "志愿", quantity=Decimal("1.5")),
        on(6, "0201", "庭院", points=Points(800)),
        on(7, "0302", "助邻"),
        on(8, "0302", "乱堆"),
        on(20, "0302", "乱堆"),
        at=NOW + timedelta(minutes=1),
    )
    return panel


def test_the_version_in_force_changes_nothing_for_any_household(august: Panel) -> None:
    found = again(august, in_force(august))

    assert len(found) == 9
    assert {one.difference for one in scoring.effects_by_participant(found).values()} == {0}
    assert not any(one.reason for one in found)


def test_judged_again_by_rules_that_come_to_the_same_each_entry_counts_what_it_counted(august: Panel) -> None:
    # Every item is judged again, for it says now for whom it is: for all who were scored.
    def imported(session: Session, **who: object) -> scoring.SchemeImported:
        named = {code: {"适用": "农户"} | row for code, row in SCHEME.items()}
        rows = [[code, *(row.get(name, "") for name in HEADERS[1:])] for code, row in named.items()]
        table = Table.of(HEADERS, rows)
        return scoring.import_scheme(session, table=table, **who)  # type: ignore[arg-type]

    found = again(august, august.write(imported).scheme)

    assert [one.would for one in found] == [one.entry.counted_points for one in found]
    assert [one.entry.counted_points for one in found if one.entry.item_code == "清扫"] == [200, 500, 500, 0]


@pytest.mark.both
def test_sums_are_those_made_by_hand(august: Panel) -> None:
    scheme = draft(
        august,
        # 5 + 5 + 2 + 0 under 12 a month; now 4 deeds of 6 under 20: 6 + 6 + 6 + 2.
        清扫={**SCHEME["清扫"], "分值": "6", "上限": "20"},
        # 1.5 hours of 2; now of 3.
        志愿={**SCHEME["志愿"], "分值": "3"},
        # 8 of 5 to 10; now one fixed value.
        庭院={"条目": "庭院美化", "方向": "加分", "分值": "7"},
        助邻=None,
        # 10, then double; now never double.
        乱堆={"条目": "乱堆垃圾", "方向": "扣分", "分值": "10"},
    )

    found = again(august, scheme)

    assert by_item(found) == {
        "清扫": (4, 12, 20, 0),
        "志愿": (1, 3, 4, 0),
        "庭院": (1, 8, 7, 0),
        "助邻": (1, 10, 0, 1),
        "乱堆": (2, -30, -20, 0),
    }
    assert scoring.effects_by_item(found)["志愿"].would == 450
    whole = scoring.effect_of(found)
    assert (whole.counted, whole.would, whole.difference, whole.unjudged) == (300, 1150, 850, 1)
    differences = [one.difference for one in scoring.effects_by_participant(found).values()]
    assert differences == [800, 50, 0]


@pytest.mark.parametrize(
    ("item", "row", "reason"),
    [
        ("助邻", None, "没有这个条目"),
        ("助邻", {"最低": "5", "最高": "10", "分值": ""}, "要另填分值"),
        ("助邻", {"单位": "小时"}, "要另填数量"),
        ("助邻", {"形状": "满分扣减", "每处扣": "2"}, "计量单位不同"),
        ("助邻", {"方向": "一票否决", "分值": ""}, "一票否决"),
        ("助邻", {"评分期": "上半年"}, "只在上半年评分"),
        ("志愿", {"单位": "人"}, "计量单位不同"),
        ("志愿", {"单位": ""}, "计量单位不同"),
        ("庭院", {"最低": "1", "最高": "6"}, "分"),
    ],
)
def test_what_cannot_be_judged_counts_for_nothing_and_says_why(
    sqlite_panel: Panel, item: str, row: dict[str, str] | None, reason: str
) -> None:
    panel = sqlite_panel
    given = {"志愿": {"quantity": Decimal(3)}, "庭院": {"points": Points(800)}}.get(item, {})
    panel.enter(on(6, "0101", item, **given))

    [found] = again(panel, draft(panel, **{item: None if row is None else {**SCHEME[item], **row}}))

    assert found.would == 0 and reason in found.reason
    assert found.entry.counted_points > 0


def test_a_cap_of_the_year_looks_at_earlier_months_and_not_at_later_ones(august: Panel) -> None:
    def july(day: int, month: int) -> scoring.ScoreRow:
        return scoring.ScoreRow("0201", "助邻", date(2026, month, day))

    august.enter(july(1, 7), july(2, 8))
    august.next_meeting(held_on=date(2026, 9, 1), title="九月评议会").enter(july(1, 9))
    scheme = draft(august, 助邻={**SCHEME["助邻"], "周期": "年", "上限": "15"})

    found = {one.entry.participant_id: one for one in again(august, scheme) if one.entry.item_code == "助邻"}

    assert sorted(one.would for one in found.values()) == [500, 1000]
    assert [one.would for one in again(august, scheme, "2026-07")] == [1000]
    assert [one.would for one in again(august, scheme, "2026-09")] == [0]


def test_what_was_withdrawn_takes_no_room(sqlite_panel: Panel) -> None:
    panel = sqlite_panel
    scores = panel.enter(*(on(day, "0101", "清扫") for day in (3, 9, 18)))
    panel.write(scoring.withdraw_score, score=scores[0].id)

    assert [one.would for one in again(panel, in_force(panel))] == [500, 200]
    scheme = draft(panel, 清扫={**SCHEME["清扫"], "分值": "6"})
    assert [one.would for one in again(panel, scheme)] == [600, 600]


def test_judging_again_writes_nothing(sqlite_panel: Panel) -> None:
    panel = sqlite_panel
    scores = panel.enter(on(3, "0101", "清扫"))
    scheme = draft(panel, 清扫={**SCHEME["清扫"], "分值": "6"})

    again(panel, scheme)

    assert panel.now(scores[0]) == scores[0]
    assert [one.counted_points for one in panel.read(scoring.scores)] == [500]
