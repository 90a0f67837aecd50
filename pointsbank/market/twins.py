"""Goods of a table that seem to be on the shelf already, under another code or in another's row. Pure."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from pointsbank.market.goods import Goods
from pointsbank.spreadsheets import RowProblem
from pointsbank.spreadsheets.problems import row_in_words


def twins(rows: Sequence[Mapping[str, Any]], shelf: Collection[Goods]) -> Iterator[RowProblem]:
    """Yield new goods of a name and spec that others of the table have, or of the shelf that are not in it.

    A spec that is missing on one side is no difference; nor are leading noughts or capitals of a code.
    """
    here = {row["code"] for row in rows}
    known = {one.code for one in shelf}
    by_name, by_number = defaultdict(list), {}
    for one in shelf:
        if one.active and one.code not in here:
            by_name[one.name].append(one)
        by_number[_bare(one.code)] = one
    first: dict[str, Mapping[str, Any]] = {}
    named: dict[tuple[str, str], Mapping[str, Any]] = {}
    for row in rows:
        code = row["code"]
        twin = named.setdefault((row["name"], row["spec"]), row)
        if twin["code"] != code and not (code in known and twin["code"] in known):
            sentence = (
                f"和{row_in_words(twin['row'])}的名称、规格一样，编号不同。同一种商品请合成一行；"
                "不是同一种，请把规格写清楚。"
            )
            yield RowProblem(row["row"], "名称", sentence)
        if code in known:
            continue
        other = first.setdefault(_bare(code), row)
        if other["code"] != code:
            sentence = (
                f"{code}和{other['code']}只差{_apart_by(code, other['code'])}，像是同一个编号，请写成一样的。"
            )
            yield RowProblem(row["row"], "编号", sentence)
        same = next((one for one in by_name.get(row["name"], ()) if _is_same(one.spec, row["spec"])), None)
        near = by_number.get(_bare(code))
        if near is not None:
            is_letters = _apart_by(code, near.code) == "字母大小写"
            remedy = f"同一种商品请写成{near.code}" if is_letters else "请把这一列设为“文本”格式，补上0"
            sentence = (
                f"{code}和{near.code}只差{_apart_by(code, near.code)}，已有{near.code}{near.name}。"
                f"{remedy}；如果是另一种商品，请换一个编号。"
            )
            yield RowProblem(row["row"], "编号", sentence)
        elif same is not None:
            spec = f"（{same.spec}）" if same.spec else ""
            sentence = (
                f"货架上已有{same.code}{same.name}{spec}，这里是新编号{code}。"
                f"同一种商品请用{same.code}；不是同一种，请把规格写清楚。"
            )
            yield RowProblem(row["row"], "编号", sentence)


def swapped(rows: Sequence[Mapping[str, Any]], shelf: Collection[Goods]) -> Iterator[RowProblem]:
    """Yield known codes beside the name of other goods of the shelf: one column was sorted, or moved, alone.

    Goods of one name in several sizes are no others.
    """
    known = {one.code: one for one in shelf}
    codes = {one.name: one.code for one in shelf if one.active}
    for row in rows:
        before, other = known.get(row["code"]), codes.get(row["name"])
        if before is None or other is None or before.name == row["name"]:
            continue
        sentence = (
            f"{before.code}是{before.name}，这里写的是{row['name']}，它的编号是{other}。"
            "像是编号和名称错了行，请先核对。"
        )
        yield RowProblem(row["row"], "名称", sentence)


def _bare(code: str) -> str:
    """Return a code as people tell it from others: without leading noughts, in small letters."""
    return code.lstrip("0").casefold()


def _apart_by(one: str, other: str) -> str:
    """Return what two codes that are alike differ by.

    Example:
        >>> _apart_by("S01", "s01"), _apart_by("0101", "101")
        ('字母大小写', '前面的0')
    """
    return "字母大小写" if one.casefold() == other.casefold() else "前面的0"


def _is_same(one: str, other: str) -> bool:
    return one == other or not one or not other
