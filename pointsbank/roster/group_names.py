"""Groups as a roster's file names them: one spelling for each, and names that are nearly another's. Pure."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from pointsbank.spreadsheets import RowProblem, group_key
from pointsbank.text import narrow

_NUMERALS = frozenset("0123456789０１２３４５６７８９〇零一二三四五六七八九十廿卅百第")


def one_spelling(rows: Sequence[dict[str, Any]], groups: Collection[str]) -> list[str]:
    """Give each group in the rows the one name that the village has, or the file uses first; say which.

    Args:
        groups: names of the village's groups.
    """
    names = {group_key(name): name for name in reversed(list(groups))}
    sentences: dict[str, None] = {}
    known: dict[str, str] = {}
    for row in rows:
        written = row["group"]
        if written is None:
            continue
        name = known.get(written) or known.setdefault(written, names.setdefault(group_key(written), written))
        if name != written:
            sentences[f"小组“{written}”读作“{name}”。"] = None
            row["group"] = name
    return list(sentences)


def group_problems(rows: Sequence[Mapping[str, Any]], groups: Collection[str]) -> Iterator[RowProblem]:
    """Yield new groups in whose cell stands who leads them, or a telephone: 一组（组长：李四）.

    Args:
        groups: names of the village's groups.
    """
    asked = set(groups)
    for row in rows:
        name = row["group"]
        if name is not None and name not in asked and _MORE_THAN_A_GROUP.search(narrow(name)):
            asked.add(name)
            sentence = f"“{name[:30]}”不只是小组的名称：这一列只写小组，组长和电话请另写一列。"
            yield RowProblem(row["row"], "小组", sentence)


_MORE_THAN_A_GROUP = re.compile("[:;,、]|组长|队长|网格[员长]|[0-9]{7}")


def near_groups(rows: Sequence[Mapping[str, Any]], groups: Collection[str]) -> Iterator[RowProblem]:
    """Yield rows of a group that there is not yet, which is called as another but for some words.

    Words before, as in 茶源村一组, or behind, as in 一组（东）; in this name or in the other.

    Args:
        groups: names of the village's groups.
    """
    written = dict.fromkeys(row["group"] for row in rows if row["group"])
    shorter = {name: _without_words(name) for name in dict.fromkeys([*groups, *written])}
    asked = set[str]()
    for row in rows:
        name = row["group"]
        if name is None or name in groups or name in asked:
            continue
        known = next((one for one in shorter if one != name and _are_near(name, one, shorter)), None)
        # Of two that are both new the longer name is asked about, once.
        if known is not None and (known in groups or len(known) < len(name)):
            asked.add(name)
            sentence = (
                f"小组“{name}”还没有，像是“{known}”。是同一个小组，请写成“{known}”；不是，就是一个新的小组。"
            )
            yield RowProblem(row["row"], "小组", sentence)


def _are_near(one: str, other: str, shorter: Mapping[str, Collection[str]]) -> bool:
    return group_key(one) in shorter[other] or group_key(other) in shorter[one]


def _without_words(name: str) -> set[str]:
    """Return what a group is without words before it or behind it.

    Example:
        >>> sorted(_without_words("一组（东）")), _without_words("十一组")
        (['(东)', ')', '1组', '东)'], set())
    """
    tidy = narrow(name)
    bare = re.split(r"[(\[【\-—_·]", tidy)[0]
    ends = {tidy, bare, *(tidy[: found.end()] for found in _GROUP_WORD.finditer(tidy))}
    return {
        group_key(end[start:])
        for end in ends
        for start in range(len(end))
        if not start or end[start - 1] not in _NUMERALS
    } - {group_key(name), ""}


_GROUP_WORD = re.compile("村民小组|小组|生产队|组|队|网格|片区?")
