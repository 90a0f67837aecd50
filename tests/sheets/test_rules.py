"""The rules on paper: what is in force and may hang, once, on the wall and in the pocket."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from pointsbank import scoring, sheets
from pointsbank.database import Database
from pointsbank.printing import Fonts
from pointsbank.sheets.rules.examples import example
from pointsbank.sheets.rules.gathering import NoRulesYet, VersionNotAdopted
from pointsbank.sheets.rules.values import RulesSheet
from tests.builders import COMMITTEE, NOW, VILLAGE, chayuan
from tests.printing.reading import page_count, squeezed, text_of
from tests.scoring.panel import SCHEME, Panel, scheme_table, sit
from tests.sheets.prints import printed

BY: dict[str, Any] = {"village": VILLAGE, "by": COMMITTEE, "at": NOW}
RULES = sheets.find("rules")


def gathered(at: Panel, **options: Any) -> RulesSheet:
    value = RULES.gather_from(at.village.database, public_url="", **BY, **options)
    assert isinstance(value, RulesSheet)
    return value


@pytest.mark.parametrize("pocket", [False, True])
def test_every_item_in_force_stands_there_once_with_what_it_counts(
    database: Database, fonts: Fonts, pocket: bool
) -> None:
    at = sit(database)
    words = squeezed(text_of(printed(gathered(at, pocket=pocket), fonts)))

    for item in at.read(scoring.items, day=NOW.date()):
        assert words.count(item.title) == 1, item
        assert squeezed(scoring.label(item)) in words
    assert "第1版，2026年1月1日起施行" in words and "村民会议第1号决议" in words


def test_what_takes_points_and_vetoes_stand_at_the_end(database: Database) -> None:
    headings = [part.heading for part in gathered(sit(database)).parts]

    assert headings == ["环境卫生", "其他", "扣分", "一票否决"]


def test_an_item_that_may_not_hang_is_counted_and_not_shown(database: Database, fonts: Fonts) -> None:
    at = sit(database)
    private = {"甲": {"条目": "参与赌博", "方向": "扣分", "分值": "-5"}}
    at.write(
        scoring.import_scheme,
        table=scheme_table(SCHEME | private),
        resolution="村民会议第2号决议",
        from_date=date(2026, 8, 1),
        unpublished=["甲"],
    )

    words = squeezed(text_of(printed(gathered(at), fonts)))

    assert "另有1条不公开" in words and "赌" not in words


def test_a_version_to_come_and_one_replaced_say_so(database: Database) -> None:
    at = sit(database)
    later = {"resolution": "村民会议第2号决议", "from_date": date(2026, 10, 1)}
    at.write(scoring.import_scheme, table=scheme_table({"清扫": SCHEME["清扫"]}), **later)

    assert (gathered(at).version, gathered(at).standing) == (1, "")
    coming = gathered(at, version="2")
    assert (coming.standing, coming.resolution) == ("（还没有施行）", "村民会议第2号决议")
    at.write(
        scoring.import_scheme,
        table=scheme_table({"庭院": SCHEME["庭院"]}),
        resolution="村民会议第3号决议",
        from_date=date(2026, 10, 1),
    )
    assert gathered(at, version="2").standing == "（已有新的一版）"


def test_what_was_not_adopted_is_refused(sqlite_database: Database) -> None:
    village = chayuan(sqlite_database)
    with pytest.raises(NoRulesYet):
        RULES.gather_from(sqlite_database, public_url="", **BY)
    village.write(scoring.import_scheme, table=scheme_table())
    for version in ("1", "9", "x" * 60):
        with pytest.raises(VersionNotAdopted):
            RULES.gather_from(sqlite_database, public_url="", version=version, **BY)


def test_the_pocket_sheet_lies_across_and_holds_a_village_s_rules_on_two_sides(fonts: Fonts) -> None:
    pdf = printed(replace(example(1149), pocket=True), fonts)

    assert page_count(pdf) == 2
    words = squeezed(text_of(pdf))
    assert [number for number in range(1, 58) if words.count(f"第{number}次") != 1] == []
    assert "0596-7654321" in words and "7个工作日内书面答复" in words
