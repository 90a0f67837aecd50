"""What entries about goods say of the rows: what they are, and what they cost from when on."""

from collections.abc import Iterator

from pointsbank.naming import Stated, Words


def stated_of_prices(words: Words) -> Iterator[Stated]:
    """Yield the prices that were set: of which goods, the how many-th, how much, from when on, by whom."""
    for goods, _, position, points in words["prices"]:
        stated = {"goods_id": goods, "position": position, "points": points, "set_by": words["actor"]}
        yield Stated({**stated, "valid_from": words["valid_from"]})


def stated_of_goods(words: Words) -> Iterator[Stated]:
    """Yield what goods are called from now on, their category and their monthly limit."""
    for goods, code, _, _, (name, spec, category, limit) in words["goods"]:
        described = {"name": name, "spec": spec, "category": category, "limit_per_month": limit}
        offered = {"active": words["active"]} if "active" in words else {}
        yield Stated({"id": goods, "code": code, **described, **offered})


def stated_of_new_goods(words: Words) -> Iterator[Stated]:
    """Yield goods that got a price, of new ones also what they are; entries of the first days say less."""
    for goods, code, *_ in words["prices"]:
        yield Stated({"id": goods, "code": code})
    for goods, code, name, spec, category, limit, *_ in words.get("added", ()):
        described = {"name": name, "spec": spec, "category": category, "limit_per_month": limit}
        yield Stated({"id": goods, "code": code, **described})
