"""The balances with which a village begins."""

from collections.abc import Mapping, Sequence

from pointsbank import approvals, roster
from pointsbank.approvals import BalancesRequested
from pointsbank.imports.base import Import, Place
from pointsbank.spreadsheets import Imported
from pointsbank.staff import Permission


def _samples(_place: Place) -> Sequence[Mapping[str, str]]:
    return [
        {"户主": "王建国", "积分": "120", "荣誉": "300", "说明": "旧账本结转"},
        {"户主": "李秀英", "积分": "80.5", "荣誉": "80.5"},
    ]


def _request_of(done: Imported) -> str:
    return done.request.id if isinstance(done, BalancesRequested) else ""


IMPORT = Import(
    name="balances",
    order=4,
    title="期初积分",
    about="一行一户：户号、积分、荣誉。每户只能导入一次；村里已经有评分或兑换入账的，导入后成为申请，由另一位确认。",
    permission=Permission.BALANCES_OPEN,
    columns=roster.BALANCE_COLUMNS,
    take=approvals.import_balances,
    rows=6_000,
    confirms=True,
    opens="roster_list",
    request_of=_request_of,
    samples=_samples,
)
