"""Numbers the rows of a list that came without: the same list again gets the same numbers. Pure."""

import re
from collections.abc import Callable, Collection, Hashable, Iterator, Mapping, Sequence
from typing import Any

from pointsbank.spreadsheets.problems import RowProblem, row_in_words


class Numbering:
    """Gives codes to rows that have none: that of what is known as the same, else the next free one."""

    def __init__(self, prefix: str, known: Mapping[str, Hashable]) -> None:
        """Begin behind the highest number in use.

        Args:
            prefix: of new codes, e.g. SP for SP01.
            known: what each code in use stands for.
        """
        self._prefix = prefix
        self._codes: dict[Hashable, list[str]] = {}
        for code, what in known.items():
            self._codes.setdefault(what, []).append(code)
        self._last = max(_numbers(prefix, known), default=0)

    def number(
        self, rows: Sequence[dict[str, Any]], what: Callable[[Mapping[str, Any]], Hashable], in_words: str
    ) -> tuple[list[str], list[RowProblem]]:
        """Give each row a "code"; return what was done in words, and rows that are two of one.

        Args:
            what: what a row stands for, as in `known`.
            in_words: what makes two rows the same, such as 名称和规格.
        """
        seen: dict[Hashable, int] = {}
        problems, new = [], []
        for row in rows:
            same = what(row)
            first = seen.setdefault(same, row["row"])
            codes = self._codes.get(same, [])
            if first is not row["row"]:
                sentence = f"{in_words}和{row_in_words(first)}相同，又没有编号，请删去一行，或加上编号。"
                problems.append(RowProblem(row["row"], "编号", sentence))
            elif len(codes) > 1:
                sentence = f"{in_words}相同的已有{'、'.join(codes[:3])}，看不出是哪一个，请加上编号。"
                problems.append(RowProblem(row["row"], "编号", sentence))
            elif codes:
                row["code"] = codes[0]
            else:
                self._last += 1
                row["code"] = f"{self._prefix}{self._last:02d}"
                new.append(row["code"])
        sentence = f"没有编号这一列，按{in_words}认原有的，新的编为{new[0]}至{new[-1]}。" if new else ""
        return [sentence] if sentence else [f"没有编号这一列，按{in_words}认原有的。"], problems


def _numbers(prefix: str, codes: Collection[str]) -> Iterator[int]:
    for code in codes:
        if found := re.fullmatch(rf"{prefix}([0-9]{{1,9}})", code):
            yield int(found[1])
