"""What happens to accounts: sign-ins, refused ones, changes; written down by place, and forgotten in time.

An event is a row for each village that a role of the person reaches at that moment: a village reads its own
rows and those without a village, of people who may act everywhere or in no village, and of logins that nobody
has. What was typed as
an unknown login is not kept, for it may be a password. Refused sign-ins of one person (or of unknown logins)
in the same hour are one row with a count, so that a guesser fills no disk.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network

from sqlalchemy import delete
from sqlmodel import Session, and_, col, or_, select

from pointsbank import database, villages
from pointsbank.staff.models import StaffEventRow, StaffRoleRow, StaffRow
from pointsbank.staff.places import place_of, township_of, village_of

SIGN_INS = frozenset({"signed_in", "refused", "code_refused"})
KEPT_SIGN_INS = timedelta(days=190)
"""The Cybersecurity Law (网络安全法) asks for six months of network logs; not longer, for they say when
somebody works."""
KEPT_CHANGES = timedelta(days=3 * 366)
"""As long as a claim can be brought (民法典, article 188: three years)."""

_TOGETHER = timedelta(hours=1)


@dataclass(frozen=True)
class StaffEvent:
    """One event as a page shows it: whose account (None: nobody's login), and who did it.

    `address` is shortened; `times` counts refused sign-ins of one hour, >= 1.
    """

    id: str
    kind: str
    at: datetime
    login: str | None
    name: str | None
    by: str
    address: str
    note: str
    times: int


def note(
    session: Session,
    kind: str,
    *,
    staff: str | None,
    by: str,
    at: datetime,
    address: str = "",
    places: Sequence[str | None] | None = None,
    detail: str = "",
) -> None:
    """Write down what happened to a person's account, in each of the person's places.

    Args:
        kind: a code of `labels.staff_event`.
        staff: id of the person, None for a login that nobody has.
        places: villages where it is shown, None among them for all; by default where the person has a role.
    """
    where = _places(session, staff) if places is None else list(dict.fromkeys(places))
    for place in where:
        same = _in_this_hour(session, kind, staff, place, shorten(address), at) if kind in SIGN_INS else None
        if same is not None:
            same.times += 1
            continue
        session.add(
            StaffEventRow(
                id=database.new_id(session),
                kind=kind,
                happened_at=at,
                staff_id=staff,
                village_id=place,
                made_by=by,
                address=shorten(address),
                note=detail,
            )
        )
    _forget(session, at=at)
    session.flush()


def account_events(
    session: Session,
    *,
    village: str,
    kind: str | None = None,
    login: str | None = None,
    before: tuple[datetime, str] | None = None,
    limit: int = 100,
) -> list[StaffEvent]:
    """Return what happened to accounts that count in a village, newest first.

    Args:
        kind: only of this kind. login: only of the person with this login.
        before: moment and id of an event: only those behind it.
        limit: events, 1 to 10,000.

    Example:
        staff.account_events(session, village="cy")[0].kind == "signed_in"
    """
    query = select(StaffEventRow, StaffRow).join(
        StaffRow, col(StaffRow.id) == col(StaffEventRow.staff_id), isouter=True
    )
    query = query.where(
        or_(col(StaffEventRow.village_id) == village, col(StaffEventRow.village_id).is_(None))
    )
    if kind:
        query = query.where(StaffEventRow.kind == kind)
    if login:
        query = query.where(StaffRow.login == login)
    if before:
        moment, last = before
        when = col(StaffEventRow.happened_at)
        query = query.where(or_(when < moment, and_(when == moment, col(StaffEventRow.id) > last)))
    query = query.order_by(col(StaffEventRow.happened_at).desc(), col(StaffEventRow.id)).limit(limit)
    return [
        StaffEvent(
            one.id,
            one.kind,
            one.happened_at,
            person.login if person else None,
            person.name if person else None,
            one.made_by,
            one.address,
            one.note,
            one.times,
        )
        for one, person in session.exec(query)
    ]


def shorten(address: str) -> str:
    """Return the network of an address: enough to see where it came from, too little to follow somebody.

    Example:
        >>> shorten("192.0.2.77"), shorten("2001:db8:1:2::9"), shorten("command line")
        ('192.0.2.*', '2001:db8:1::*', 'command line')
    """
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if found.version == 4:
        return f"{address.rpartition('.')[0]}.*"
    return f"{ip_network((found, 48), strict=False).network_address}*"


def places_reached(session: Session, places: Sequence[str | None]) -> list[str | None]:
    """Return the villages that some roles' places (`places`) are, lie in or hold, in order; None means all.

    A township without villages reaches none: its events are shown to all, as those of nobody's login.
    """
    lying = villages.villages_by_township(session) if any(map(township_of, places)) else {}
    reached: set[str | None] = set()
    for place in places:
        township = township_of(place)
        reached.update([village_of(place)] if township is None else lying.get(township, ()))
    return sorted(reached, key=lambda village: village or "") or [None]


def _places(session: Session, staff: str | None) -> list[str | None]:
    """Return the villages that a person's roles reach; None alone for who has one everywhere, or is nobody.

    Whoever has lost every role is still the business of the village that took the last one.
    """
    if staff is None:
        return [None]
    rows = session.exec(select(StaffRoleRow).where(StaffRoleRow.staff_id == staff))
    roles = [place_of(one.village_id, one.group_id, one.township_id) for one in rows]
    places = places_reached(session, roles) if roles else []
    if not roles:
        last = select(StaffEventRow.village_id).where(StaffEventRow.staff_id == staff)
        last = last.order_by(col(StaffEventRow.happened_at).desc())
        places = list(session.exec(last.limit(1)))
    return [None] if not places or None in places else list(places)


def _in_this_hour(
    session: Session, kind: str, staff: str | None, place: str | None, address: str, at: datetime
) -> StaffEventRow | None:
    """Return the row of the same kind, person and place that was begun within the hour."""
    row = StaffEventRow
    query = select(row).where(row.kind == kind, row.staff_id == staff, row.village_id == place)
    if staff is not None:
        query = query.where(row.address == address)
    recent = col(row.happened_at) > at - _TOGETHER
    return session.exec(query.where(recent, row.happened_at <= at).order_by(col(row.id)).limit(1)).first()


def _forget(session: Session, *, at: datetime) -> None:
    """Remove what is older than it is kept."""
    when = col(StaffEventRow.happened_at)
    old = (when < at - KEPT_SIGN_INS) & col(StaffEventRow.kind).in_(sorted(SIGN_INS))
    database.execute(session, delete(StaffEventRow).where(old | (when < at - KEPT_CHANGES)))
