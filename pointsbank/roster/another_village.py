"""Asks whether a table is meant for this village, where its title names another one."""

from collections.abc import Iterator

from sqlmodel import Session

from pointsbank import villages
from pointsbank.spreadsheets import Parsed, RowProblem, another_village


def of_another_village(session: Session, parsed: Parsed, *, village: str) -> Iterator[RowProblem]:
    """Yield a question where the lines above a table, its sheets or its rows name another one.

    Raises:
        VillageUnknown: there is no such village (raised by `villages.get`).

    Example:
        asked += of_another_village(session, parsed, village="chayuan")
    """
    own = villages.get(session, village).name
    if named := another_village(parsed.titles, own):
        yield RowProblem(parsed.header_row, "", f"表上面写的是{named}，这里是{own}：请核对是不是选错了文件。")
    elif named := next((one for one in parsed.villages if another_village([one], own)), None):
        sentence = f"有的行写的是{named[:20]}，这里是{own}：请核对是不是选错了文件，别村的行请删去。"
        yield RowProblem(parsed.header_row, "", sentence)
