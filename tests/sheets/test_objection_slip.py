"""The slip for who objected: its number in the log, what was said, by when the answer is due, the answer."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from pointsbank import ledger, publicity, sheets
from pointsbank.database import Database
from pointsbank.objections.problems import ObjectionUnknown
from pointsbank.printing import Fonts
from pointsbank.sheets.objection_slip import NothingObjected, ObjectionSlip, example
from tests.builders import COMMITTEE, NOW, SUPERVISOR, VILLAGE
from tests.printing.reading import page_count, squeezed, text_of
from tests.publicity.desk import august
from tests.scoring.panel import Panel, sit
from tests.sheets.prints import printed


def hanging(database: Database) -> tuple[Panel, str]:
    """A panel, and the id of a score that hangs."""
    panel = sit(database)
    [score] = panel.enter(august("0101", "助邻"))
    panel.hang_out()
    return panel, score.id


def object_to(panel: Panel, score: str, **given: Any) -> publicity.Objection:
    """Somebody objects; chen writes it down."""
    usual: dict[str, Any] = {"raised_by": "李四", "reason": "那天去了两次，只记了一次。"}
    made: publicity.Objection = panel.write(publicity.raise_objection, score=score, **(usual | given))
    return made


def slip(panel: Panel, objection: str | None = None) -> ObjectionSlip:
    given: dict[str, Any] = {"village": VILLAGE, "by": COMMITTEE, "at": NOW, "public_url": ""}
    value = sheets.find("objection_slip").gather_from(panel.village.database, objection=objection, **given)
    assert isinstance(value, ObjectionSlip)
    return value


def test_its_number_is_the_place_in_the_log_and_the_answer_has_a_last_day(
    database: Database, tmp_path: Path
) -> None:
    panel, score = hanging(database)
    raised = object_to(panel, score)

    value = slip(panel)
    entry = panel.read(ledger.log_entry, index=value.index)
    assert (entry.kind, entry.words["objection"]) == ("objection_filed", raised.id)
    text = squeezed(text_of(printed(value, Fonts(tmp_path))))
    day = f"{raised.due_on.year}年{raised.due_on.month}月{raised.due_on.day}日"
    for part in (
        f"第{value.index}号",
        "李四",
        "那天去了两次",
        "户号0101：邻里帮扶",
        "计10分",
        f"最迟{day}书面答复",
    ):
        assert squeezed(part) in text


def test_the_answer_stands_there_once_it_is_given(sqlite_database: Database, tmp_path: Path) -> None:
    panel, score = hanging(sqlite_database)
    raised = object_to(panel, score)
    answered = {
        "by": SUPERVISOR,
        "at": NOW + timedelta(hours=1),
        "upheld": False,
        "reason": "查了签到，只有一次。",
    }
    panel.write(publicity.decide_objection, objection=raised.id, **answered)

    text = squeezed(text_of(printed(slip(panel, raised.id), Fonts(tmp_path))))
    assert "不成立" in text and "查了签到，只有一次。" in text and "最迟" not in text


def test_without_an_objection_it_is_said_where_one_is_raised(sqlite_database: Database) -> None:
    panel, score = hanging(sqlite_database)

    with pytest.raises(NothingObjected, match="公示里点开一条评分"):
        slip(panel)
    object_to(panel, score)
    with pytest.raises(ObjectionUnknown):
        slip(panel, "nobody")


@pytest.mark.parametrize("words", ["长" * 500, "第一句。\n" * 100])
def test_a_long_reason_and_a_long_answer_end_within_the_page(tmp_path: Path, words: str) -> None:
    pdf = printed(replace(example(1), reason=words[:500], answer=words[:500]), Fonts(tmp_path))
    text = squeezed(text_of(pdf))

    assert page_count(pdf) == 1
    assert text.count("全文见村里的记录") == 2
    assert "提出人签收" in text and "电话" not in text
