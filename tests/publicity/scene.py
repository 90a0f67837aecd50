"""A small village with a scheme, and a meeting whose result hangs: what publicity and boards begin from."""

from datetime import date, datetime, timedelta

from sqlmodel import Session

from pointsbank import ledger, publicity, roster, scoring
from pointsbank.publicity import Notice
from pointsbank.scoring import Score, ScoreRow
from pointsbank.spreadsheets import read_table
from tests.builders import COMMITTEE, HOUSEHOLDS, NOW, OTHERS, SUPERVISOR, VILLAGE, hang_out, seat

CODE, LI, ZHAO = VILLAGE, COMMITTEE, SUPERVISOR
MONTH = "2026-09"

SCHEME = """编号,类别,条目,方向,分值
A1,环境卫生,门前整洁,加分,5
A2,公益事业,义务巡河,加分,2.5
B1,环境卫生,门前乱堆杂物,扣分,3
V1,遵纪守法,拒不整改,一票否决,
"""

RULES = read_table("scheme.csv", SCHEME.encode())


def after(days: int) -> datetime:
    """The same hour some days later."""
    return NOW + timedelta(days=days)


def found_village(session: Session, code: str = CODE) -> None:
    """The village with its people and its adopted scheme."""
    seat(session, LI, ZHAO)
    ledger.found_village(session, code=code, name="茶源村", by=LI, at=NOW)
    for household, name, group, people in HOUSEHOLDS.values():
        roster.add(
            session, village=code, code=household, name=name, group=group, people=people, by=LI, at=NOW
        )
    for other, name, kind in OTHERS.values():
        roster.add(session, village=code, code=other, name=name, kind=kind, by=LI, at=NOW)
    scoring.import_scheme(
        session,
        village=code,
        table=RULES,
        by=LI,
        at=NOW,
        resolution="2026年村民会议",
        from_date=date(2026, 1, 1),
    )


def meeting_with(
    session: Session, *deeds: tuple[str, str], day: date = date(2026, 9, 1), village: str = CODE
) -> str:
    """An open meeting in which Li entered one score for each (household, item)."""
    meeting = scoring.open_meeting(
        session, village=village, held_on=date(2026, 9, 1), title="九月评议会", judges=["张三"], by=LI, at=NOW
    )
    rows = [ScoreRow(code, item, day, note="张三的孩子看见") for code, item in deeds]
    scoring.enter_scores(session, village=village, meeting=meeting.id, rows=rows, by=LI, at=NOW)
    return meeting.id


def hung(session: Session, *deeds: tuple[str, str]) -> Notice:
    """A founded village and its meeting's notice."""
    found_village(session)
    meeting = meeting_with(session, *deeds)
    return hang_out(session, village=CODE, meeting=meeting, by=LI, at=NOW)


def scores_of(session: Session, notice: Notice) -> list[Score]:
    """The scores on a notice, in the minutes' order."""
    return scoring.scores(session, village=CODE, meeting=notice.meeting)


def honour(session: Session, code: str) -> int:
    """A household's honour, in hundredths."""
    who = roster.by_code(session, village=CODE, code=code)
    return ledger.balance(session, village=CODE, participant=who.id).honour


def settle(session: Session, notice: Notice) -> publicity.Settled:
    """Settle when the days are over."""
    return publicity.settle(session, village=CODE, notice=notice.id, by=LI, at=after(4))
