"""From outside, state by state: of a title, and of a notice that runs."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from time_machine import Traveller

from pointsbank import publicity, titles
from pointsbank.database import Database
from tests.builders import CLERK, NOW, SUPERVISOR
from tests.publicity.scene import hung, scores_of
from tests.titles import scene
from tests.web.outside import Outside
from tests.web.test_from_outside import names_in, said

DEED, INSIDE = "清扫门前的暗号路", ("单雪梅", "暗号甲", "暗号乙", "暗号丙", "暗号丁")
"""What may be read once a title is given; what was written inside, which may never."""


@pytest.fixture
def outside(app: Flask, sqlite_database: Database) -> Outside:
    """Somebody at the site of whatever village the test lives through."""
    app.extensions["pointsbank_database"] = sqlite_database
    return Outside(app, sqlite_database)


def agree(database: Database, **given: Any) -> None:
    """王建国 agrees to be named."""
    with database.writing() as session:
        publicity.give_consent(session, participant="0101", **given)


def test_a_title_is_read_as_its_state_allows_and_no_reason_ever(outside: Outside, clock: Traveller) -> None:
    """Nominated, checked, voted, hung, objected to, answered, given, off, put right, given back, lost."""
    database = outside.database
    seen = []

    def look(days: int) -> None:
        clock.move_to(NOW + timedelta(days=days))
        found = outside.read()
        assert not said(found, *INSIDE)
        read = (names_in(found), said(found, "王*国"), said(found, DEED), said(found, "第1号"))
        seen.append("".join(word for word, there in zip("NMDP", read, strict=True) if there))

    scene.founded(database)
    agree(database, **scene.here())
    one = scene.checked(database, scene.nominated(database, reason=DEED, nominator="暗号甲"))
    look(0)
    scene.hung(database, *scene.voted(database, one))
    look(1)
    with database.writing() as session:
        objection = titles.object_to_title(
            session, title_id=one.id, raised_by="单雪梅", reason="暗号乙", **scene.here(2, CLERK)
        ).id
    look(2)
    with database.writing() as session:
        titles.decide_title_objection(
            session, objection=objection, upheld=False, reason="暗号丙", **scene.here(3, SUPERVISOR)
        )
    look(5)
    look(6)
    scene.given(database, one)
    look(6)
    scene.taken_off(database, one, 20, reason="暗号丁")
    look(20)
    scene.checked(database, one, days=30)
    look(30)
    with database.writing() as session:
        titles.give_back(session, title_id=one.id, **scene.here(31))
    look(31)
    scene.taken_off(database, one, 60, reason="暗号丁")
    scene.checked(database, one, False, False, days=95)
    with database.writing() as session:
        titles.lose(session, title_id=one.id, reason="暗号丁", **scene.here(96, SUPERVISOR))
    look(96)

    # N a full name, M a masked one, D the deed, P the page of the plate, which names nobody.
    assert seen == ["", "M", "", "M", "", "NDP", "P", "P", "NDP", "P"]


def test_while_a_notice_runs_no_consent_names_anybody_outside(outside: Outside, clock: Traveller) -> None:
    """Neither beside a score that somebody objects to, nor before."""
    with outside.database.writing() as session:
        notice = hung(session, ("0101", "A1"))
    agree(outside.database, **scene.here())
    running = outside.read()
    with outside.database.writing() as session:
        [score] = scores_of(session, notice)
        publicity.raise_objection(
            session, score=score.id, raised_by="单雪梅", reason="暗号甲", **scene.here(1, CLERK)
        )
    clock.move_to(NOW + timedelta(days=1))
    contested = outside.read()

    assert said(running, "王*国") and said(contested, "有异议")
    assert not names_in(running) and not names_in(contested) and not said(contested, *INSIDE)
