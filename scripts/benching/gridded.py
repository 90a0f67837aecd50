"""The grid of one group, 58 households beside 12 items, and one entry, with 6,353 scores in the meeting."""

from datetime import date
from itertools import count
from typing import Any
from urllib.parse import urlencode

import time_machine

from benching.lists import Taken, _as_a_server_does, _beside, _get, _hire, _line, _signed_in
from benching.redeeming import closing_database
from benching.rounds import Plan
from benching.scene import COMMITTEE, START, Shop, open_shop, sqlite_file
from benching.years import NOW
from pointsbank import scoring
from pointsbank.scoring import ScoreRow
from pointsbank.spreadsheets import Table

GROUPS, ITEMS, SCORES = 20, 12, 6_353
_HEADERS = ["编号", "类别", "条目", "方向", "分值"]


def grid(plan: Plan) -> None:
    """Open the page, and send it with every cell filled, beside an empty page for who is signed in."""
    times = plan.some(5, 40)
    with closing_database(sqlite_file(plan.folder, "grid.sqlite3")) as database:
        shop = open_shop(database, code="full", households=GROUPS * 58)
        open_shop(database, code="empty", households=1)
        for code in ("full", "empty"):
            _hire(database, code)
        meeting = _sit(shop)
        database.analyze()
        with time_machine.travel(NOW, tick=True):
            client = _signed_in(plan, database)
            _as_a_server_does()
            items = [("item", f"W{number:02d}") for number in range(ITEMS)]
            own = [one for one in shop.people if one.group == shop.people[0].group]
            chosen = urlencode([("group", own[0].group_id), ("day", START.date().isoformat()), *items])
            path = f"/v/full/meetings/{meeting}/grid?{chosen}"
            page = client.get(path).get_data(as_text=True)
            token = page.partition('name="csrf_token" value="')[2].partition('"')[0]
            cells = {f"c-{one.id}-{code}": "√" for one in own for _, code in items}
            sent = {"csrf_token": token, "request_id": "0123456789abcdef", **cells}

            def check() -> None:
                assert client.post(path, data=sent).status_code == 200

            numbers = count()

            def enter() -> None:
                number = next(numbers)
                line = {
                    "csrf_token": token,
                    "request_id": f"bench-{number:026d}",
                    "item": "W00",
                    "note": str(number),
                }
                line |= {"codes": own[number % len(own)].code, "occurred_on": START.date().isoformat()}
                to, script = f"/v/full/meetings/{meeting}/scores", {"Accept": "application/json"}
                answer = client.post(to, data=line | {"confirmed": "1"}, headers=script)
                assert answer.status_code == 200, answer.text

            opened: tuple[Taken, Taken] = _beside(client, lambda: _get(client, path), times)
            _line(f"grid, {len(own)} × {ITEMS}", *opened, SCORES)
            _line(f"grid, {len(cells)} cells checked", *_beside(client, check, times), SCORES)
            _line("entry of one line", *_beside(client, enter, times), SCORES)


def _sit(shop: Shop) -> str:
    """Hold a meeting that has scored everybody five times and more."""
    named: dict[str, Any] = {"village": shop.village, "by": COMMITTEE, "at": START}
    rows = [[f"W{number:02d}", "卫生", f"好事第{number}件", "加分", "2"] for number in range(ITEMS)]
    adopted = {"resolution": "村民会议第1号决议", "from_date": date(2026, 1, 1)}
    people = shop.people
    deeds = (divmod(number, len(people)) for number in range(SCORES))
    scores = [ScoreRow(people[who].code, f"W{what:02d}", START.date()) for what, who in deeds]
    with shop.database.writing() as session:
        scoring.import_scheme(session, table=Table.of(_HEADERS, rows), **adopted, **named)
        held = {"held_on": START.date(), "title": "九月评议会", "judges": ["李会计"]}
        meeting = scoring.open_meeting(session, **held, **named).id
        scoring.enter_scores(session, meeting=meeting, rows=scores, **named)
    return meeting
