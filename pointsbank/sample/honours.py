"""Titles of 茶源村: who has one, whose plate is off until a day, whose notice hangs, who waits for a vote."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from pointsbank import titles, walls
from pointsbank.sample.stage import CODE, Stage, moment
from pointsbank.titles import Title, Vote

RESOLUTION = "茶源村2026年第三次村民代表会议决议（应到43人，实到40人，38票同意）"
_CLEAN: dict[str, Any] = {
    "name": "清洁户",
    "holder": "household",
    "criteria": ["院内干净", "屋内干净", "厕所干净", "门前干净"],
    "benefits": [("免费体检一次", 12), ("文明超市优先取货", None)],
    "quota": 10,
    "share": 60,
    "months": 6,
    "right_days": 30,
    "barred_months": 12,
    "years": 3,
}
_CARING: dict[str, Any] = {
    "name": "好媳妇",
    "holder": "person",
    "criteria": ["孝敬公婆", "夫妻和睦", "邻里夸好"],
    "benefits": [("重阳节上台领奖", None)],
    "months": 12,
}
_TIDY = "门前屋后天天扫，垃圾分开放"


def give_first_titles(stage: Stage) -> None:
    """Adopt two kinds in September, and give four households and one person a title."""
    adopted = moment(date(2026, 9, 9), 10)
    for kind in (_CLEAN, _CARING):
        common = {"resolution": RESOLUTION, "from_date": adopted.date(), "notice_days": 5}
        stage.act(titles.adopt_kind, by="li", at=adopted, **kind, **common)
    found = [_nominate(stage, date(2026, 9, 9), code) for code in ("01003", "01006", "01010", "01012")]
    person: dict[str, Any] = {"person": "赵桂兰", "agreed_on": date(2026, 9, 9)}
    why = "照顾公婆，和睦邻里"
    found.append(_nominate(stage, date(2026, 9, 9), "01005", kind=_CARING["name"], reason=why, **person))
    _vote_and_hang(stage, found, on=date(2026, 9, 10))
    for one in found:
        stage.act(titles.give, by="zhou", at=moment(date(2026, 9, 16), 9), title_id=one.id)
    _take_down(stage, found[0], on=date(2026, 9, 16))
    noted = {"title_id": found[0].id, "benefit": 1, "given": True}
    stage.act(titles.note_benefit, by="zhou", at=moment(date(2026, 9, 18), 9), **noted)


def go_round_in_october(stage: Stage) -> None:
    """Look at one again and take its plate off, nominate three more, hang two, and bring a letter."""
    with stage.database.reading() as session:
        first, second, *_ = titles.titles(session, village=CODE)
    at = moment(date(2026, 10, 20), 10)
    _check(stage, first, date(2026, 10, 20))
    _check(stage, second, date(2026, 10, 20), unmet=4)
    stage.act(titles.take_off, by="zhou", at=at, title_id=second.id, reason="门前堆放建筑垃圾")
    more = [_nominate(stage, date(2026, 10, 26), code) for code in ("01016", "01020", "01022")]
    _vote_and_hang(stage, more[:2], on=date(2026, 10, 29))
    deed = {"kind": "congratulation", "participant": "01012", "deed": "下河救起落水的人"}
    letter = stage.act(titles.write_letter, by="zhou", at=moment(date(2026, 10, 30), 9), **deed)
    stage.act(titles.bring_letter, by="zhou", at=moment(date(2026, 10, 30), 16), letter_id=letter.id)


def _nominate(stage: Stage, day: date, code: str, *, kind: str = "清洁户", **more: Any) -> Title:
    """Nominate one household by the panel, and find that it meets every criterion."""
    given: dict[str, Any] = {"nominated_by": "panel", "nominator": "村评议小组", "reason": _TIDY} | more
    one = stage.act(titles.nominate, by="zhou", at=moment(day, 11), kind=kind, participant=code, **given)
    _check(stage, one, day)
    return one


def _check(stage: Stage, one: Title, day: date, unmet: int = 0) -> None:
    """Look at every criterion; the one of this number is not met."""
    met = {number: number != unmet for number in range(1, len(one.kind.criteria) + 1)}
    looked = {"title_id": one.id, "met": met, "seen_by": "村评议小组"}
    stage.act(titles.check, by="li", at=moment(day, 9 if one.steps else 12), **looked)


def _vote_and_hang(stage: Stage, found: Sequence[Title], *, on: date) -> None:
    """Vote for all of them in one go, and hang the notice in the evening."""
    cast = [Vote(one.id, 36 - place, place) for place, one in enumerate(found)]
    stage.act(titles.vote, by="zhao", at=moment(on, 15), votes=cast)
    ids = [one.id for one in found]
    stage.act(titles.hang, by="zhou", at=moment(on, 18), title_ids=ids, place="村务公开栏")


def _take_down(stage: Stage, one: Title, *, on: date) -> None:
    """Take the paper of a notice off the wall once its days are over."""
    at = moment(on, 17)
    with stage.database.reading() as session:
        papers = titles.papers_of(
            session, titles.title(session, village=CODE, title_id=one.id), village=CODE, at=at
        )
    for paper in papers:
        stage.act(walls.take_down, by="zhou", at=at, copy=paper.id)
