"""Goods: what they cost and how many there are to begin with."""

from collections.abc import Mapping, Sequence

from pointsbank import approvals, market
from pointsbank.imports.base import Import, Place
from pointsbank.staff import Permission


def _samples(_place: Place) -> Sequence[Mapping[str, str]]:
    rice = {"名称": "大米", "规格": "5公斤", "积分": "38", "库存": "20", "每户每月限量": "1", "类别": "粮油"}
    return [rice, {"名称": "牙膏", "规格": "120克", "积分": "12", "库存": "50", "类别": "日用品"}]


IMPORT = Import(
    name="goods",
    order=3,
    title="商品",
    about=(
        "一行一种：名称、规格、积分、库存。没有编号的自动编。库存只对新商品生效；降价和放宽限量要到“商品”页去改，"
        "还有库存的商品改名称、规格，导入后成为申请，都由另一位确认。"
    ),
    permission=Permission.GOODS_CHANGE,
    columns=market.GOODS_COLUMNS,
    take=approvals.import_goods,
    rows=2_000,
    confirms=True,
    opens="goods",
    samples=_samples,
)
