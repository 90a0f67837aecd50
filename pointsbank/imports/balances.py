"""The balances with which a village begins."""

from collections.abc import Mapping, Sequence

from pointsbank import governing, roster
from pointsbank.imports.base import Import, Place
from pointsbank.staff import Permission


def _samples(_place: Place) -> Sequence[Mapping[str, str]]:
    return [
        {"户主": "王建国", "积分": "120", "荣誉": "300", "说明": "旧账本结转"},
        {"户主": "李秀英", "积分": "80.5", "荣誉": "80.5"},
    ]


IMPORT = Import(
    name="balances",
    order=4,
    title="期初积分",
    about="一行一户：户号、积分、荣誉。每户只能导入一次；已经有评分或兑换入账的村，不能由一个人导入。",
    permission=Permission.BALANCES_OPEN,
    columns=roster.BALANCE_COLUMNS,
    take=governing.import_balances,
    rows=6_000,
    opens="roster_list",
    samples=_samples,
)
