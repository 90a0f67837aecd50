"""The goods: what points buy."""

from pointsbank.staff import Permission
from pointsbank.web.first_day.step import Facts, Step


def _is_done(facts: Facts) -> bool:
    return facts.has_goods


STEP = Step(
    order=4,
    title="商品",
    purpose="把文明超市的商品表（名称、规格、积分、库存）传上来，也可以一种一种上架。",
    permission=Permission.GOODS_CHANGE,
    endpoint="goods",
    imports="goods",
    pages=frozenset({"one_goods"}),
    is_done=_is_done,
)
