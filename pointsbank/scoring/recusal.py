"""Who is recused from whom: a judge from their own household and from near relatives', as they were then.

Pure: names and ids in, names out. What a meeting began with is read by `attendance`.
"""

from collections.abc import Sequence
from typing import NamedTuple

from pointsbank.errors import Invalid


class SeatedJudge(NamedTuple):
    """A judge's name and the ids of the participants whom they do not judge: their own, and relatives'."""

    name: str
    households: frozenset[str] = frozenset()


class NobodyLeft(Invalid):
    """Everybody who is present is recused from this household."""

    code = "nobody_left_to_judge"
    sentence = "在场评议员都要回避这一户，请换人评议，或者下次再评。"
    fixed_by = "村委"
    at = ("codes", "participant")


def recused_from(judges: Sequence[SeatedJudge], participant: str) -> list[str]:
    """Return the names of the judges who leave a participant (id) to the others, in their order.

    Args:
        judges: who is present; who is absent neither judges nor is recused.

    Raises:
        NobodyLeft: no judge is left.

    Example:
        >>> long, hao = SeatedJudge("龙凤泉", frozenset({"k2", "k3"})), SeatedJudge("郝田发")
        >>> recused_from([long, hao], "k3"), recused_from([long, hao], "k7")
        (['龙凤泉'], [])
    """
    names = [one.name for one in judges if participant in one.households]
    if names and len(names) == len(judges):
        raise NobodyLeft()
    return names
