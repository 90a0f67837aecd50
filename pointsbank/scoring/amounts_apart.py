"""Tables in which what is added and what is taken away stand in columns of their own: 加分, 扣分. Pure."""

from collections.abc import Sequence
from typing import Any

from pointsbank.spreadsheets import RowProblem, WrittenPoints


def one_amount(rows: Sequence[dict[str, Any]]) -> list[RowProblem]:
    """Give every row the points of its 加分 or 扣分, where these are columns; return rows that fill both.

    What stands under 扣分 is taken away, with its own minus sign or without.
    """
    problems = []
    for row in rows:
        plus, minus = row.pop("plus", None) or 0, row.pop("minus", None) or 0
        if not plus and not minus:
            continue
        given = row["points"]
        if plus and minus:
            problems.append(
                RowProblem(row["row"], "加分", "加分和扣分都填了，一行只能是一件事，请分成两行。")
            )
        elif plus < 0:
            problems.append(RowProblem(row["row"], "加分", "加分这一列里是负数，扣的分请填到“扣分”这一列。"))
        else:
            amount = WrittenPoints(plus or -abs(minus))
            amount.sign = "+" if plus else "-"
            if given is not None and given not in (amount, abs(amount)):
                problems.append(RowProblem(row["row"], "分值", "和加分、扣分两列写的不一样，请核对。"))
            row["points"] = amount
    return problems
