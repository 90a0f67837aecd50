"""The statement of a household that does not exist, with so many entries."""

from itertools import accumulate, cycle, islice

from pointsbank.sheets.passbook.sums import add_up
from pointsbank.sheets.passbook.values import Passbook, Row, Seal, Words
from pointsbank.text import Replaceable

_DEEDS = (
    ("参加村里组织的义务劳动（清理河道）", 200, 200),
    ("垃圾分类合格", 200, 200),
    ("兑换：食用油5L×1，食盐×3", -300, None),
    ("门前杂物堆放，三次提醒未清理（已更正）", -100, -100),
)
_OPENING = 1000


def example(households: int) -> Passbook:
    """Return the statement of one household with so many entries; on small paper from thirty on."""
    deeds = list(islice(cycle(_DEEDS), households))
    points = list(accumulate((deed[1] for deed in deeds), initial=_OPENING))[1:]
    honour = list(accumulate((deed[2] or 0 for deed in deeds), initial=_OPENING))[1:]
    rows = tuple(
        Row(100 + 7 * place, f"9月{place % 30 + 1}日", why, came, points[place], honoured, honour[place])
        for place, (why, came, honoured) in enumerate(deeds)
    )
    code = f"pointsbank-anchor-v1:chayuan:2026-09:1234:{'0123456789abcdef' * 4}"
    moved = [(deed[1], left) for deed, left in zip(deeds, points, strict=True)]
    honoured_moves = [(deed[2] or 0, left) for deed, left in zip(deeds, honour, strict=True)]
    seal = Seal("48213 95772 01948 37561 02938 47561", code) if rows else None
    sealed = Words.SEALED.format(index=rows[-1].index, month="2026年9月") if rows else ""
    return Passbook(
        village="茶源村",
        household=Replaceable("王建国", "户号0101"),
        code="0101",
        cards="012 345 674",
        span="2026年第三季度",
        printed="2026年10月3日10:25",
        points=add_up(_OPENING, moved, (points or [_OPENING])[-1]),
        honour=add_up(_OPENING, honoured_moves, (honour or [_OPENING])[-1]),
        rows=rows,
        lapses="您家的51.25分到2027年1月10日清零，要换东西的请在那以前换。超市开放：周五08:30-11:30。",
        channel=Words.CHANNEL.format(phone=Words.PHONE.format(phone="0855-1234567"), days=7),
        proof=sealed or str(Words.NOT_SEALED),
        seal=seal,
        is_small=households >= 30,
    )
