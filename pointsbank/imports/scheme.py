"""The scheme: a draft, or with resolution and day the version in force."""

from collections.abc import Mapping, Sequence

from pointsbank import scoring
from pointsbank.imports.base import Import, Place
from pointsbank.staff import Permission


def _samples(_place: Place) -> Sequence[Mapping[str, str]]:
    return [
        {"类别": "环境卫生", "条目": "参加环境清扫", "方向": "加分", "分值": "5", "周期": "月", "上限": "20"},
        {"类别": "志愿服务", "条目": "参加志愿服务", "方向": "加分", "分值": "2", "单位": "小时"},
    ]


IMPORT = Import(
    name="scheme",
    order=2,
    title="积分细则",
    about="一行一个条目：条目、加分还是扣分、分值。没有编号的自动编。写明决议和日期就生效，不写就存为草案。",
    permission=Permission.SCHEME_ADOPT,
    columns=scoring.SCHEME_COLUMNS,
    take=scoring.import_scheme,
    rows=2_000,
    confirms=True,
    asks=("resolution", "from_date", "unpublished"),
    opens="scheme",
    samples=_samples,
    lists=lambda place: {"现行条目": place.items},
)
