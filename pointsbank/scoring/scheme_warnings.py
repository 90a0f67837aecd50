"""What of a scheme's table should be looked at though its rows are sound. Pure: rows in, sentences out."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pointsbank.scoring import shapes
from pointsbank.scoring.limits import LIMIT, Scope, idle_limits
from pointsbank.scoring.values import VETO, Item
from pointsbank.spreadsheets.problems import row_in_words

_REACHED = re.compile("累计.*[0-9]|[达满].{0,3}[0-9]|[0-9].{0,4}以上")
_CAPPED_IN_TITLE = re.compile(
    "每.{0,3}(?:最[高多]|不超过|封顶|限[0-9一二两三])|(?:最[高多]|封顶).{0,6}[分次]"
)
_CAPPED = re.compile("最[高多]|不超过|上限|封顶|限[0-9一二两三]|累计")


def row_warnings(row: Mapping[str, Any]) -> Iterator[str]:
    """Yield what of a row should be looked at: a period without a cap, a cap in words that were not read."""
    where = row_in_words(row["row"])
    if row["cap_period"] and not _is_limited(row):
        yield f"{where}填了周期，没有填上限，按不限次数处理。"
    if row["direction"] == VETO and not row["consequence"]:
        yield f"{where}是一票否决，没有写后果，不能登记：请填后果：参评、兑换、红榜或荣誉称号。"
    if _CAPPED_IN_TITLE.search(row["title"]) and not _is_limited(row):
        yield f"{where}的条目里写着上限，没有按它算：请填到“周期”和“上限”。"
    if _CAPPED.search(row["standard"]) and row["cap_points"] is None and row["cap_times"] is None:
        yield f"{where}写着“{row['standard'][:40]}”，这一格没有读：有上限的，请填到“周期”和“上限”。"


def steps_apart(rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Yield rows whose titles differ by one number alone: each would count, where only the highest may."""
    alike: dict[str, list[int]] = {}
    for row in rows:
        if _REACHED.search(row["title"]) and not row["shape"]:
            alike.setdefault(re.sub(r"[0-9.]+", "#", row["title"]), []).append(row["row"])
    for numbers in alike.values():
        if len(numbers) > 1:
            named = "、".join(row_in_words(number) for number in numbers)
            yield f"{named}只差一个数，像是一个阶梯：分开写会各计一次。请合成一行，形状填阶梯。"


def titles_alike(rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Yield rows of one title: a table of scores that names it does not say which is meant."""
    titles: dict[str, list[int]] = {}
    for row in rows:
        titles.setdefault(row["title"], []).append(row["row"])
    for title_of, numbers in titles.items():
        if len(numbers) > 1:
            named = "、".join(row_in_words(number) for number in numbers)
            yield f"{named}都叫“{title_of[:30]}”：评分时按名称分不清，请改成不同的名称，或者一律用编号。"


def without_category(rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Yield how many rows have no category though one above has: no merged cell says that it is the same."""
    rows = [row for row in rows if row["shape"] != LIMIT]
    first = next((row["row"] for row in rows if row["category"]), None)
    blank = [row["row"] for row in rows if first is not None and not row["category"] and row["row"] > first]
    if blank:
        yield f"{row_in_words(blank[0])}等{len(blank)}行的类别空着，没有照上面一行填：同类的请写上类别。"


def _is_limited(row: Mapping[str, Any]) -> bool:
    """Return whether a row's period serves some limit."""
    return row["cap_points"] is not None or row["cap_times"] is not None or shapes.meant(row).uses_period


def limits_of_nothing(items: Sequence[Item]) -> Iterator[str]:
    """Yield limits that no item comes under: likely the category is spelt otherwise."""
    for item in idle_limits(items, filter(shapes.is_scored, items)):
        scope = Scope(item.category, item.direction)
        yield (
            f"“{item.title[:40]}”没有管到任何条目：细则里没有{scope.words}的条目，请核对类别和方向，"
            "管全部条目的类别写“全部”。"
        )
