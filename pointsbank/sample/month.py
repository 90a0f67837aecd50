"""Makes one month of 茶源村: meeting, notice, objections, posting, boards, close."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from pointsbank import boards, proof, publicity, scoring
from pointsbank.database import Database
from pointsbank.dates import first_day, last_day, month_in_words
from pointsbank.publicity import Notice
from pointsbank.roster import Participant
from pointsbank.sample.deeds import month_of_deeds
from pointsbank.sample.village import CODE, SEED, moment
from pointsbank.scoring import Judge, Score

_JUDGES = (
    Judge("龙凤泉", "01001"),
    Judge("郝田发", "01002"),
    Judge("石传英", "01009"),
    Judge("周文书"),
    Judge("李主任"),
)
_REASONS = ("当天我家在外地，没有参加", "次数记少了，有照片为证", "门前杂物是施工队堆放的，不是我家")


@dataclass
class Year:
    """What one month passes to the next: staff ids by login, all participants, deeds counted once a year."""

    staff: dict[str, str]
    everyone: Sequence[Participant]
    done: set[tuple[str, str]] = field(default_factory=set)


def meet(database: Database, year: Year, month: str) -> Notice:
    """Hold the month's meeting on the 28th, enter what it judged, and publish the result."""
    first, sitting = first_day(month), first_day(month) + timedelta(days=27)
    rows = list(month_of_deeds(year.everyone, first=first, days=27, seed=SEED, done_this_year=year.done))
    by = year.staff["zhou"]
    with database.writing() as session:
        meeting = scoring.open_meeting(
            session,
            village=CODE,
            held_on=sitting,
            title=f"{month_in_words(month)}评议会",
            judges=_JUDGES[:-1] if month.endswith("09") else _JUDGES,
            absentees=_JUDGES[-1:] if month.endswith("09") else (),
            minutes="逐组核对申报和巡查记录，当场评议，评议员回避本户。",
            by=by,
            at=moment(sitting, 14),
        )
        scoring.enter_scores(
            session, village=CODE, meeting=meeting.id, rows=rows, by=by, at=moment(sitting, 15)
        )
        return publicity.close_and_publish(
            session, village=CODE, meeting=meeting.id, by=by, at=moment(sitting, 17)
        )


def object_to_some(database: Database, year: Year, notice: Notice, *, count: int) -> list[str]:
    """Raise `count` objections in the days of the notice; return their ids."""
    with database.reading() as session:
        scores = scoring.scores(session, village=CODE, meeting=notice.meeting)
    raised = []
    for place, score in enumerate(_contestable(scores, Random(f"{SEED} {notice.title}"), count)):
        with database.writing() as session:
            objection = publicity.raise_objection(
                session,
                village=CODE,
                score=score.id,
                raised_by=score.name,
                reason=_REASONS[place % len(_REASONS)],
                by=year.staff["chen"],
                at=moment(notice.published_on + timedelta(days=1), 10 + place),
            )
        raised.append(objection.id)
    return raised


def _contestable(scores: Sequence[Score], draw: Random, count: int) -> list[Score]:
    """Return the scores objected to, deductions first."""
    minus = [score for score in scores if score.direction == scoring.MINUS]
    plus = [score for score in scores if score.direction == scoring.PLUS]
    wanted = [*draw.sample(minus, min(count - 1, len(minus))), *draw.sample(plus, min(1, len(plus)))]
    return wanted[:count]


def settle(database: Database, year: Year, notice: Notice) -> None:
    """Post the scores of a notice on the day after it ends."""
    at = moment(notice.ends_on + timedelta(days=1), 9)
    with database.writing() as session:
        publicity.settle(session, village=CODE, notice=notice.id, by=year.staff["li"], at=at)


def decide(database: Database, year: Year, objections: Sequence[str], *, on: date) -> None:
    """Decide objections in writing as the supervisor: uphold the first, reject the others."""
    for place, objection in enumerate(objections):
        upheld = place == 0
        with database.writing() as session:
            publicity.decide_objection(
                session,
                village=CODE,
                objection=objection,
                upheld=upheld,
                reason="经走访核实，情况属实，予以撤回" if upheld else "有签到表和照片，维持原评议",
                by=year.staff["zhao"],
                at=moment(on, 15, place),
            )


def praise_and_close(database: Database, year: Year, month: str, *, on: date) -> None:
    """Propose and vote the red board, then close the month."""
    with database.writing() as session:
        proposed = boards.propose_red(
            session, village=CODE, month=month, by=year.staff["zhou"], at=moment(on, 9)
        )
        for listing in proposed:
            boards.decide(
                session,
                village=CODE,
                listing=listing.id,
                votes_for=7,
                votes_against=0,
                on=on,
                by=year.staff["li"],
                at=moment(on, 10),
            )
    with database.writing() as session:
        proof.close_month(session, village=CODE, month=month, by=year.staff["li"], at=moment(on, 16))


_FACTS = (
    ("07012", "HJ08", "院墙外污水直排水沟，两次书面提醒后未清理"),
    ("13021", "HJ09", "柴草长期占道堆放，提醒后未搬离"),
)


def warn_two(database: Database, year: Year, month: str) -> None:
    """List two households on the black board as the law requires; one mends it and is taken off."""
    put_up = [_warn(database, year, month, code=code, rule=rule, fact=fact) for code, rule, fact in _FACTS]
    with database.writing() as session:
        boards.take_down(
            session,
            village=CODE,
            listing=put_up[-1],
            reason="已搬离并清扫干净，经村委现场确认",
            by=year.staff["li"],
            at=moment(last_day(month) - timedelta(days=4), 11),
        )


def _warn(database: Database, year: Year, month: str, *, code: str, rule: str, fact: str) -> str:
    """Notify one household, wait for its working days, and list it by vote; return the listing's id."""
    first, by = first_day(month), year.staff["zhou"]
    notified, voted = first + timedelta(days=7), first + timedelta(days=17)
    with database.writing() as session:
        listing = boards.propose_black(
            session,
            village=CODE,
            month=month,
            participant=code,
            rule=rule,
            fact=fact,
            by=by,
            at=moment(notified, 9),
            days_up=60,
        ).id
        boards.notify(session, village=CODE, listing=listing, on=notified, by=by, at=moment(notified, 11))
    with database.writing() as session:
        boards.decide(
            session,
            village=CODE,
            listing=listing,
            votes_for=6,
            votes_against=1,
            on=voted,
            by=year.staff["li"],
            at=moment(voted, 16),
        )
    return listing
