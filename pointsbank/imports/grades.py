"""Tables of bands: in force with their resolution and day."""

from collections.abc import Mapping, Sequence

from pointsbank import grades
from pointsbank.imports.base import Import, Place
from pointsbank.staff import Permission


def _samples(_place: Place) -> Sequence[Mapping[str, str]]:
    first = {"表名": "星级文明户", "给谁评": "户", "多久评一次": "年", "按什么评": "荣誉合计"}
    return [
        {**first, "等级": "五星", "标志": "五星", "分数段": "100以上", "怎么做": "表彰"},
        {"表名": "星级文明户", "等级": "不评星", "分数段": "低于100"},
    ]


IMPORT = Import(
    name="grades",
    order=6,
    title="等级表",
    about="一行一档：表名、等级、分数段；给谁评、多久评一次、按什么评写在第一行。写明决议和日期，导入就施行。",
    permission=Permission.SCHEME_ADOPT,
    columns=grades.GRADE_COLUMNS,
    take=grades.import_tables,
    rows=200,
    asks=("resolution", "from_date"),
    opens="grade_list",
    samples=_samples,
)
