"""Compares the code of each row of a table with the roster, and the name that somebody wrote beside it."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping

from sqlmodel import Session

from pointsbank.roster.comparing import bare_code, near_codes
from pointsbank.roster.participants import by_codes, everyone
from pointsbank.roster.stored import Participant
from pointsbank.spreadsheets import RowProblem

_MARKS = re.compile(r"[\s·•.．・]|[（(].*[）)]$")

Named = tuple[int, str, str | None]
"""A row's number, its code, and the name beside it where there is one."""


def naming_problems(
    session: Session, *, village: str, rows: Collection[Named], column: str = "户号"
) -> list[RowProblem]:
    """Return what is wrong with rows whose code nobody has, or whose name is not that of the code.

    Each says who is likely meant: a code that differs by leading noughts, or the codes that have the name.

    Example:
        roster.naming_problems(session, village="cy", rows=[(2, "0102", "张文远")])
    """
    known = by_codes(session, village=village, codes={code for _, code, _ in rows})
    wrong = [row for row in rows if not _agrees(row, known)]
    if not wrong:
        return []
    return list(_problems(wrong, known, everyone(session, village=village), column))


def _agrees(row: Named, known: Mapping[str, Participant]) -> bool:
    _, code, name = row
    person = known.get(code)
    if person is None:
        return False
    return not name or person.erased or _bare(name) == _bare(person.name)


def _problems(
    wrong: Collection[Named], known: Mapping[str, Participant], people: Collection[Participant], column: str
) -> Iterator[RowProblem]:
    """Yield a problem a row."""
    near = near_codes([person.code for person in people])
    by_name = defaultdict(list)
    for person in people:
        by_name[_bare(person.name)].append(person.code)
    names = {person.code: person.name for person in people}
    for number, code, name in wrong:
        others = by_name.get(_bare(name), []) if name else []
        has = f"{name}在花名册里是{'、'.join(others[:3])}。" if others else ""
        if code in known:
            sentence = f"户号{code}在花名册里是{known[code].name}，这里写的是{name}。{has}请核对是否错行。"
            yield RowProblem(number, "户主", sentence)
        elif likely := near.get(bare_code(code)):
            sentence = (
                f"没有户号{code}，花名册里有{likely[0]}{names[likely[0]]}：像是 Excel 去掉了前面的0。"
                "请把这一列设为“文本”格式，补上0。"
            )
            yield RowProblem(number, column, sentence)
        else:
            yield RowProblem(number, column, f"花名册里没有户号{code}，{has}请先导入花名册或改正户号。")


def _bare(name: str) -> str:
    """Return a name without marks and remarks that people write in several ways."""
    return _MARKS.sub("", name)
