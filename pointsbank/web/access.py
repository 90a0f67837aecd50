"""Find out who sends a request, in which village, and whether the route allows it.

Each route declares one permission on its view (`declaring`); `guard` reads it before the view runs, so a
route that declares nothing is closed. What the guard finds is the request's `Visit`.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from math import ceil
from typing import TypedDict, cast

from flask import current_app, g, request, session
from sqlmodel import Session

from pointsbank import card_visits, staff, villages
from pointsbank.card_visits import CardVisit
from pointsbank.config import Settings
from pointsbank.database import Database
from pointsbank.dates import SHANGHAI
from pointsbank.errors import NotAllowed, NotFound
from pointsbank.staff import Permission, SignedIn
from pointsbank.villages import Village
from pointsbank.web import cookies, limits
from pointsbank.web.clock import Clock
from pointsbank.web.declaring import CARD as CARD
from pointsbank.web.declaring import PUBLIC as PUBLIC
from pointsbank.web.declaring import Needed as Needed
from pointsbank.web.declaring import PermissionByName as PermissionByName
from pointsbank.web.declaring import declare as declare
from pointsbank.web.declaring import declared as declared
from pointsbank.web.declaring import is_in_group as is_in_group
from pointsbank.web.declaring import opened as opened
from pointsbank.web.declaring import permission as permission
from pointsbank.web.declaring import public as public
from pointsbank.web.declaring import routes as routes

WHOSE = "whose"
"""The hidden field in which a form drawn on a visit by card says for which household it was drawn."""

_PHOTOS_BY_CARD = frozenset({"pages.own_claim", "pages.file_own_claim"})
"""Where a household sends photos: nowhere else a visit by card brings large bodies, nor without a PIN."""


class NotSignedIn(NotAllowed):
    """Nobody is signed in, or the session has ended."""

    code = "not_signed_in"
    sentence = "请先登录。"
    fixed_by = "本人"


class CardVisitOver(NotAllowed):
    """No card was scanned on this telephone, or its time is over, or the card counts no more: all alike."""

    code = "card_visit_over"
    sentence = "这次查看已经结束。要接着看，请重新扫积分卡上的二维码；卡丢了、换过卡的，请到村委会问。"
    fixed_by = "本人"


class AnotherCard(CardVisitOver):
    """The form that was sent is of a household whose card is no more the last that this telephone scanned."""

    code = "another_card"
    sentence = "这部手机后来扫了另一户的卡，这一张是前一户的，没有办。请重新扫自己家的卡再办。"
    fixed_by = "本人"


class PageUnknown(NotFound):
    """No such page, or none of this person's business: both look the same."""

    code = "page_unknown"
    sentence = "没有这个页面，请从首页重新进入。"
    fixed_by = "本人"


@dataclass(frozen=True)
class Visit:
    """The person signed in and the village of the address, checked against that person's roles.

    `groups` are those (ids) for whose households alone this visit is; None for the whole village.
    """

    signed_in: SignedIn | None = None
    village: Village | None = None
    groups: frozenset[str] | None = None


class ByAndAt(TypedDict):
    """Who asks and when: two arguments of every verb that writes."""

    by: str
    at: datetime


def guard() -> None:
    """Identify the person before each request and refuse what the route does not allow.

    Raises:
        NotSignedIn: the route is not public and nobody is signed in.
        CardVisitOver: the route shows a household its own file, and no card was scanned here.
        AnotherCard: the form was drawn for another household than the one whose card was scanned last.
        VillageUnknown: the person has no role in the village of the address.
        PageUnknown: the address holds control characters.
        PasswordMustChange, SecondFactorNeeded: that comes first (`staff.check_owes_nothing`).
        NotAllowed: the person lacks the permission (`staff.refuse_every_village`), or none is declared.
    """
    g.visit = Visit()
    if request.endpoint is None or request.method == "OPTIONS":
        return
    needed = declared(current_app.view_functions[request.endpoint], request.method)
    if not request.endpoint.endswith("static"):
        # Read before anything is written: a clock that was put back writes to the database itself.
        now()
    if needed == PUBLIC:
        return
    village = (request.view_args or {}).get("village")
    if not all(str(value).isprintable() for value in (request.view_args or {}).values()):
        raise PageUnknown()
    if needed == CARD:
        _admit_card()
        return
    with database().reading() as session:
        signed_in = _identify(session)
        if signed_in is None:
            raise NotSignedIn()
        if village is not None and not staff.belongs(signed_in, village):
            raise villages.problems.VillageUnknown()
        g.visit = Visit(signed_in, villages.get(session, village) if village is not None else None)
    staff.note_use(database(), token=_token(), program=_is_program(), seen_at=signed_in.seen_at, at=now())
    if needed != Permission.ACCOUNT_OWN:
        staff.check_owes_nothing(signed_in)
    _permit_uploads()
    if isinstance(needed, PermissionByName):
        needed = needed.choices().get((request.view_args or {})[needed.argument])
        if needed is None:
            raise PageUnknown()
    # A route that declares nothing is closed to everybody.
    if needed is None:
        raise NotAllowed()
    if not staff.may(signed_in, village, Permission(needed)):
        _confine(signed_in, village, Permission(needed))


def _admit_card() -> None:
    """Let a telephone through on which a card was scanned that still counts.

    Raises:
        CardVisitOver: none was, or none that still counts.
        AnotherCard: the form that it sends was drawn for another household.
    """
    secret = cookies.card_secret(secure=settings().secure)
    with database().reading() as session:
        found = card_visits.find(session, secret=secret, at=now()) if secret else None
        if found is None:
            raise CardVisitOver()
        g.card_visit = found
        g.visit = Visit(None, villages.get(session, found.village))
        has_photos = request.endpoint in _PHOTOS_BY_CARD
        may_send = has_photos and card_visits.may_act(session, visit=found, at=now())
    if may_send:
        # A telephone's photo of a deed is large; the permit ends with the visit.
        _permit_uploads(int(card_visits.LASTS.total_seconds()))
    # A PIN typed for the one household is no try of the other's, and its words are nobody else's.
    if request.method == "POST" and request.form.get(WHOSE, found.mark) != found.mark:
        raise AnotherCard()


def _confine(signed_in: SignedIn, village: str | None, needed: Permission) -> None:
    """Let who leads groups through to what is theirs there; raise NotAllowed where nothing is."""
    if not _is_program():  # which goes on getting the reason that it knows
        staff.refuse_every_village(signed_in, needed, practice=settings().practice)
    led = staff.groups_where_may(signed_in, village, needed) if village is not None else frozenset()
    if not led or not is_in_group(current_app.view_functions[request.endpoint or ""], request.method):
        raise NotAllowed()
    g.visit = replace(visit(), groups=led)


def _permit_uploads(seconds: int = limits.PERMIT_SECONDS) -> None:
    """Let who is signed in send large bodies: now, and by a sign in the cookie that `listening` reads."""
    request.environ[limits.SIGNED_IN] = True
    if _is_program():
        return
    request.max_content_length = limits.STAFF_BYTES
    until = int(now().timestamp()) + seconds
    if session.get(limits.UPLOADS_UNTIL, 0) < until - seconds // 2:
        session[limits.UPLOADS_UNTIL] = until


def could(needed: Permission, village: str) -> bool:
    """Return True if a public page is opened by somebody signed in who may do this in that village."""
    with database().reading() as session:
        found = _identify(session)
    owes = found is not None and (found.must_change or found.lacks_factor)
    return found is not None and not owes and staff.may(found, village, needed)


def _identify(session: Session) -> SignedIn | None:
    """Return who sends this request: by a token for programs, by a cookie for browsers."""
    check = staff.by_token if _is_program() else staff.signed_in
    return check(session, token=_token(), at=now())


def _is_program() -> bool:
    return request.path.startswith("/api/")


def _token() -> str:
    """Return the secret that this request carries, empty if none."""
    if not _is_program():
        return cookies.session_token(secure=settings().secure)
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def database() -> Database:
    """Return the application's database."""
    return cast(Database, current_app.extensions["pointsbank_database"])


def settings() -> Settings:
    """Return the application's settings."""
    return cast(Settings, current_app.extensions["pointsbank_settings"])


def now() -> datetime:
    """Return the moment of this request in UTC, the same however often it is called."""
    if "now" not in g:
        g.now = cast(Clock, current_app.extensions["pointsbank_clock"]).now(database())
    return cast(datetime, g.now)


def visit() -> Visit:
    """Return what the guard found about this request; nobody, before it ran."""
    return cast(Visit, g.get("visit") or Visit())


def card_visit() -> CardVisit:
    """Return whose card was scanned on this telephone: `village`, `participant` (id), `card` (id).

    Raises:
        CardVisitOver: none was, as on a route that declares another permission than `CARD`.
    """
    found = g.get("card_visit")
    if found is None:
        raise CardVisitOver()
    return cast(CardVisit, found)


def card_visit_ends() -> tuple[int, str]:
    """Return in how many seconds the visit by card of this request ends, and when; 0 for none."""
    found = cast(CardVisit | None, g.get("card_visit"))
    if found is None:
        return 0, ""
    seconds = max(1, ceil((found.ends_at - now()).total_seconds()))
    return seconds, found.ends_at.astimezone(SHANGHAI).strftime("%H:%M")


def signed_in() -> SignedIn:
    """Return the person signed in.

    Raises:
        NotSignedIn: nobody is, as on a public route.
    """
    found = visit().signed_in
    if found is None:
        raise NotSignedIn()
    return found


def by() -> str:
    """Return the id of the person signed in, for the verbs' `by`; raises NotSignedIn as `signed_in` does."""
    return signed_in().staff.id


def by_and_at() -> ByAndAt:
    """Return a verb's `by` and `at`: the person signed in and this moment; raises NotSignedIn."""
    return {"by": by(), "at": now()}


def log_access(village: str, participant: str) -> None:
    """Log that the person signed in opened this participant's file (by its id); raises NotSignedIn."""
    with database().writing() as session:
        staff.log_access(session, village=village, participant=participant, by=by(), at=now())


def groups() -> frozenset[str] | None:
    """Return the groups (ids) that this request is confined to, for verbs' `groups`; None: the village."""
    return visit().groups


def allowed(needed: Permission) -> bool:
    """Return True if the person signed in may do this here, so that pages show only what can be done."""
    here = visit()
    if here.signed_in is None:
        return False
    village = here.village.id if here.village else None
    if staff.may(here.signed_in, village, needed):
        return True
    return village is not None and bool(staff.groups_where_may(here.signed_in, village, needed))
