"""The value of a price list on paper and its fixed wording."""

from dataclasses import dataclass
from enum import StrEnum

from pointsbank.law import Cleared
from pointsbank.sheets.base import SheetValue


class Words(StrEnum):
    """Fixed wording of the list."""

    TITLE = "积分兑换价目表"
    DAY = "{day}的价目"
    OTHER = "其他"
    LIMIT = "每户每月限{count}件"
    HOURS = "营业时间"
    NO_HOURS = "超市没有规定开门时间，去之前先问一声村委会。"
    CARD = "带上积分卡，到文明超市由店员扫码兑换。"
    SCAN = "扫码看现在的价目"
    EMPTY = "超市还没有商品。"


@dataclass(frozen=True, slots=True)
class WallOffer:
    """One line: goods, their spec, the price in points, the limit and prices to come in words."""

    name: Cleared
    spec: Cleared
    price: str
    limit: str
    coming: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WallCategory:
    """The goods of a category; its title is nothing where there is no other."""

    title: Cleared
    offers: tuple[WallOffer, ...]


@dataclass(frozen=True, slots=True)
class WallPrices(SheetValue):
    """What lies on the shelf on a day, by category; `code` is the address of the public price list."""

    village: Cleared
    day: str
    hours: str
    categories: tuple[WallCategory, ...]
    code: str
    on_a3: bool = False

    @property
    def description(self) -> str:
        """Which day's list it is."""
        return f"{Words.DAY.format(day=self.day)}表"

    @property
    def facts(self) -> dict[str, object]:
        """How many kinds of goods stand on it."""
        return {"goods": sum(len(one.offers) for one in self.categories)}
