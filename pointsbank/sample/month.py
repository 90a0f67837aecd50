"""Makes one month of 茶源村: meeting, notice, objections, posting, boards, close."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from pointsbank import boards, proof, publicity, scoring, walls
from pointsbank.dates import first_day, last_day, month_in_words
from pointsbank.publicity import Notice
from pointsbank.sample.deeds import month_of_deeds
from pointsbank.sample.stage import CODE, SEED, Stage, moment
from pointsbank.scoring import Score, ScoreRow

_JUDGES = ("龙凤泉", "郝田发", "石传英", "周文书", "李主任")
_PLACES = ("村务公开栏", "文明超市门口")
_REASONS = ("当天我家在外地，没有参加", "次数记少了，有照片为证", "门前杂物是施工队堆放的，不是我家")


def meet(stage: Stage, month: str) -> Notice:
    """Hold the month's meeting on the 28th, enter what it judged, and publish the result."""
    first = first_day(month)
    return _hold_meeting(
        stage,
        list(month_of_deeds(stage, first=first, days=27)),
        on=first + timedelta(days=27),
        title=f"{month_in_words(month)}评议会",
        absentees=_JUDGES[-1:] if month.endswith("09") else (),
        minutes="逐组核对申报和巡查记录，当场评议，评议员回避本户。",
    )


def meet_once_more(stage: Stage) -> None:
    """Hold a short meeting on 31 October, whose notice is still open when the sample ends."""
    households = [one for one in stage.everyone if one.kind == "household"][SEED % 40 :: 29]
    day = date(2026, 10, 30)
    _hold_meeting(
        stage,
        [ScoreRow(one.code, "GY03", occurred_on=day, quantity=1) for one in households],
        on=date(2026, 10, 31),
        title="2026年10月补充评议会",
        absentees=_JUDGES[:2],
        minutes="核定十月三十日水渠清淤出工。",
    )


def _hold_meeting(stage: Stage, rows: Sequence[ScoreRow], *, on: date, **described: object) -> Notice:
    """Hold a meeting on one afternoon, enter these rows, publish the result and hang it in the evening."""
    agenda = [scoring.AgendaLine("scores"), scoring.AgendaLine("red_board")]
    called = {"place": "村委会会议室", "agenda": agenda, "panel": stage.panel, "held_on": on}
    meeting = stage.act(scoring.convene, by="zhou", at=moment(on, 14), **called, **described).id
    stage.act(scoring.enter_scores, by="zhou", at=moment(on, 15), meeting=meeting, rows=rows)
    outcomes = ["逐条通过", "按荣誉积分提名"]
    stage.act(scoring.set_outcomes, by="zhou", at=moment(on, 16), meeting=meeting, outcomes=outcomes)
    notice = stage.act(publicity.close_and_publish, by="zhou", at=moment(on, 17), meeting=meeting).id
    for minute, place in enumerate(_PLACES):
        stage.act(publicity.hang, by="zhou", at=moment(on, 18, minute), notice=notice, place=place)
    with stage.database.reading() as session:
        return publicity.notice(session, village=CODE, notice_id=notice).notice


def object_to_some(stage: Stage, notice: Notice, *, count: int) -> list[str]:
    """Raise `count` objections in the days of the notice; return their ids."""
    with stage.database.reading() as session:
        scores = scoring.scores(session, village=CODE, meeting=notice.meeting)
    contested = _contestable(scores, Random(f"{SEED} {notice.title}"), count)
    return [
        stage.act(
            publicity.raise_objection,
            by="chen",
            at=moment(notice.published_on + timedelta(days=1), 10 + place),
            score=score.id,
            raised_by=score.name,
            reason=_REASONS[place % len(_REASONS)],
        ).id
        for place, score in enumerate(contested)
    ]


def _contestable(scores: Sequence[Score], draw: Random, count: int) -> list[Score]:
    """Return the scores objected to, deductions first."""
    minus = [score for score in scores if score.direction == scoring.MINUS]
    plus = [score for score in scores if score.direction == scoring.PLUS]
    wanted = [*draw.sample(minus, min(count - 1, len(minus))), *draw.sample(plus, min(1, len(plus)))]
    return wanted[:count]


def settle(stage: Stage, notice: Notice) -> None:
    """Post the scores of a notice on the day after it ends."""
    if notice.ends_on is None:
        raise AssertionError("a notice of the sample hangs")
    at = moment(notice.ends_on + timedelta(days=1), 9)
    stage.act(publicity.settle, by="li", at=at, notice=notice.id)
    with stage.database.reading() as session:
        papers = walls.copies(session, village=CODE, at=at, paper="notice", subject=notice.id)
    for paper in papers:
        stage.act(walls.take_down, by="zhou", at=at, copy=paper.id)


def decide(stage: Stage, objections: Sequence[str], *, on: date) -> None:
    """Decide objections in writing as the supervisor: uphold the first, reject the others."""
    for place, objection in enumerate(objections):
        stage.act(
            publicity.decide_objection,
            by="zhao",
            at=moment(on, 15, place),
            objection=objection,
            upheld=place == 0,
            reason="有签到表和照片，维持原评议" if place else "经走访核实，情况属实，予以撤销",
        )


def praise_and_close(stage: Stage, month: str, *, on: date) -> None:
    """Propose and vote the red board, then close the month."""
    for listing in stage.act(boards.propose_red, by="zhou", at=moment(on, 9), month=month):
        _vote(stage, listing.id, on=on, hour=10, votes=(7, 0))
    stage.act(proof.close_month, by="li", at=moment(on, 16), month=month)


def _vote(stage: Stage, listing: str, *, on: date, hour: int, votes: tuple[int, int], by: str = "li") -> None:
    """Decide a listing by these votes for and against, which `by` writes down."""
    for_it, against = votes
    named = {"listing": listing, "votes_for": for_it, "votes_against": against, "on": on}
    stage.act(boards.decide, by=by, at=moment(on, hour), **named)


_FACTS = (
    ("02012", "HJ08", "院墙外污水直排水沟，两次书面提醒后未清理"),
    ("04021", "HJ09", "柴草长期占道堆放，提醒后未搬离"),
)


def warn_two(stage: Stage, month: str) -> None:
    """List two households on the black board as the law requires; one mends it and is taken off.

    Each is notified, has its working days, and is listed by a vote that the supervisor writes down.
    """
    notified, voted = (first_day(month) + timedelta(days=days) for days in (7, 17))
    for code, rule, fact in _FACTS:
        named = {"month": month, "participant": code, "rule": rule, "fact": fact, "days_up": 60}
        listing = stage.act(boards.propose_black, by="zhou", at=moment(notified, 9), **named).id
        letter = {"on": notified, "handed_to": "adult", "brought_by": "周", "receiver": "户主本人"}
        informed = stage.act(boards.deliver, by="zhou", at=moment(notified, 11), listing=listing, **letter)
        free_on = informed.earliest_on or voted
        # Around 春节 of a year whose notice is not out the household has longer.
        stage.act(boards.countersign, by="zhao", at=moment(max(voted, free_on), 15), listing=listing)
        _vote(stage, listing, on=max(voted, free_on), hour=16, votes=(6, 1), by="zhao")
    stage.act(
        boards.take_down,
        by="li",
        at=moment(max(last_day(month) - timedelta(days=4), free_on + timedelta(days=1)), 11),
        listing=listing,
        reason="已搬离并清扫干净，经村委现场确认",
    )
