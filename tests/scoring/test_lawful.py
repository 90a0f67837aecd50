"""An adopted scheme holds nothing that the law keeps private, but for what its resolution names."""

from datetime import date

import pytest

from pointsbank import law, scoring, spreadsheets
from pointsbank.database import Database
from pointsbank.scoring.lawful import item_warnings
from pointsbank.scoring.scheme import schemes
from pointsbank.scoring.scheme_rows import read_items
from pointsbank.scoring.values import SchemeImported
from tests.builders import Chayuan, chayuan
from tests.house.source import ROOT

SAMPLE = ROOT / "pointsbank" / "sample" / "scheme.csv"
HEADER = "编号,类别,条目,方向,分值,佐证,适用\n"
PLAIN = "A1,环境卫生,门前整洁,加分,5,照片,\n"
GAMBLING = "B1,遵纪守法,参与赌博,扣分,20,处罚决定,\n"


def adopt(village: Chayuan, rows: str, **options: object) -> SchemeImported:
    """Import a scheme and adopt it at once."""
    table = spreadsheets.read_table("细则.csv", (HEADER + rows).encode())
    done = village.write(
        scoring.import_scheme,
        **(
            {"table": table, "resolution": "2026年村民会议第3号决议", "from_date": date(2026, 1, 1)} | options
        ),
    )
    assert isinstance(done, SchemeImported)
    return done


def test_an_item_that_the_law_keeps_private_is_refused_with_rule_and_other_words(
    sqlite_database: Database,
) -> None:
    village = chayuan(sqlite_database)

    with pytest.raises(scoring.problems.ItemsNotPublic) as refused:
        adopt(village, PLAIN + GAMBLING)

    sentence = refused.value.detail
    assert "有1条条目不能上墙：B1“参与赌博”" in sentence
    assert "治安管理处罚法第136条" in sentence
    assert "可以写：“参加文明健康的文体活动”" in sentence
    assert village.read(schemes) == []


@pytest.mark.parametrize(
    "row",
    [
        "B1,遵纪守法,车辆乱停,扣分,5,派出所处理记录,\n",
        "B1,违法犯罪,车辆乱停,扣分,5,照片,\n",
        "B1,环境卫生,门前整洁,加分,5,照片,低保户\n",
        "B1,邻里互助,照料残疾父母,加分,5,照片,\n",
        "B1,教育,优秀学生（校级）,加分,10,奖状,\n",
    ],
)
def test_category_evidence_and_whom_it_is_for_are_read_too(sqlite_database: Database, row: str) -> None:
    village = chayuan(sqlite_database)

    with pytest.raises(scoring.problems.ItemsNotPublic):
        adopt(village, row)


def test_a_deed_of_help_is_an_item_like_any_other(sqlite_database: Database) -> None:
    village = chayuan(sqlite_database)

    done = adopt(village, "B1,邻里互助,帮扶残疾邻居,加分,5,双方确认,\n")

    assert done.scheme.status == "adopted"
    assert done.warnings == []


def test_a_draft_is_warned_of_what_adoption_would_refuse(sqlite_database: Database) -> None:
    village = chayuan(sqlite_database)

    done = adopt(village, PLAIN + GAMBLING, resolution=None, from_date=None)

    assert done.scheme.status == "draft"
    assert [warning[:10] for warning in done.warnings] == ["条目B1“参与赌博”"]


def test_a_village_may_keep_an_item_by_naming_it_in_its_resolution(sqlite_database: Database) -> None:
    village = chayuan(sqlite_database)

    done = adopt(village, PLAIN + GAMBLING, unpublished=("B1",))

    items = village.read(scoring.items, day=date(2026, 9, 1))
    assert done.scheme.status == "adopted"
    assert {item.code: scoring.is_publishable(item) for item in items} == {"A1": True, "B1": False}


@pytest.mark.parametrize("code", ["A1", "C9"])
def test_only_what_may_not_hang_is_kept_off_the_wall(sqlite_database: Database, code: str) -> None:
    village = chayuan(sqlite_database)

    with pytest.raises(scoring.problems.ItemMayBePublic, match=code):
        adopt(village, PLAIN + GAMBLING, unpublished=("B1", code))


@pytest.mark.parametrize("title", ["聚众赌博专题评议会", "低保户评议会"])
def test_a_meeting_s_title_hangs_and_is_read(sqlite_database: Database, title: str) -> None:
    village = chayuan(sqlite_database)

    with pytest.raises(law.problems.Wording, match="会议名称不能上墙"):
        village.write(scoring.open_meeting, held_on=date(2026, 9, 1), title=title, judges=["李会计"])


def test_a_resolution_hangs_and_is_read(sqlite_database: Database) -> None:
    village = chayuan(sqlite_database)

    with pytest.raises(law.problems.Wording, match="决议不能上墙"):
        adopt(village, PLAIN, resolution="处罚聚众赌博的决议")


def test_the_sample_scheme_holds_nothing_private_and_rests_on_no_penalty() -> None:
    items = read_items(spreadsheets.read_table("scheme.csv", SAMPLE.read_bytes())).items

    assert item_warnings(items) == []
    assert len(items) > 50


def test_the_examples_of_the_shapes_hold_nothing_private() -> None:
    items = read_items(spreadsheets.read_table("template.csv", scoring.scheme_template())).items

    assert item_warnings(items) == []
