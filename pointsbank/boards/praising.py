"""Praise for a deed: proposed by a panel, a meeting or a person, never by a mark; people vote on each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import column, select, table
from sqlmodel import Session

from pointsbank import governing, ledger, panels, roster, scoring, villages
from pointsbank.boards.drafting import AlreadyListed, earlier_of, proposal, save
from pointsbank.boards.kept_off import refuse_kept_off
from pointsbank.boards.listings import Listing
from pointsbank.boards.praise_kinds import PraiseKind, deed_in_words, is_of_anybody
from pointsbank.boards.praise_models import ListingPraiseRow
from pointsbank.boards.praise_places import lock_kind
from pointsbank.boards.red_numbers import refuse_closed_month
from pointsbank.boards.standing import AWAY
from pointsbank.boards.states import LIVE, RED
from pointsbank.database import execute
from pointsbank.dates import month_in_words, parse_month
from pointsbank.errors import Invalid, Refused
from pointsbank.labels.praised_kind import PRAISED_KIND
from pointsbank.law import names
from pointsbank.roster import Participant

PANEL, MEETING, PERSON = "panel", "meeting", "person"
_UNFIT_SCORES = frozenset({"withdrawn", "contested"})
# Of rooms above: named, not imported, as a foreign key names a table.
_inspection = table(
    "inspection", column("village_id"), column("id"), column("participant_id"), column("verdict")
)


class PraiseOfOthers(Invalid):
    """This kind is for another kind of participant."""

    code = "praise_of_others"
    sentence = "“{kind}”只评{whom}，{name}不在其中，请改选类别或对象。"
    at = ("participants",)


class PraisedAway(Refused):
    """The household is away all year."""

    code = "praised_away"
    sentence = "{name}登记为常年在外，不参加评榜；已经回村的，请先在花名册里改。"
    fixed_by = "村委"


class DeedNamesSomebody(Invalid):
    """The deed names the household that is praised: its name stands beside it, as it may be shown."""

    code = "deed_names_somebody"
    sentence = "事迹不写姓名：姓名单独印，本人没有同意的会隐去部分。请只写做了什么好事。"
    at = ("deed",)


class PraiseBasisUnfit(Invalid):
    """The score or inspection is not this household's, gives no points, is contested or withdrawn."""

    code = "praise_basis_unfit"
    sentence = "依据的评分或巡查不合适：要是这一户自己的、加分的、没有异议和撤回的，请另选，或者不填。"
    at = ("score",)


class NobodyPraised(Invalid):
    """Nobody was named."""

    code = "nobody_praised"
    sentence = "没有写明提名谁，请至少写一户。"
    at = ("participants",)


@dataclass(frozen=True, slots=True)
class Proposer:
    """Who proposes: a code of `labels.praise_proposer`, and the panel's id, the meeting's or a code."""

    kind: str
    who: str


def propose_praise(
    session: Session,
    *,
    village: str,
    month: str,
    kind: str,
    participants: Sequence[str],
    deed: str,
    proposer: Proposer,
    score: str | None = None,
    inspection: str | None = None,
    by: str,
    at: datetime,
) -> list[Listing]:
    """Propose participants, by code, for a deed of one kind (id); people vote on each.

    Args:
        deed: what they did, 2 to 100 characters that name nobody.
        score, inspection: what it rests on (id), of one participant alone.

    Raises:
        MonthInvalid: `month` is not YYYY-MM.
        RedBoardClosed: the month is closed.
        PraiseKindUnknown, PraiseKindEnded: there is no such kind any more.
        NobodyPraised: no participant is named.
        ParticipantUnknown, ParticipantClosed: there is no such participant, or it has ended.
        PraiseOfOthers: one is not of the kind of participant it is for.
        PraisedAway: one is away all year.
        ParticipantRestricted, HasLeftBoards: one is kept off the red board, or asked to stand on none.
        AlreadyListed: one is proposed or up for this kind and month.
        DeedNamesSomebody, NamesSomebody, Wording, PraiseOffMatter, TextInvalid: the deed may not hang.
        PanelUnknown, MeetingUnknown, IsDayBook: there is no such proposer.
        PraiseBasisUnfit: what it rests on is not this participant's, or counts for nothing.
        ProposedMeanwhile: somebody else proposed the same at the same moment.

    Example:
        propose_praise(session, village="cy", month="2026-09", kind=id, participants=["0101"],
                       deed="下河救起落水的人", proposer=Proposer("person", "0102"), by="li", at=now)
    """
    parse_month(month)
    villages.hold_months(session, village=village)
    refuse_closed_month(session, village=village, month=month)
    people = list({one.id: one for one in _named(session, village, participants)}.values())
    if not people:
        raise NobodyPraised()
    # The end of a household looks for listings behind this lock: of the two one sees the other.
    ledger.lock_accounts(session, village=village, participants=sorted(one.id for one in people))
    roster.refuse_closed(session, village=village, participants=[one.id for one in people])
    of = lock_kind(session, village=village, kind=kind).into(PraiseKind)
    _refuse_unfit(session, village, of, people, at)
    words = _deed(session, village, deed, people)
    source = _source(session, village, proposer)
    _check_basis(session, village, people, score, inspection)
    earlier = earlier_of(session, village, month, RED)
    rows = []
    for one in people:
        known = earlier.get(one.id, [])
        if any(each.row.rule == of.name and each.status in LIVE for each in known):
            raise AlreadyListed(name=one.name, month=month_in_words(month))
        row = proposal(session, village, month, RED, one.id, len(known), by, at)
        row.rule, row.fact = of.name, words
        rows.append(row)
    made = save(session, village, rows)
    for row in rows:
        praise = ListingPraiseRow(
            village_id=village,
            listing_id=row.id,
            kind_id=of.id,
            proposer=proposer.kind,
            score_id=score,
            inspection_id=inspection,
            **source,
        )
        session.add(praise)
    session.flush()
    return made


def _named(session: Session, village: str, codes: Sequence[str]) -> list[Participant]:
    return [roster.by_code(session, village=village, code=code) for code in codes]


def _refuse_unfit(
    session: Session, village: str, kind: PraiseKind, people: Sequence[Participant], at: datetime
) -> None:
    """Refuse whom this kind is not for, who is away, who is kept off."""
    for one in people:
        if not is_of_anybody(kind) and one.kind != kind.applies_to:
            raise PraiseOfOthers(kind=kind.name, whom=PRAISED_KIND.name(kind.applies_to), name=one.name)
        if one.status == AWAY:
            raise PraisedAway(name=one.name)
    refuse_kept_off(session, *(one.id for one in people), village=village, at=at)


def _deed(session: Session, village: str, deed: str, people: Sequence[Participant]) -> str:
    """Return the sentence, cleared, that names none of those who are praised."""
    if any(names(deed, one.name) for one in people):
        raise DeedNamesSomebody()
    known = governing.named_people(session, village=village)
    return str(deed_in_words(deed, known, field="事迹", maximum=100, at=("deed",)))


def _source(session: Session, village: str, proposer: Proposer) -> dict[str, Any]:
    """Return the column that says who proposed.

    Raises:
        PanelUnknown, MeetingUnknown, IsDayBook, ParticipantUnknown: there is no such one.
    """
    if proposer.kind == PANEL:
        return {"panel_id": panels.panel(session, village=village, panel_id=proposer.who).id}
    if proposer.kind == MEETING:
        return {"meeting_id": scoring.meeting(session, village=village, meeting_id=proposer.who).id}
    return {"proposed_by_id": roster.by_code(session, village=village, code=proposer.who).id}


def _check_basis(
    session: Session, village: str, people: Sequence[Participant], score: str | None, inspection: str | None
) -> None:
    """Refuse a score or an inspection that says nothing good of the one participant."""
    if (score or inspection) and len(people) != 1:
        raise PraiseBasisUnfit()
    if score:
        found = scoring.scores_by_id(session, village=village, ids=[score]).get(score)
        if (
            found is None
            or found.participant_id != people[0].id
            or found.direction != scoring.PLUS
            or found.status in _UNFIT_SCORES
        ):
            raise PraiseBasisUnfit()
    if inspection:
        here = (_inspection.c.village_id == village, _inspection.c.id == inspection)
        clean = (_inspection.c.participant_id == people[0].id, _inspection.c.verdict == "clean")
        if execute(session, select(_inspection.c.id).where(*here, *clean)).first() is None:
            raise PraiseBasisUnfit()
