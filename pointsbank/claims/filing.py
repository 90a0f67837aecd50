"""Reporting a deed: for whom, which item, which day, in what words, with up to three photos."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlmodel import Session, col, select

from pointsbank import attachments, governing, law, ledger, points, publicity, roster, scoring
from pointsbank.attachments import Attachment, Owner
from pointsbank.claims.models import ClaimDecisionRow, ClaimRow
from pointsbank.claims.reading import Claim, claim_row, view
from pointsbank.claims.states import (
    DECLINED,
    MAXIMUM_PHOTOS,
    WAITING,
    check_day,
    check_item,
    check_waits,
    photos_until,
    quantity_of,
)
from pointsbank.database import new_id
from pointsbank.dates import day_of
from pointsbank.errors import Refused
from pointsbank.law import Use
from pointsbank.prepared import chunks
from pointsbank.text import clean_required

OWNER_KIND = "claim"


class ClaimInDoubt(Refused):
    """The same deed was claimed before: perhaps it happened twice that day, perhaps not."""

    code = "claim_in_doubt"
    sentence = (
        "{who}{day}的“{item}”已经申报过（{status}），像是同一件事。确实又有一次的，请勾选“确实又有一次”。"
    )
    fixed_by = "本人"


def file(
    session: Session,
    *,
    village: str,
    participant: str,
    item: str,
    occurred_on: date,
    words: str,
    quantity: Decimal | None = None,
    photos: Sequence[bytes] = (),
    groups: Collection[str] | None = None,
    confirmed: bool = False,
    by: str,
    at: datetime,
) -> Claim:
    """Record that somebody reports a deed of the participant with this code; it waits for its group's look.

    Locks the participant's accounts, so that of two who report the same deed at once one is asked.

    Args:
        item: code or title of an item that was in force on the day, gives points and applies to such as this.
        occurred_on: not after today, and at most 366 days before.
        words: what was done, 1 to 200 characters; nothing of opinions, petitions, belief, illness, poverty.
        photos: up to three, bare, as `photos` draws them anew.
        groups: only participants of these groups (ids) are there for who reports; None for the whole village.
        confirmed: the same deed was claimed before, and this is another.

    Raises:
        ParticipantUnknown, ParticipantClosed: there is no such participant, or it has ended.
        ClaimDayInvalid: the day is yet to come, or long gone.
        SchemeUnknown: no rules were in force on that day.
        ClaimItemUnfit: no such deed can be claimed for it.
        ClaimInDoubt: it was claimed before, unless `confirmed`.
        TextInvalid: the words are empty or too long.
        Wording, NamesSomebody: they hold what is scored nowhere, or name somebody; as `law.check`.
        PointsInvalid, ClaimQuantityInvalid: the quantity is no number with two decimals, or not above 0.

    And those of `attachments.add` and `ledger.record`.

    Example:
        claims.file(
            session, village="cy", participant="0101", item="A2", occurred_on=day, words=what, by=li, at=now
        ).status  # "waiting"
    """
    person = roster.by_code(session, village=village, code=participant, groups=groups)
    ledger.lock_accounts(session, village=village, participants=[person.id])
    roster.refuse_closed(session, village=village, participants=[person.id])
    check_day(occurred_on, day_of(at))
    found = _item(session, village, item, occurred_on, person)
    written = clean_required(words, maximum=200)
    # Not as a deed: whose illness or poverty somebody relieved is said of nobody here.
    people = governing.named_people(session, village=village)
    law.check(written, Use.FACT, field="说明", people=people)
    if not confirmed:
        _refuse_again(session, village, person, found, occurred_on)
    row = ClaimRow(
        village_id=village,
        id=new_id(session),
        participant_id=person.id,
        item_code=found.code,
        item_title=found.title,
        occurred_on=occurred_on,
        quantity=quantity_of(None if quantity is None else int(points.parse(quantity))),
        words=written,
        status=WAITING,
        filed_on=day_of(at),
        filed_at=at,
        filed_by=by,
    )
    session.add(row)
    session.flush()
    entry = {
        "claim": row.id,
        "participant": person.id,
        "item": row.item_code,
        "title": row.item_title,
        "occurred_on": occurred_on.isoformat(),
        "quantity": row.quantity,
    }
    ledger.record(session, village=village, kind="claim_filed", by=by, at=at, words=entry)
    for photo in photos:
        _keep(session, row, photo, by=by, at=at)
    return view(session, row)


def add_photo(
    session: Session,
    *,
    village: str,
    claim: str,
    photo: bytes,
    groups: Collection[str] | None = None,
    by: str,
    at: datetime,
) -> Attachment:
    """Add a photo to a claim that waits; three at most.

    Args:
        groups: as `file`.

    Raises:
        ClaimUnknown: there is no such claim.
        ClaimDecided: a meeting has decided about it.

    And those of `attachments.add`.

    Example:
        claims.add_photo(session, village="cy", claim=id, photo=jpeg, by="chen", at=now).number  # 1
    """
    row = claim_row(session, village, claim, groups=groups, lock=True)
    check_waits(row.status)
    return _keep(session, row, photo, by=by, at=at)


def withdraw_photo(
    session: Session,
    *,
    village: str,
    claim: str,
    attachment: str,
    groups: Collection[str] | None = None,
    by: str,
    at: datetime,
) -> None:
    """Delete a photo of a claim before it is due, at any time: the wrong one, or one that shows people.

    Args:
        groups: as `file`.

    Raises:
        ClaimUnknown: there is no such claim.

    And those of `attachments.withdraw`, the same for a photo.

    Example:
        claims.withdraw_photo(session, village="cy", claim=id, attachment=photo, by="chen", at=now)
    """
    row = claim_row(session, village, claim, groups=groups)
    whose = {"village": village, "owner_kind": OWNER_KIND, "owner": row.id}
    attachments.withdraw(session, **whose, attachment=attachment, by=by, at=at)


@ledger.describes("claim_filed")
def _filed(words: Mapping[str, Any], names: ledger.Names) -> str:
    """Return e.g. 义务巡河，2026-09-01."""
    return f"{words['title']}，{words['occurred_on']}"


def _keep(session: Session, row: ClaimRow, photo: bytes, *, by: str, at: datetime) -> Attachment:
    whose = {"village": row.village_id, "owner_kind": OWNER_KIND, "owner": row.id}
    return attachments.add(session, **whose, content=photo, about=row.participant_id, by=by, at=at)


def _item(session: Session, village: str, named: str, day: date, person: roster.Participant) -> scoring.Item:
    """Return the item that is meant, in force on the day.

    Raises:
        SchemeUnknown: no rules were in force on that day.
        ClaimItemUnfit: no such deed can be claimed.
    """
    known = scoring.items(session, village=village, day=day)
    item = next((one for one in known if named.strip() in (one.code, one.title)), None)
    fits = item is not None and scoring.applies(item, person.kind)
    return check_item(item, named=named, fits=fits, who=f"{person.name}（{person.code}）", day=day)


def _refuse_again(
    session: Session, village: str, person: roster.Participant, item: scoring.Item, day: date
) -> None:
    """Refuse a deed that was claimed before and not declined.

    Raises:
        ClaimInDoubt: it was.
    """
    same = (
        ClaimRow.in_village(village),
        col(ClaimRow.participant_id) == person.id,
        col(ClaimRow.item_code) == item.code,
        col(ClaimRow.occurred_on) == day,
        col(ClaimRow.status) != DECLINED,
    )
    if (earlier := session.exec(select(ClaimRow).where(*same)).first()) is not None:
        stands = "等待评议" if earlier.status == WAITING else "已经评分"
        raise ClaimInDoubt(who=f"{person.name}（{person.code}）", day=day, item=item.title, status=stands)


def _ended(session: Session, village: str, ids: Sequence[str]) -> dict[str, date]:
    """Return since when the photos of some claims are no longer needed."""
    notices = {one.meeting: one for one in publicity.notices(session, village=village)}
    found: dict[str, date] = {}
    row, decided = ClaimRow, ClaimDecisionRow
    for some in chunks(list(ids)):
        rows = session.exec(select(row).where(row.in_village(village), col(row.id).in_(some))).all()
        mine = (decided.in_village(village), col(decided.claim_id).in_(some))
        last = {
            one.claim_id: one
            for one in session.exec(select(decided).where(*mine).order_by(col(decided.number)))
        }
        scores = scoring.scores_by_id(
            session, village=village, ids=[one.score_id for one in last.values() if one.score_id]
        )
        for one in rows:
            decision = last.get(one.id)
            notice = notices.get(decision.meeting_id) if decision else None
            score = scores.get(decision.score_id or "") if decision else None
            until = photos_until(
                one.status,
                declined_on=decision.decided_on if decision else None,
                notice_ends=notice.ends_on if notice else None,
                is_settled=score is not None and score.status in (scoring.POSTED, scoring.WITHDRAWN),
            )
            if until is not None:
                found[one.id] = until
    return found


OWNER = attachments.declare(Owner(OWNER_KIND, maximum=MAXIMUM_PHOTOS, days=180, ended=_ended))
