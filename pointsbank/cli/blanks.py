"""Writes the empty table of an import: sample rows, and the village's own groups and items to choose from."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from sqlmodel import Session

from pointsbank import dates, market, roster, scoring, villages
from pointsbank.cli.answers import echo_result
from pointsbank.cli.context import CliContext
from pointsbank.spreadsheets import Column, blank_table

COLUMNS: Mapping[str, Sequence[Column]] = {
    "roster": roster.ROSTER_COLUMNS,
    "balances": roster.BALANCE_COLUMNS,
    "goods": market.GOODS_COLUMNS,
    "scores": scoring.SCORE_COLUMNS,
}
"""The columns of each import that has such a table; a scheme has one of its own, with every shape."""


def write_blank(context: CliContext, what: str, file: Path) -> None:
    """Write the empty table of an import and say where.

    Raises:
        VillageUnknown, NoVillage, VillageNotNamed: as `CliContext.village`.
    """
    today = dates.day_of(context.now)
    with context.database.reading() as session:
        village = context.village(session)
        groups = [group.name for group in villages.groups(session, village=village)]
        items = _items(context, session, village)
    samples = {
        "roster": [
            {"户主": "王建国", "小组": (groups or ["一组"])[0], "人口": "4"},
            {"户主": "李秀英", "小组": (groups or ["一组"])[-1], "人口": "3", "地址": "坡上3号"},
        ],
        "balances": [
            {"户主": "王建国", "积分": "120", "荣誉": "300", "说明": "旧账本结转"},
            {"户主": "李秀英", "积分": "80.5", "荣誉": "80.5"},
        ],
        "goods": [
            {
                "名称": "大米",
                "规格": "5公斤",
                "积分": "38",
                "库存": "20",
                "每户每月限量": "1",
                "类别": "粮油",
            },
            {"名称": "牙膏", "规格": "120克", "积分": "12", "库存": "50", "类别": "日用品"},
        ],
        "scores": [
            {"户主": "王建国", "条目": (items or ["参加环境清扫"])[0], "日期": today.isoformat()},
            {
                "户主": "李秀英",
                "条目": (items or ["邻里帮扶"])[-1],
                "日期": today.isoformat(),
                "说明": "帮收稻",
            },
        ],
    }[what]
    lists = {"roster": {"小组": groups}, "scores": {"条目": items}}.get(what, {})
    file.write_bytes(blank_table(file.name, COLUMNS[what], samples, lists))
    words = f"带样例的空表已写到 {file}。样例两行导入时不读，可以删去。"
    echo_result(context.as_json, {"file": str(file), "columns": [one.title for one in COLUMNS[what]]}, words)


def _items(context: CliContext, session: Session, village: str) -> list[str]:
    """Return the titles of the items in force today; none while no scheme is adopted."""
    try:
        return [item.title for item in scoring.items(session, village=village, day=dates.day_of(context.now))]
    except scoring.problems.SchemeUnknown:
        return []
