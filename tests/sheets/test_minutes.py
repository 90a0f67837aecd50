"""The minutes on paper say what was sealed: who sat, whom each left to others, the result, where to sign."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from pointsbank import scoring, sheets
from pointsbank.database import Database
from pointsbank.printing import Fonts
from pointsbank.sheets.minutes.examples import example
from pointsbank.sheets.minutes.values import MinutesSheet
from tests.builders import COMMITTEE, NOW, VILLAGE
from tests.printing.reading import page_count, squeezed, text_of
from tests.proof import month
from tests.scoring.judging import judge
from tests.sheets.prints import printed

BY: dict[str, Any] = {"village": VILLAGE, "by": COMMITTEE, "at": NOW}


def held(database: Database) -> str:
    """A meeting with one score, at which 老支书 sits, whose household is 0101."""
    month.begin(database)
    with database.writing() as session:
        meeting = scoring.open_meeting(
            session,
            held_on=date(2026, 9, 1),
            title="九月评议会",
            judges=["李会计", "老支书 0101"],
            absentees=["周文书"],
            **BY,
        ).id
        scoring.write_minutes(session, meeting=meeting, minutes="第一条。\n第二条：照办。", **BY)
    return meeting


def gathered(database: Database, meeting: str) -> MinutesSheet:
    value = sheets.find("minutes").gather_from(database, public_url="", meeting=meeting, **BY)
    assert isinstance(value, MinutesSheet)
    return value


def test_an_open_meeting_prints_a_draft(sqlite_database: Database, tmp_path: Path) -> None:
    value = gathered(sqlite_database, held(sqlite_database))

    text = squeezed(text_of(printed(value, Fonts(tmp_path))))
    assert "草稿：评议会还没有结束，记录没有封存" in text and "年第" not in text.split("草稿")[0]


def test_sealed_minutes_have_their_number_and_the_place_in_the_log(
    sqlite_database: Database, tmp_path: Path
) -> None:
    meeting = held(sqlite_database)
    with sqlite_database.writing() as session:
        scoring.close_meeting(session, meeting=meeting, **BY)
        scoring.add_note(session, meeting=meeting, text="补记一句。", **BY)
        index = scoring.meeting(session, village=VILLAGE, meeting_id=meeting).index

    pdf = printed(gathered(sqlite_database, meeting), Fonts(tmp_path))
    text = squeezed(text_of(pdf))
    assert page_count(pdf) == 1
    for part in (
        "2026年第1号",
        f"结束并封存，账本日志第{index}条",
        "到场李会计、老支书",
        "缺席周文书",
        "老支书不评王建国0101",
        "第一条。",
        "第二条：照办。",
        "补记一句。",
        "共0条，0户",
        "到场人签名",
        "记录人",
        "不张贴",
    ):
        assert part in text, part
    assert "草稿" not in text


def test_of_long_minutes_nothing_is_lost_and_the_last_page_is_the_one_to_sign(fonts: Fonts) -> None:
    pdf = printed(example(120), fonts)
    text, pages = squeezed(text_of(pdf)), page_count(pdf)

    assert [number for number in range(1, 121) if text.count(f"第{number}户：") != 1] == []
    assert [page for page in range(1, pages + 1) if "到场人签名" in squeezed(text_of(pdf, page=page))] == [
        pages
    ]


def test_a_paragraph_longer_than_a_page_goes_on(fonts: Fonts) -> None:
    long = replace(example(1), text="甲乙丙丁" * 1500)

    assert squeezed(text_of(printed(long, fonts))).count("甲乙丙丁") >= 1400


def test_each_judges_mark_is_printed_with_what_the_marks_come_to(sqlite_database: Database) -> None:
    judging = judge(sqlite_database)
    case, other = judging.put("0202", "0203")
    for one in (case, other):
        judging.mark_all(one, "5", "7", "7.5", "8", "10")
    judging.stage.write(scoring.withdraw_score, score=judging.draw(other).id)
    judging.draw(case)

    line = (
        "第2条，曾䶮 0202，庭院美化：龙凤泉5，郝田发7，田大满7.5，石老三8，吴秀英10；"
        "5位评议员打分，5至10分，去掉最高和最低再平均，得7.5分"
    )
    drawn, undone = gathered(sqlite_database, judging.meeting).marks
    assert drawn == line
    assert undone.startswith("第1条，单雪梅 0203") and undone.endswith("得7.5分（评分已撤回）")
