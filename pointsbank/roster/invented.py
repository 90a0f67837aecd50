"""Keeps real people out of the practice village.

Whoever signs in to any village of the installation may go in there as anybody, who sees only totals at home
too: a county, a township. So nobody in it is real. A roster of a real village is tried out at home, where
looking at a file writes nothing.
"""

from sqlmodel import Session

from pointsbank.errors import Refused
from pointsbank.practising import is_practice

MAXIMUM_NEW = 5
"""New households in one file: what the empty table's rows and a try need, less than a group has."""


class PracticeIsInvented(Refused):
    """A roster of many new households was to be imported into the practice village."""

    code = "practice_is_invented"
    sentence = (
        "练习村里只有编出来的人，各村各种角色的人都能进去看，一次最多导入{maximum}户新的。"
        "要试自己的花名册，请到本村的“导入”页选文件：导入以前先看，看的时候什么也不写入。"
    )
    fixed_by = "本人"


def is_too_many(*, new: int, known: int) -> bool:
    """Return whether a file brings so many new households that it may be a real roster.

    Args:
        known: participants that are there; the sample itself comes into an empty village.

    Example:
        >>> is_too_many(new=345, known=0), is_too_many(new=5, known=345), is_too_many(new=6, known=345)
        (False, False, True)
    """
    return known > 0 and new > MAXIMUM_NEW


def refuse_real(session: Session, *, new: int, known: int) -> None:
    """Refuse a real village's roster in the practice village.

    Raises:
        PracticeIsInvented: it is the practice village, and the file holds too many who are new there.
    """
    if is_practice(session) and is_too_many(new=new, known=known):
        raise PracticeIsInvented(maximum=MAXIMUM_NEW)
