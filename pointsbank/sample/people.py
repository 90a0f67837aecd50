"""Lists who lives in 茶源村: 20 groups, 1,149 households, 4,857 people, and the other participants."""

import csv
import io
from random import Random

from pointsbank.sample.names import HARD_NAMES, household_name

_BY_THE_RIVER = ("上湾组", "下湾组", "桥头组", "桥尾组", "大塘组", "小塘组", "水碓组", "河口组")
_ON_THE_HILLS = ("茶坪组", "茶岭组", "枫树组", "竹林组", "石门组", "高坡组", "长冲组")
_IN_THE_MIDDLE = ("油坊组", "祠堂组", "新屋组", "老屋组", "田心组")
GROUPS = (*_BY_THE_RIVER, *_ON_THE_HILLS, *_IN_THE_MIDDLE)
HOUSEHOLDS = 1149
PEOPLE = 4857
PARTY_MEMBERS = 26

_HEADINGS = ("户号", "户主", "小组", "人口", "类别", "地址")
_BESIDE = (
    ("ZB01", "中共茶源村支部委员会", "", 0, "党支部"),
    ("ZY01", "茶源村巾帼志愿服务队", "", 0, "志愿队"),
    ("ZY02", "茶源村青年志愿服务队", "", 0, "志愿队"),
    ("QY01", "茶源村茶叶专业合作社", "", 0, "企业"),
)


def roster_csv(seed: int, groups: int | None = None) -> bytes:
    """Return the roster as a committee would keep it in a table, the same for the same seed.

    Args:
        groups: only the first of them, 1 to 20; None for all.
    """
    known = GROUPS[:groups]
    draw = Random(seed)
    sheet = io.StringIO()
    writer = csv.writer(sheet)
    writer.writerow(_HEADINGS)
    sizes = iter(_household_sizes(draw))
    for number, count in enumerate(_group_sizes(draw), start=1):
        hard = HARD_NAMES.get(number, ())
        for place in range(1, count + 1):
            is_hard = place % 5 == 0 and place // 5 <= len(hard)
            name = hard[place // 5 - 1] if is_hard else household_name(draw)
            group = GROUPS[number - 1]
            size = next(sizes)
            if group in known:
                writer.writerow((f"{number:02d}{place:03d}", name, group, size, "户", f"{group}{place}号"))
    for place in range(1, PARTY_MEMBERS + 1):
        writer.writerow((f"D{place:03d}", household_name(draw), draw.choice(known), 0, "党员", ""))
    for code, name, group, people, kind in _BESIDE:
        writer.writerow((code, name, group, people, kind, ""))
    return sheet.getvalue().encode()


def _group_sizes(draw: Random) -> list[int]:
    """Return the number of households of each group: near the average, in total exactly the village."""
    sizes = [HOUSEHOLDS // len(GROUPS) + draw.randint(-14, 14) for _ in GROUPS]
    return _adjusted(sizes, HOUSEHOLDS, draw, minimum=30, maximum=80)


def _household_sizes(draw: Random) -> list[int]:
    """Return the number of people of each household: mostly 3 to 5, in total exactly the village."""
    sizes = draw.choices(range(1, 10), weights=(5, 10, 19, 25, 20, 12, 5, 3, 1), k=HOUSEHOLDS)
    return _adjusted(sizes, PEOPLE, draw, minimum=1, maximum=9)


def _adjusted(sizes: list[int], total: int, draw: Random, *, minimum: int, maximum: int) -> list[int]:
    """Return the sizes moved one at a time, within bounds, until they make the total."""
    while (difference := total - sum(sizes)) != 0:
        place, step = draw.randrange(len(sizes)), 1 if difference > 0 else -1
        if minimum <= sizes[place] + step <= maximum:
            sizes[place] += step
    return sizes
