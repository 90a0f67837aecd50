"""A sample village for the referees' clients: its last meeting's notice is over, its shop is full; served.

    python scripts/refereeing/village.py FOLDER

Prints one line of JSON (address, tokens by login, what a scanner reads from the first card), then serves.
"""

import json
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlmodel import Session

from pointsbank import (
    config,
    dates,
    governing,
    market,
    migrating,
    proof,
    publicity,
    roster,
    scoring,
    signing_key,
    staff,
)
from pointsbank.config import Settings
from pointsbank.database import Database
from pointsbank.dates import day_of
from pointsbank.points import whole
from pointsbank.spreadsheets import Table
from pointsbank.web.app import create_app
from pointsbank.web.listening import listen

VILLAGE = "chayuan"
PEOPLE = {"li": "committee", "chen": "clerk", "zhao": "supervisor"}
SCHEME = [
    ["编号", "类别", "条目", "方向", "分值", "最低", "最高", "单位"],
    ["A1", "环境卫生", "门前屋后干净", "加分", "5", "", "", ""],
    ["A2", "公德美德", "帮助邻里", "加分", "", "5", "10", ""],
    ["A3", "公益事业", "义务劳动", "加分", "2", "", "", "小时"],
]
ROSTER = [
    ["0101", "王建国", "一组", "4"],
    ["0102", "王建国", "一组", "3"],
    ["0201", "买买提·艾力", "二组", "5"],
]


def main(folder: str) -> None:
    """Found the village and serve it until the process is stopped."""
    address = f"sqlite:///{Path(folder) / 'pointsbank.sqlite3'}"
    # A new folder gets a signing key with it.
    settings = config.load(Path(folder), environ={"POINTSBANK_DATABASE_URL": address})
    database = Database(address)
    migrating.upgrade(database)
    now = datetime.now(UTC)
    # Hashed before anything is written: that is slow on purpose.
    passwords = {login: staff.hash_password(staff.make_password()) for login in PEOPLE}
    with database.writing() as session:
        people = _hire(session, passwords, now - timedelta(days=30))
        tokens = {
            login: staff.make_token(session, login=login, by=id, at=now) for login, id in people.items()
        }
        card = _people(session, people, now - timedelta(days=20))
        _shop(session, people, now - timedelta(days=20))
        _meet(session, people, now - timedelta(days=10))
        _seal(session, people, settings, now)
    server = listen(create_app(settings, database), host="127.0.0.1", port=0)
    told = {"url": f"http://127.0.0.1:{server.effective_port}", "tokens": tokens, "card": card}
    print(json.dumps(told), flush=True)
    server.run()


def _seal(session: Session, people: dict[str, str], settings: Settings, now: datetime) -> None:
    """Tell the log which key signs, and close two months in which nothing happened."""
    by = people["li"]
    public = proof.public_of(signing_key.read(settings.data_dir) or b"")
    first = dates.month_of(day_of(now) - timedelta(days=100))
    proof.close_month(session, village=VILLAGE, month=first, by=by, at=now)
    proof.record_signing_key(session, public=public, public_url=settings.public_url, by=by, at=now)
    proof.close_month(session, village=VILLAGE, month=dates.next_month(first), by=by, at=now)


def _hire(session: Session, passwords: dict[str, staff.PasswordHash], at: datetime) -> dict[str, str]:
    """Three people whose logins have long been their own, by login."""
    governing.found_village(session, code=VILLAGE, name="茶源村", by="operator", at=at)
    people = {}
    for login, role in PEOPLE.items():
        named = {"login": login, "name": login, "password": passwords[login]}
        hired = governing.add_staff(session, **named, roles=[(VILLAGE, role)], by="operator", at=at)
        staff.change_password(session, staff=hired.id, password=passwords[login], by=hired.id, at=at)
        people[login] = hired.id
    return people


def _people(session: Session, people: dict[str, str], at: datetime) -> str:
    """Households with cards and points to spend; what a scanner reads from the card of the first."""
    named = {"village": VILLAGE, "by": people["li"], "at": at}
    roster.import_roster(session, table=Table.of(["户号", "户主", "小组", "人口"], ROSTER), **named)
    balances = [[code, "100", "100"] for code, *_ in ROSTER]
    roster.import_balances(session, table=Table.of(["户号", "积分", "荣誉"], balances), **named)
    issued = roster.issue(session, participants=None, **named)
    roster.hand_out(session, cards=[card.id for card in issued], **named)
    return next(card.token for card in issued if card.participant.code == "0101")


def _shop(session: Session, people: dict[str, str], at: datetime) -> None:
    """Soap enough; the committee put it there, so that the clerk may sell it."""
    named = {"village": VILLAGE, "by": people["li"], "at": at}
    market.add_goods(session, code="G01", name="肥皂", spec="1块", points=whole(5), stock=30, **named)
    market.add_goods(session, code="G02", name="洗衣粉", spec="1袋", points=whole(12), stock=8, **named)


def _meet(session: Session, people: dict[str, str], at: datetime) -> None:
    """A meeting whose notice has hung long enough."""
    named = {"village": VILLAGE, "by": people["li"], "at": at}
    day = day_of(at)
    rules = {"resolution": "村民代表会议第1号决议", "from_date": day.replace(day=1)}
    scoring.import_scheme(session, table=Table.of(SCHEME[0], SCHEME[1:]), **rules, **named)
    held = {"held_on": day, "title": "上次评议会", "judges": ["周明", "吴芳"], "absentees": []}
    meeting = scoring.open_meeting(session, **held, **named)
    row = scoring.ScoreRow("0101", "A1", day)
    scoring.enter_scores(session, meeting=meeting.id, rows=[row], **named)
    notice = publicity.close_and_publish(session, meeting=meeting.id, **named)
    publicity.hang(session, notice=notice.id, place="村务公开栏", **named)


if __name__ == "__main__":
    main(sys.argv[1])
