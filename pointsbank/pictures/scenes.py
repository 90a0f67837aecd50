"""What a setting changes at the counter, on a board, in a balance: a scene in the rules' own words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from pointsbank import boards, market, working_days
from pointsbank.dates import SHANGHAI, day_in_words
from pointsbank.errors import Problem
from pointsbank.labels.answering_role import ANSWERING_ROLE
from pointsbank.points import Points, show, whole

Chosen = Mapping[str, Any]
_NOON = datetime(2026, 9, 4, 12, 0, tzinfo=SHANGHAI)


@dataclass(frozen=True, slots=True)
class Scene:
    """What would be seen: lines of words and numbers, and what is said below; `refused`: as a refusal."""

    title: str
    lines: tuple[tuple[str, str], ...]
    says: str
    refused: bool = False


def scene(name: str, chosen: Chosen) -> Scene:
    """Return what the setting of this name does with the values that are handed in.

    Raises:
        KeyError: its value is seen on paper alone.

    Example:
        pictures.scene("daily_limit", {"daily_limit": 3000})
        # Scene("确认兑换", (("合计", "31"),), "每户每天最多兑换30积分，…", refused=True)
    """
    return SCENES[name](chosen)


def _single(chosen: Chosen) -> Scene:
    """Return a sale that is one point above the line."""
    line = int(chosen["second_check_single"])
    return _second(Points(line + whole(1)), Points(0), single=line, day=10**15)


def _day(chosen: Chosen) -> Scene:
    """Return a sale of one point, where the day's line is reached."""
    line = int(chosen["second_check_day"])
    return _second(whole(1), Points(line), single=10**15, day=line)


def _second(total: Points, spent: Points, *, single: int, day: int) -> Scene:
    need = market.second_check_need(total, spent, typed=False, single=single, day=day)
    lines = (*((("今天已兑换", show(spent)),) if spent else ()), ("合计", show(total)))
    says = f"{need.words}，{market.second_check_step(need, 'counts')}。" if need else "店员一人就能兑换。"
    return Scene("还需再确认一次", lines, says)


def _limit(chosen: Chosen) -> Scene:
    """Return a sale that is one point above what a household may have a day."""
    limit = chosen["daily_limit"]
    if limit is None:
        return Scene("确认兑换", (("合计", "500"),), "一户一天兑换多少分，没有上限。")
    total = Points(limit + whole(1))
    return _quoted("确认兑换", (("合计", show(total)),), lambda: market.check_day(total, Points(0), limit))


def _ticket(chosen: Chosen) -> Scene:
    """Return until when a card that was scanned at noon counts."""
    until = _NOON + timedelta(seconds=chosen["ticket_seconds"])
    lines = (("扫卡", f"{_NOON:%H:%M:%S}"), ("最晚结算", f"{until:%H:%M:%S}"))
    return Scene("再晚一秒", lines, market.problems.TicketExpired().detail, refused=True)


def _hours(chosen: Chosen) -> Scene:
    """Return what the till says at night."""
    spans = market.read_hours(chosen["opening_hours"])
    if not spans:
        return Scene("确认兑换", (), "什么时间都可以兑换。")
    lines = tuple(
        (f"周{market.WEEKDAYS[one.weekday - 1]}", f"{one.opens:%H:%M}-{one.closes:%H:%M}") for one in spans
    )
    return Scene(
        "时间以外",
        lines,
        market.problems.WindowClosed(hours=market.hours_in_words(spans)).detail,
        refused=True,
    )


def _red(chosen: Chosen) -> Scene:
    """Return how many of three hundred households a draft takes."""
    wanted = chosen["red_places"]
    taken = boards.front_runners({f"{place:03}": place for place in range(1, 301)}, wanted)
    lines = tuple((f"第{place}名", "提名") for place in range(1, min(len(taken), 3) + 1))
    if len(taken) > 3:
        lines += ((f"到第{len(taken)}名", "提名"),)
    return Scene("荣誉积分排名", lines, f"提名{len(taken)}户，再逐户表决；末位并列的一起取，或一起不取。")


def _settling(chosen: Chosen) -> Scene:
    """Return what happens to three scores on the day after the last."""
    by_itself = chosen["settling"] == "by_itself"
    lines = (
        ("没有异议的2条", "自动入账" if by_itself else "等人办理"),
        ("有异议的1条", "等答复"),
    )
    says = (
        "期满第二天自动入账，写进日志，入账人记为程序自动。"
        if by_itself
        else "期满第二天起，有人在公示页办理才入账。"
    )
    return Scene("公示期满", lines, says)


def _floor(chosen: Chosen) -> Scene:
    """Return a balance of five of which eight are deducted."""
    left = "0" if chosen["deduction_floor"] == "stop_at_zero" else "−3"
    says = "扣到零为止，不欠积分。" if left == "0" else "先补上欠的3分，才能再兑换。"
    return Scene("可用积分", (("原有", "5"), ("扣分", "−8"), ("余", left)), says)


def _asked(chosen: Chosen) -> Scene:
    """Return by when a question of the first of September is answered, and by whom."""
    asked = _NOON.replace(day=1).date()
    due = working_days.term(asked, chosen["question_working_days"], working_days.Calendar()).earliest
    who = ANSWERING_ROLE.name(chosen["question_role"])
    lines = (("9月1日提问", f"由{who}答复"), ("最晚", day_in_words(due)))
    return Scene("待答复", lines, f"过了这一天没有答复，公开栏上写明已经过期，{who}的首页有提示。")


def _shown(chosen: Chosen) -> Scene:
    """Return until when a question that is answered on the first of September hangs."""
    answered = _NOON.replace(day=1).date()
    until = answered + timedelta(days=chosen["question_shown_days"])
    lines = (("9月1日答复", "一问一答上公开栏"), ("最后一天", day_in_words(until)))
    return Scene("公开的问答", lines, "第二天自动撤下，公开栏上不再有。")


def _period(chosen: Chosen) -> Scene:
    """Return two households of a quarter, of which one moved in for its last month."""
    rows = [
        *(
            boards.FrozenLine(f"2026-0{month}", "a", "household", None, 1000, 1000, 0, 1)
            for month in (7, 8, 9)
        ),
        boards.FrozenLine("2026-09", "b", "household", None, 2000, 2000, 0, 1),
    ]
    lines = {one.participant: one for one in boards.period_lines(rows, chosen["period_measure"])}
    words = (("三个月各10分", "a"), ("9月才来，20分", "b"))
    figures = tuple((who, f"{show(lines[key].figure)}分，第{lines[key].place}名") for who, key in words)
    return Scene("第三季度榜", figures, "同分同名次；已经定榜的不变。")


def _quoted(title: str, lines: tuple[tuple[str, str], ...], rule: Callable[[], object]) -> Scene:
    """Return a scene with the refusal of a rule."""
    try:
        rule()
    except Problem as problem:
        return Scene(title, lines, problem.detail, refused=True)
    return Scene(title, lines, "")


SCENES: Mapping[str, Callable[[Chosen], Scene]] = {
    "second_check_single": _single,
    "second_check_day": _day,
    "daily_limit": _limit,
    "ticket_seconds": _ticket,
    "opening_hours": _hours,
    "red_places": _red,
    "settling": _settling,
    "deduction_floor": _floor,
    "question_working_days": _asked,
    "question_role": _asked,
    "question_shown_days": _shown,
    "period_measure": _period,
}
"""By setting: what is seen of it elsewhere than on paper."""
