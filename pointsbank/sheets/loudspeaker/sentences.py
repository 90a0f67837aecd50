"""Makes the sentences that are read aloud: short, figures in characters, nobody named who did not agree.

Long lists are summed up until the whole takes three minutes at most.
"""

from collections.abc import Iterator, Sequence

from pointsbank import spoken
from pointsbank.market import WEEKDAYS, Hours
from pointsbank.sheets.loudspeaker.values import Facts, LeftOver, OnDisplay, Praised
from pointsbank.year_end import CEILING, TO_HONOUR

MAXIMUM = 700
"""Characters: some three minutes."""

_NAMED, _PAPERS, _GOODS, _SPANS = 12, 3, 3, 4
_WORD = 24
"""Characters of a name, title or place; what is longer is cut."""


def sentences_of(facts: Facts) -> tuple[str, ...]:
    """Return a month's text, sentence by sentence, `MAXIMUM` characters at most.

    Example:
        sentences_of(facts)[0]  # "茶源村的乡亲们，大家好。"
    """
    # Fewer names, papers and goods are read one by one, until it fits.
    for fewer in range(_NAMED + 1):
        found = tuple(_sentences(facts, fewer))
        if sum(map(len, found)) <= MAXIMUM:
            break
    return found


def _sentences(facts: Facts, fewer: int) -> Iterator[str]:
    """Yield the sentences in their order, with so many fewer of what is read one by one."""
    yield f"{_word(facts.village) or '全村'}的乡亲们，大家好。"
    yield f"现在播报{spoken.month(facts.month)}的积分公开情况。"
    yield from _figures(facts)
    yield from _red(facts.red, max(0, _NAMED - fewer))
    yield from _notices(facts, max(0, _PAPERS - fewer))
    yield from _shop(facts, max(0, _GOODS - fewer), max(0, _SPANS - fewer // 3))
    if facts.meeting_on is not None:
        place = _word(facts.place)
        yield f"下一次评议会，{spoken.day(facts.meeting_on)}开{f'，在{place}' if place else ''}。"
        yield "做了好事要申报的，请在会前告诉小组长或者村委会。"
    yield from _left_over(facts.left_over)
    yield "以上内容，以墙上张贴的为准。"
    yield "播报完了，谢谢大家。"


def _left_over(found: LeftOver | None) -> Iterator[str]:
    """Yield what becomes of the year's points soon, and that they can be used until then."""
    if found is None:
        return
    day = spoken.day(found.due_on)
    what = {
        TO_HONOUR: f"{day}要折成荣誉积分",
        CEILING: f"{spoken.amount(found.ceiling or 0)}以内留用，多出的{day}要清零",
    }.get(found.kind, f"{day}要清零")
    yield f"还要提醒大家，{spoken.digits(str(found.year))}年没有用完的可用积分，{what}。"
    yield "请在那以前到文明超市换东西，自己家有多少，看对账条，或者扫积分卡。"


def _figures(facts: Facts) -> Iterator[str]:
    """Yield what was posted and redeemed, where anything was."""
    month = spoken.month(facts.month)
    if facts.households:
        scored = spoken.measured(facts.households, "户")
        yield f"{month}，有{scored}得了积分，一共发放{spoken.amount(facts.issued)}。"
    else:
        yield f"{month}，还没有入账的积分。"
    if facts.redeemed:
        yield f"文明超市一共兑换了{spoken.amount(facts.redeemed)}。"


def _red(red: Sequence[Praised], named: int) -> Iterator[str]:
    """Yield the red board: who is named in full or by the surname, and how many more there are."""
    if not red:
        return
    yield f"上红榜的有{spoken.measured(len(red), '户')}，向他们学习。"
    read = red[:named]
    for one in read:
        yield f"{_who(one)}。"
    if read and len(red) > len(read):
        yield f"还有{spoken.measured(len(red) - len(read), '户')}，请看墙上的红榜。"
    elif not read:
        yield "是哪几户，请看墙上的红榜。"


def _who(one: Praised) -> str:
    """Return one of the red board as it is spoken.

    Example:
        >>> from pointsbank.law import NOTHING
        >>> [_who(one) for one in (Praised(NOTHING, surname="欧阳"), Praised(NOTHING))]
        ['欧阳姓一户', '有一户，不报姓名']
    """
    group, name, surname = _word(one.group), _word(one.name or ""), _word(one.surname)
    before = f"{group}，" if group else ""
    if name:
        return f"{before}{name}"
    if surname:
        return f"{before}{surname}姓一户"
    return f"{before}有一户，不报姓名"


def _notices(facts: Facts, read: int) -> Iterator[str]:
    """Yield what hangs in notice, until when, and how to object."""
    if not facts.notices:
        return
    for one in facts.notices[:read]:
        yield _on_display(one)
    others = len(facts.notices) - read
    if others > 0:
        also = "另外" if read else ""
        yield f"{also}还有{spoken.measured(others, '份')}公示贴在墙上。"
    days = spoken.measured(facts.working_days, "个")
    yield "有不同意见的，可以找村委会或者村务监督委员会，当面说、写下来都行。"
    phone = spoken.telephones(facts.phone)
    yield f"{days}工作日里书面答复{f'，电话{phone}' if phone else ''}。"


def _on_display(one: OnDisplay) -> str:
    """Return one paper and its last day."""
    return f"{_word(one.title) or '评议结果公示'}，贴到{spoken.day(one.ends_on)}。"


def _shop(facts: Facts, goods: int, spans: int) -> Iterator[str]:
    """Yield when the shop is open, and which prices changed."""
    found = [f"{days}{times}" for days, times in _together(facts.hours)]
    if found:
        more = "，其余请看门口的告示" if len(found) > spans else ""
        read = "，".join(found[:spans])
        yield f"文明超市的兑换时间，{read}{more}。" if read else "文明超市的兑换时间，请看门口的告示。"
    if not facts.prices:
        return
    yield f"{spoken.month(facts.month)}有{spoken.measured(len(facts.prices), '种')}商品调了积分价。"
    for name, price in facts.prices[:goods]:
        yield f"{_word(name) or '一种商品'}，现在{spoken.amount(price)}。"
    if len(facts.prices) > goods:
        yield "其余的请看货架上的标价。" if goods else "请看货架上的标价。"


def _together(hours: Sequence[Hours]) -> list[tuple[str, str]]:
    """Return the days of the week on which the shop is open alike, together, each with its times."""
    by_day: dict[int, list[str]] = {}
    for one in sorted(hours):
        span = f"{spoken.clock(one.opens)}至{spoken.clock(one.closes)}"
        by_day.setdefault(one.weekday, []).append(span)
    by_times: dict[str, list[str]] = {}
    for weekday, times in by_day.items():
        by_times.setdefault("、".join(times), []).append(_weekday(weekday))
    if any(len(days) == 7 for days in by_times.values()):
        return [("每天", times) for times in by_times]
    return [("、".join(days), times) for times, days in by_times.items()]


def _weekday(weekday: int) -> str:
    """Return a day of the week, 1 Monday … 7 Sunday, as it is spoken."""
    return "星期天" if weekday == 7 else f"星期{WEEKDAYS[weekday - 1]}"


def _word(text: str) -> str:
    """Return words of the village's own as they are read aloud, cut where they are long."""
    return spoken.aloud(text)[:_WORD].strip("，。、；：？！")
