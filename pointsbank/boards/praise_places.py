"""How many names a kind of praise takes: counted behind a lock on the kind, and by the database itself."""

from sqlalchemy import func
from sqlmodel import Session, col, select

from pointsbank.boards.models import ListingDecisionRow, ListingEndRow, ListingRow
from pointsbank.boards.praise_models import ListingPraiseRow, PraiseKindRow
from pointsbank.errors import NotFound, Refused

STANDING = "standing"


class PraiseKindUnknown(NotFound):
    """There is no such kind of praise in this village."""

    code = "praise_kind_unknown"
    sentence = "没有找到这一类光荣榜，请从列表中重新选择。"
    fixed_by = "本人"


class PraiseKindEnded(Refused):
    """The kind ended: nobody is proposed or voted for it any more."""

    code = "praise_kind_ended"
    sentence = "“{name}”已经取消，不能再提名、再上榜。"
    fixed_by = "村委"


class PraisePlacesTaken(Refused):
    """As many are praised for it as the village resolved."""

    code = "praise_places_taken"
    sentence = "“{name}”最多{places}个，已经满了，这一条不能再上榜；要加名额，请先取消再重新设立。"
    fixed_by = "村委"


def lock_kind(session: Session, *, village: str, kind: str) -> PraiseKindRow:
    """Lock a kind (id) that is in force: nobody counts its names at the same moment.

    Raises:
        PraiseKindUnknown: there is none.
        PraiseKindEnded: it ended.

    Example:
        lock_kind(session, village="cy", kind="7qk…").places  # 10
    """
    query = select(PraiseKindRow).where(PraiseKindRow.in_village(village), col(PraiseKindRow.id) == kind)
    row = session.exec(query.with_for_update()).first()
    if row is None:
        raise PraiseKindUnknown()
    if row.ended_on is not None:
        raise PraiseKindEnded(name=row.name)
    return row


def refuse_without_place(session: Session, row: ListingRow) -> None:
    """Refuse one more name than the kind of a listing takes; locks the kind. The ranking has none.

    Raises:
        PraiseKindEnded: the kind ended.
        PraisePlacesTaken: it is full.
        PraiseKindUnknown: raised by `lock_kind`, and not here.
    """
    praise = session.get(ListingPraiseRow, (row.village_id, row.id))
    if praise is None:
        return
    kind = lock_kind(session, village=row.village_id, kind=praise.kind_id)
    if names_up(session, kind, month=row.month) >= kind.places:
        raise PraisePlacesTaken(name=kind.name, places=kind.places)


def names_up(session: Session, kind: PraiseKindRow, *, month: str) -> int:
    """Return how many stand for a kind now: of this month, or of a standing board in all.

    Example:
        names_up(session, kind, month="2026-09")  # 3
    """
    decided, ended = ListingDecisionRow, ListingEndRow
    query = (
        select(func.count())
        .select_from(ListingPraiseRow)
        .join(
            ListingRow,
            ListingRow.in_village_of(ListingPraiseRow)
            & (col(ListingRow.id) == col(ListingPraiseRow.listing_id)),
        )
        .join(
            decided,
            decided.in_village_of(ListingPraiseRow)
            & (col(decided.listing_id) == col(ListingPraiseRow.listing_id)),
        )
        .outerjoin(
            ended,
            ended.in_village_of(ListingPraiseRow)
            & (col(ended.listing_id) == col(ListingPraiseRow.listing_id)),
        )
        .where(ListingPraiseRow.in_village(kind.village_id), col(ListingPraiseRow.kind_id) == kind.id)
        .where(col(decided.votes_for) > col(decided.votes_against), col(ended.listing_id).is_(None))
    )
    if kind.span != STANDING:
        query = query.where(col(ListingRow.month) == month)
    return int(session.exec(query).one())
