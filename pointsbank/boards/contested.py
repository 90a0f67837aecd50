"""Black listings whose score is contested: until the objection is answered they neither go up nor show.

A listing rests on the household's scores under the item that its rule names; under a clause in words it may
rest on any score that took points, so an objection to any of them stops it. Which month a deed counts in
plays no part: it may be entered late.
"""

from collections.abc import Sequence

from sqlalchemy import column, select, table, text
from sqlmodel import Session

from pointsbank import ledger
from pointsbank.boards.models import ListingRow
from pointsbank.boards.resting import OPEN_OBJECTION, RESTS
from pointsbank.database import execute
from pointsbank.errors import Refused

_CONTESTED = text(
    f"SELECT l.id FROM listing l WHERE l.village_id = :village AND l.board = 'black' AND {OPEN_OBJECTION}"
    " UNION SELECT p.listing_id FROM listing_praise p"
    " JOIN score s ON s.village_id = p.village_id AND s.id = p.score_id"
    " WHERE p.village_id = :village AND s.status IN ('contested', 'withdrawn')"
)
_RESTING = text(
    "SELECT l.id FROM listing l JOIN score s ON s.village_id = l.village_id"
    " LEFT JOIN listing_basis b ON b.village_id = l.village_id AND b.listing_id = l.id"
    f" WHERE l.village_id = :village AND l.board = 'black' AND s.id = :score AND {RESTS}"
    " AND (b.score_id = s.id OR (b.score_id IS NULL"
    " AND substr(l.rule, 1, length(s.item_code) + 1) = s.item_code || ' ')) ORDER BY l.id"
)
# Publicity's and scoring's tables are named, not imported, as a foreign key names a table.
_notice = table("notice", column("village_id"), column("id"), column("meeting_id"))
_score = table("score", column("village_id"), column("participant_id"), column("meeting_id"))


class ScoreContested(Refused):
    """What the listing rests on is contested, so nothing is shown before the answer."""

    code = "score_contested"
    sentence = "所依据的扣分或事实有异议还没有答复，答复以前不能上黑榜。请先答复那条异议。"
    fixed_by = "监督委员会"


class PraiseContested(Refused):
    """The score that the praise rests on is contested, or was taken back."""

    code = "praise_contested"
    sentence = "这一条依据的评分有异议还没有答复，或者已经撤回，不能上榜。答复以后再表决，或者撤回提名。"
    fixed_by = "监督委员会"


def contested(session: Session, *, village: str) -> frozenset[str]:
    """Return the listings (ids) that rest on a score or fact under objection, praise also on one taken back.

    Example:
        contested(session, village="chayuan")  # {"7qk…"}
    """
    return ledger.kept(
        session,
        village=village,
        about="contested listings",
        make=lambda: frozenset(execute(session, _CONTESTED, {"village": village}).scalars()),
        size=len,
        but_sales=True,
    )


def resting_on(session: Session, score: str, *, village: str) -> Sequence[str]:
    """Return the black listings (ids) of a household that rest on this score (id) or, naming none, its item.

    Example:
        resting_on(session, score.id, village="chayuan")  # ["7qk…"]
    """
    return execute(session, _RESTING, {"village": village, "score": score}).scalars().all()


def lock_notices(session: Session, row: ListingRow) -> None:
    """Lock the notices that hold the household's scores, for a black listing: an objection locks them too.

    Before the listing, in the order of everybody who locks both; a red one rests on no single score.
    """
    if row.board != "black":
        return
    theirs = select(_score.c.meeting_id).where(
        _score.c.village_id == row.village_id, _score.c.participant_id == row.participant_id
    )
    mine = (_notice.c.village_id == row.village_id, _notice.c.meeting_id.in_(theirs))
    execute(session, select(_notice.c.id).where(*mine).order_by(_notice.c.id).with_for_update()).all()
