"""Asks about opening balances that look like base points: of 驾照分 nobody buys soap."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from pointsbank.dates import day_of
from pointsbank.points import show
from pointsbank.roster import Opening
from pointsbank.scoring.base_items import base_items
from pointsbank.spreadsheets import RowProblem
from pointsbank.spreadsheets.problems import RowsInDoubt


def doubt_openings(session: Session, openings: Sequence[Opening], *, village: str, at: datetime) -> None:
    """Ask where points that could be spent equal the scheme's base points that are honour only.

    Raises:
        RowsInDoubt: some are equal.

    Example:
        scoring.doubt_openings(session, found.openings, village="cy", at=now)
    """
    asked = []
    for base in base_items(session, village=village, day=day_of(at)):
        amount = base.item.points or 0
        alike = [one for one in openings if one.points == amount]
        if not alike or base.item.terms.get("redeemable"):
            continue
        sentence = (
            f"有{len(alike)}户的积分正好是{show(amount)}分，和细则里只计荣誉的“{base.item.title}”一样多；"
            "从这里导入就成了可以兑换的积分。是基础分的请改为0，程序会按细则发放；确实是攒下来能兑换的，再导入。"
        )
        asked.append(RowProblem(alike[0].row, "积分", sentence))
    if asked:
        raise RowsInDoubt(asked)
