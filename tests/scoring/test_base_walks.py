"""Whatever order of grants, deductions, awards, corrections and years: the balance is that of a notebook."""

import random
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from threading import Barrier, Thread
from typing import Any

import pytest

from pointsbank import ledger
from pointsbank.database import Database
from pointsbank.ledger.problems import AlreadyPosted
from pointsbank.scoring import BaseGiven, ScoreRow, base_granting
from tests.builders import COMMITTEE, NOW, VILLAGE
from tests.publicity.desk import NOTHING_AT_ALL
from tests.scoring.licence import NEXT_YEAR, licences

YEAR = 12


STEPS = ("lose", "lose", "lose", "earn", "strike", "renew")


@dataclass
class Notebook:
    """王建国's honour as a careful clerk has it, and what each year's deductions were."""

    honour: int = YEAR
    years: list[dict[str, int]] = field(default_factory=lambda: [{}])

    def left(self, year: int = -1) -> int:
        """What is left of a year's account."""
        return max(0, YEAR - sum(self.years[year].values()))

    def lapse(self, points: int) -> None:
        """Take points back, as far as there are any."""
        self.honour -= max(0, min(points, self.honour))

    def lose(self, score: str) -> None:
        """A deduction."""
        self.honour -= 3
        self.years[-1][score] = 3

    def renew(self) -> None:
        """New Year's Day."""
        self.lapse(self.left())
        self.years.append({})
        self.honour += YEAR

    def strike(self, score: str) -> None:
        """A deduction that should never have been: of a past year its part of the account lapses too."""
        [year] = [number for number, one in enumerate(self.years) if score in one]
        before = self.left(year)
        self.honour += self.years[year].pop(score)
        if year + 1 < len(self.years):
            self.lapse(self.left(year) - before)


@pytest.mark.parametrize("seed", range(6))
def test_the_balance_is_that_of_the_notebook(sqlite_database: Database, seed: int) -> None:
    chance, paper, moment, at = random.Random(seed), Notebook(), NOW, licences(sqlite_database)
    wang, posted, taken = at.panel.village.wang, list[Any](), list[str]()
    at.give()
    for number in range(14):
        moment += timedelta(days=6)
        taken.append(chance.choice(STEPS))
        day = date(2026, 1, 1) + timedelta(days=number)
        if taken[-1] == "renew":
            moment = NEXT_YEAR.replace(year=2026 + len(paper.years))
            at.give(moment)
            paper.renew()
        elif taken[-1] == "earn":
            at.post(ScoreRow("0101", "助邻", day), at=moment)
            paper.honour += 10
        elif taken[-1] == "lose":
            desk = at.post(ScoreRow("0101", "乱停", day), at=moment)
            posted.append(desk)
            paper.lose(desk.scores[0].id)
        elif posted:
            desk = posted.pop(chance.randrange(len(posted)))
            desk.correct(desk.scores[0], at=moment, **NOTHING_AT_ALL)
            paper.strike(desk.scores[0].id)
        assert (at.honour(wang), at.left(wang, moment.date())) == (paper.honour, paper.left()), taken
    assert at.findings() == []


def test_a_write_that_breaks_off_gives_nothing_and_the_next_gives_all(database: Database) -> None:
    at = licences(database)
    with suppress(ZeroDivisionError), database.writing() as session:
        base_granting.give_base(session, village=VILLAGE, by=COMMITTEE, at=NOW, limit=3)
        raise ZeroDivisionError

    assert at.give() == BaseGiven(given=8)
    assert at.findings() == []


def at_one_moment(database: Database) -> list[BaseGiven | Exception]:
    """Two servers that look at the same moment."""
    start, answers = Barrier(2), list[BaseGiven | Exception]()

    def serve() -> None:
        start.wait()
        try:
            with database.writing() as session:
                answers.append(base_granting.give_base(session, village=VILLAGE, by=COMMITTEE, at=NOW))
        except Exception as problem:
            answers.append(problem)

    threads = [Thread(target=serve) for _ in range(2)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return answers


@pytest.mark.both
def test_two_servers_give_once(database: Database) -> None:
    at = licences(database)

    answers = at_one_moment(database)

    assert sorted(one.given for one in answers if isinstance(one, BaseGiven)) == [0, 8]
    assert at.honour(at.panel.village.wang) == 12


def test_without_the_lock_the_second_server_is_refused_by_the_ledger(
    postgresql_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = licences(postgresql_database)
    monkeypatch.setattr(base_granting.ledger, "lock_accounts", lambda *_, **__: None)
    both_have_read, give = Barrier(2), base_granting._give

    def give_together(*arguments: Any, **named: Any) -> None:
        both_have_read.wait()
        give(*arguments, **named)

    monkeypatch.setattr(base_granting, "_give", give_together)

    answers = at_one_moment(postgresql_database)

    assert {type(one) for one in answers} == {BaseGiven, AlreadyPosted}
    assert at.honour(at.panel.village.wang) == 12
    assert at.panel.read(ledger.balance, participant=at.panel.village.li.id).honour == 1200
