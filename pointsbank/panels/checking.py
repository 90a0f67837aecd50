"""What a panel may be made of. Pure: codes in, refusals out."""

from collections.abc import Collection

from pointsbank.errors import Invalid
from pointsbank.labels.seat_kind import ELDERS, SEAT_KIND
from pointsbank.panels.values import GROUP


class AreaInvalid(Invalid):
    """The area does not fit the panel's kind."""

    code = "panel_area_invalid"
    sentence = "{reason}"
    fixed_by = "村委"


class SeatInvalid(Invalid):
    """Somebody cannot sit on this panel as what was given."""

    code = "panel_seat_invalid"
    sentence = "小组评议小组由{elders}组成，请改选其中一种。"
    fixed_by = "村委"
    at = ("seat",)


def check_area(kind: str, groups: Collection[str], known: Collection[str]) -> None:
    """Refuse an area that does not fit: a group's panel needs groups, the village's has the whole village.

    Args:
        groups: ids of the area.
        known: ids of the groups that the village has and has not closed.

    Raises:
        AreaInvalid: it does not fit.

    Example:
        >>> check_area("village", [], ["k2"])
        >>> check_area("group", ["k2"], ["k2"])
    """
    if kind == GROUP and not groups:
        raise AreaInvalid(reason="请勾选责任区，至少一个小组。")
    if kind != GROUP and groups:
        raise AreaInvalid(reason="村评议小组管全村，不用勾选责任区；只管几个小组的，请选“小组评议小组”。")
    if not set(groups) <= set(known):
        raise AreaInvalid(reason="责任区里有的小组已经撤销，请重新勾选。")


def check_seat(kind: str, seat: str) -> None:
    """Refuse a seat that a panel of this kind has not: a group's panel is made of elders alone.

    Raises:
        SeatInvalid: it has not.

    Example:
        >>> check_seat("group", "worthy")
        >>> check_seat("village", "cadre")
    """
    if kind == GROUP and seat not in ELDERS:
        raise SeatInvalid(elders="、".join(SEAT_KIND.name(one) for one in ELDERS))
