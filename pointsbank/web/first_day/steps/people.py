"""The people: the roster, from the table that the village has."""

from pointsbank.staff import Permission
from pointsbank.web.first_day.step import Facts, Step


def _is_done(facts: Facts) -> bool:
    return facts.has_people


STEP = Step(
    order=2,
    title="花名册",
    purpose="把村里现成的花名册表格（户号、户主、小组、人口）传上来，先看一遍认到了什么，再导入。",
    permission=Permission.ROSTER_CHANGE,
    endpoint="one_import",
    arguments={"what": "roster"},
    imports="roster",
    pages=frozenset({"roster_list"}),
    is_done=_is_done,
)
