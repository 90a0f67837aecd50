"""The roster: households and whoever else has an account."""

from collections.abc import Mapping, Sequence

from pointsbank import roster
from pointsbank.imports.base import Import, Place
from pointsbank.staff import Permission


def _samples(place: Place) -> Sequence[Mapping[str, str]]:
    return [
        {"户主": "王建国", "小组": place.first_group, "人口": "4"},
        {"户主": "李秀英", "小组": place.last_group, "人口": "3", "地址": "坡上3号"},
    ]


IMPORT = Import(
    name="roster",
    order=1,
    title="花名册",
    about="一行一户：户号、户主、小组、人口。没有的小组自动建立，已有的户按户号更新，不会删除谁。",
    permission=Permission.ROSTER_CHANGE,
    columns=roster.ROSTER_COLUMNS,
    take=roster.import_roster,
    rows=6_000,
    confirms=True,
    opens="roster_list",
    samples=_samples,
    lists=lambda place: {"小组": place.groups},
)
