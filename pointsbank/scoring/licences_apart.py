"""Rows of a scheme's table that take deductions from two accounts at once. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pointsbank.scoring.named_kinds import kinds_of
from pointsbank.spreadsheets import RowProblem
from pointsbank.spreadsheets.problems import row_in_words


def licences_apart(rows: Sequence[Mapping[str, Any]]) -> Iterator[RowProblem]:
    """Yield rows of 期满清零 for whom another row has some: a deduction is of one account.

    Example:
        list(licences_apart(parsed.rows))  # [RowProblem(5, "期满", "第3行也是…")]
    """
    taken: dict[str, Any] = {}
    for row in rows:
        if not row["at_period_end"]:
            continue
        kinds = kinds_of(row["applies_to"]) or {"household"}
        if before := next((taken[kind] for kind in sorted(kinds) if kind in taken), None):
            sentence = (
                f"{row_in_words(before)}也是发给同一类对象、期满清零的基础分，扣分从哪一份里扣分不清："
                "请只留一行，另一行的期满留空。"
            )
            yield RowProblem(row["row"], "期满", sentence)
        taken |= dict.fromkeys(kinds, row["row"])
