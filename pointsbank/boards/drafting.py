"""Proposals for the boards: red from the ranking, black from a person; neither is shown undecided."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime

from sqlmodel import Session, col

from pointsbank import governing, ledger, roster, scoring, villages
from pointsbank.boards import due_process
from pointsbank.boards.basis import Basis, check_seen_on, rest_on, rest_on_fact, score_for
from pointsbank.boards.deciding import BlackBoardOff
from pointsbank.boards.facts import neutral_fact, rule_in_words
from pointsbank.boards.kept_off import kept_off_red, refuse_kept_off
from pointsbank.boards.listings import Listing, views
from pointsbank.boards.models import ListingRow
from pointsbank.boards.ranking import front_runners
from pointsbank.boards.records import Record, records
from pointsbank.boards.red_numbers import praise, refuse_closed_month
from pointsbank.boards.resolutions import black_board_resolution
from pointsbank.boards.standing import HOUSEHOLD, StandingLine, standing
from pointsbank.boards.states import BLACK, LIVE, RED
from pointsbank.database import new_id
from pointsbank.dates import day_of, month_in_words, parse_month
from pointsbank.errors import Invalid, Refused
from pointsbank.failures import refusing_duplicates


class AlreadyListed(Refused):
    """The participant is proposed or up on this board of this month already."""

    code = "already_listed"
    sentence = "{name}在{month}已有同一榜单的提名或上榜记录，请直接处理那一条。"
    fixed_by = "村委"


class ProposedMeanwhile(Refused):
    """Somebody else proposed the same at the same moment."""

    code = "proposed_meanwhile"
    sentence = "刚才有人提交了同样的提名，请刷新页面查看。"
    fixed_by = "本人"


class DaysInvalid(Invalid):
    """A black listing lasts from one to ninety days."""

    code = "days_up_invalid"
    sentence = "黑榜公示天数应为1至90天，请重新填写。"
    at = ("days_up", "days")


def propose_red(
    session: Session,
    *,
    village: str,
    month: str,
    by: str,
    at: datetime,
    participants: Sequence[str] | None = None,
) -> list[Listing]:
    """Draft the red board: the first places among the households, or the participants named by code.

    Who was proposed for this month before is left alone, so a second draft adds only what is new. Of a closed
    month the poster hangs: nobody is proposed for it any more.

    Raises:
        MonthInvalid: `month` is not YYYY-MM.
        RedBoardClosed: the month is closed.
        ParticipantUnknown: there is no such participant.
        ParticipantRestricted: one that is named is kept off the red board by a veto.
        HasLeftBoards: one that is named asked to stand on no board.
        ProposedMeanwhile: somebody else proposed the same at the same moment.

    And those of `villages.settings`.

    Example:
        propose_red(session, village="chayuan", month="2026-09", by="li", at=now)  # [Listing(…), …]
    """
    parse_month(month)
    villages.hold_months(session, village=village)
    refuse_closed_month(session, village=village, month=month)
    lines = {line.participant: line for line in standing(session, village=village, month=month)}
    earlier = earlier_of(session, village, month, RED)
    # Who is praised for a deed may lead the ranking as well.
    ranked = {key: [one.status for one in some if not one.row.rule] for key, some in earlier.items()}
    if participants is None:
        # Left out of the count, too: the place goes to the next one, and no paper says of whom it was.
        kept_off = kept_off_red(session, village=village, at=at)
        places = {
            key: line.place for key, line in lines.items() if _praiseworthy(line) and key not in kept_off
        }
        chosen = front_runners(places, villages.settings(session, village=village).red_places)
        known = {key for key, statuses in ranked.items() if statuses}
    else:
        named = (roster.by_code(session, village=village, code=code) for code in participants)
        chosen = list(dict.fromkeys(one.id for one in named))
        refuse_kept_off(session, *chosen, village=village, at=at)
        known = {key for key, statuses in ranked.items() if not LIVE.isdisjoint(statuses)}
    merits = scoring.month_merits(session, village=village, month=month)
    rows = []
    for key in chosen:
        if key not in known:
            row = proposal(session, village, month, RED, key, len(earlier.get(key, ())), by, at)
            if line := lines.get(key):
                row.place, row.honour = line.place or None, line.honour
            row.fact = praise(merits.get(key, []))
            rows.append(row)
    return save(session, village, rows)


def propose_black(
    session: Session,
    *,
    village: str,
    month: str,
    participant: str,
    rule: str,
    fact: str,
    by: str,
    at: datetime,
    days_up: int = due_process.DAYS_UP,
    first_month: str | None = None,
    outward: bool = False,
    score: str | None = None,
    seen_on: date | None = None,
    resting_on: Basis | None = None,
) -> Listing:
    """Propose one participant, by code, for the black board. Nothing is ever proposed by a mark.

    It rests on the score that is named, else on the fact, which is recorded with the day it was seen.

    Args:
        rule: the code of a minus or veto item, or a clause in words.
        fact: 1 to 100 characters that name no person.
        days_up: days on the board, 1 to 90.
        first_month: the month of the listing that is carried over; None if there is none.
        outward: somebody has read the fact and answers for it that it tells only what everybody sees.
        score: the score (id) that it rests on; the rule is its item, whatever is given.
        seen_on: when the fact was seen; None is today.
        resting_on: what a listing that is carried over rested on, which takes the place of both.

    Raises:
        MonthInvalid: `month` is not YYYY-MM.
        BlackBoardOff: there is no resolution for a black board.
        DaysInvalid: `days_up` is out of bounds.
        ParticipantUnknown, ParticipantClosed: there is no such participant, or it has ended.
        AlreadyListed: the participant is proposed or up for this month.
        TextInvalid: rule or fact is empty or too long.
        FactNamesSomebody: rule or fact contains the household's name.
        Wording: rule or fact holds what the law keeps private.
        NamesSomebody: rule or fact names somebody else of the village.
        FactOffMatter: no word of the fact is of what a black board is about, and nobody answers for it.
        RuleNotPublic: the rule is an item that may not be shown.
        RuleUnfit: the rule is an item that gives points.
        ScoreUnknown, BasisUnfit: the score is none, another's, gives points or was withdrawn.
        SeenDayInvalid: the fact was seen in the future.
        ProposedMeanwhile: somebody else proposed the same at the same moment.

    And those of `rest_on_fact`.

    Example:
        propose_black(
            session,
            village="chayuan",
            month="2026-09",
            participant="0101",
            rule="B1",
            fact="门前杂物堆放，三次提醒未清理",
            by="li",
            at=now,
        ).status  # "proposed"
    """
    parse_month(month)
    resolution = black_board_resolution(session, village=village)
    if resolution is None:
        raise BlackBoardOff()
    if not 1 <= days_up <= due_process.DAYS_UP_AT_MOST:
        raise DaysInvalid()
    who = roster.by_code(session, village=village, code=participant)
    # Its end looks for listings behind this lock: of the two one sees the other.
    ledger.lock_accounts(session, village=village, participants=[who.id])
    roster.refuse_closed(session, village=village, participants=[who.id])
    statuses = [one.status for one in earlier_of(session, village, month, BLACK).get(who.id, [])]
    if not LIVE.isdisjoint(statuses):
        raise AlreadyListed(name=who.name, month=month_in_words(month))
    row = proposal(session, village, month, BLACK, who.id, len(statuses), by, at)
    row.first_month, row.days_up, row.resolution_id = first_month or month, days_up, resolution.id
    people = governing.named_people(session, village=village)
    if score:
        rule = score_for(session, score, village=village, participant=who.id).item_code
    seen = check_seen_on(seen_on, at)
    row.rule = str(rule_in_words(session, village, rule, who, day_of(at), people))
    row.fact = str(neutral_fact(fact, who, people=people, outward=outward))
    [made] = save(session, village, [row])
    if resting_on is None and not score:
        rest_on_fact(session, row, seen, by=by, at=at)
    else:
        before = resting_on or Basis(score, None)
        rest_on(session, row, score=before.score_id, fact=before.fact_id)
    return made


def _praiseworthy(row: StandingLine) -> bool:
    """Return whether a draft may take this line: a household in the village that won more than it lost."""
    return row.kind == HOUSEHOLD and bool(row.place) and row.honour > 0


def earlier_of(session: Session, village: str, month: str, board: str) -> dict[str, list[Record]]:
    """Return all that was proposed for this board of this month, of every kind, by participant (id)."""
    found: dict[str, list[Record]] = defaultdict(list)
    for one in records(session, village, col(ListingRow.month) == month, col(ListingRow.board) == board):
        found[one.row.participant_id].append(one)
    return found


def proposal(
    session: Session,
    village: str,
    month: str,
    board: str,
    participant: str,
    earlier: int,
    by: str,
    at: datetime,
) -> ListingRow:
    """Return a new proposal, to be completed by the caller; `earlier`: how many there were before it."""
    return ListingRow(
        village_id=village,
        id=new_id(session),
        month=month,
        first_month=month,
        board=board,
        participant_id=participant,
        number=earlier + 1,
        proposed_by=by,
        proposed_at=at,
    )


def save(session: Session, village: str, rows: Sequence[ListingRow]) -> list[Listing]:
    """Write what was proposed; two people who propose the same at once take the same number."""
    session.add_all(rows)
    with refusing_duplicates(ProposedMeanwhile()):
        session.flush()
    return views(session, village, [Record(row, None, None, None) for row in rows])
