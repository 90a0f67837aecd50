"""A participant of another village looks like none: every verb that names one, tried with both."""

import importlib
import inspect
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from pointsbank import ledger, market, roster
from pointsbank.boards import Proposer
from pointsbank.database import Database
from pointsbank.errors import Problem
from pointsbank.households import Share
from pointsbank.points import whole
from tests.builders import NEIGHBOUR, NOW, VILLAGE, Chayuan, chayuan
from tests.house.test_doors import CAPABILITIES

NAMING = {"participant", "participants", "heir", "who", "household"}
"""Parameters that name a participant, or several, by id or by code."""
PIN = market.digest_pin("271828")
GIVEN: dict[str, Any] = {
    "village": VILLAGE,
    "by": "li",
    "moment": NOW,
    "at": NOW,
    "month": "2026-08",
    "held_on": date(2026, 8, 1),
    "place": "自家院子",
    "tables": 1,
    "cars": 1,
    "rule": "占道堆放",
    "fact": "门前通道堆放杂物",
    "deed": "院里院外收拾得干净整齐",
    "proposer": Proposer("person", "0101"),
    "points": whole(1),
    "reason": "做好事",
    "decision": "村民会议第1号决议",
    "share": Share(code="0199", name="王小军", people=1),
    "group": "二组",
    "day": date(2026, 8, 1),
    "today": date(2026, 8, 1),
    "item": "清扫",
    "listing": "7qk",
    "occurred_on": date(2026, 8, 1),
    "question_id": "7qk",
    "request_id": "foreign-1",
    "pin": PIN,
    "old": "271828",
    "new": "161803",
    "why": "本人要求",
    "unit": ledger.POINTS,
    "index": -1,
    "words": {},
    "card": None,
    "kind": "redemption",
    "kinds": ["redemption"],
    "ends_on": None,
    "score": "7qk",
    "scores": [],
    "statuses": ["active"],
    "on": date(2026, 8, 1),
    "signed_on": date(2026, 8, 1),
    "status": "suspended",
    "second": "zhou",
    "proposal": "p" * 16,
    "redemption": "r" * 16,
    "typed": True,
    "round_id": "a" * 16,
    "verdict": "clean",
    "nominated_by": "panel",
}
"""What the verbs take besides: a new parameter without a default gets its value here."""

OTHERWISE: dict[str, dict[str, Any]] = {
    "questions.record": {"kind": "doubt", "words": "卫生费用在哪里了"},
    "roster.bar": {"kinds": ["titles"], "ends_on": NOW.date() + timedelta(days=30)},
}
"""What single verbs take under a name that means something else to most."""

NOT_TRIED = {"objections.record_answered", "objections.record_filed", "scoring.scored"}
"""Verbs that tell the log of a thing which their caller has found in its village, or narrow a meeting's."""


@dataclass(frozen=True)
class Verb:
    """A verb of a front door, and the parameter of it that names a participant."""

    name: str
    call: Callable[..., Any]
    parameter: str


def verbs() -> Iterator[Verb]:
    """Yield every exported function that names a participant; one with two such parameters twice."""
    for room in sorted(CAPABILITIES):
        door = importlib.import_module(f"pointsbank.{room}")
        for name, verb in sorted(vars(door).items()):
            tried = f"{room}.{name}" not in NOT_TRIED and not name.startswith("_")
            if inspect.isfunction(verb) and tried:
                parameters = inspect.signature(verb).parameters.keys()
                # What reads and writes nothing is handed a participant that somebody else found.
                for parameter in sorted(NAMING & parameters) if {"session", "database"} & parameters else ():
                    yield Verb(f"{room}.{name} {parameter}", verb, parameter)


VERBS = list(verbs())


@pytest.fixture(scope="module")
def database(sqlite_template, tmp_path_factory) -> Iterator[tuple[Database, Chayuan, roster.Participant]]:
    """The village, and beside it another with somebody in it."""
    path = tmp_path_factory.mktemp("foreign") / "village.sqlite3"
    path.write_bytes(sqlite_template.read_bytes())
    opened = Database(f"sqlite:///{path}")
    village = chayuan(opened)
    village.found_neighbour()
    common = {"village": NEIGHBOUR, "by": "li", "at": NOW}
    with opened.writing() as session:
        foreign = roster.add(session, code="9901", name="吴大海", group="一组", people=2, **common)
        roster.issue(session, participants=[foreign.id], **common)
    yield opened, village, foreign
    opened.dispose()


def outcome(database: Database, verb: Verb, named: str) -> str:
    """What a verb says, with what it was given left out; nothing that it does stays."""
    parameters = inspect.signature(verb.call).parameters
    needed = [name for name, one in parameters.items() if one.default is one.empty and name != verb.parameter]
    lacking = [
        name
        for name in needed
        if name not in {**GIVEN, "session": 0, "database": 0, "participant": 0, "heir": 0}
    ]
    assert not lacking, f"{verb.name}: say in GIVEN what {lacking} are"
    several = verb.parameter == "participants"
    given = {name: GIVEN[name] for name in needed if name in GIVEN}
    given |= OTHERWISE.get(verb.name.partition(" ")[0], {})
    given |= {name: "0101" for name in needed if name in ("participant", "heir")}
    given[verb.parameter] = [named] if several else named
    try:
        if "database" in parameters:
            said = repr(verb.call(database, **given))
        else:
            with database.writing() as session:
                said = repr(verb.call(session, **given))
                session.flush()
                raise _Undone(said)
    except _Undone as undone:
        said = str(undone)
    except Problem as problem:
        said = f"{type(problem).__name__}: {problem.detail}"
    except IntegrityError as error:
        said = type(error).__name__
    # Salted hashes and addresses in memory differ each time.
    return re.sub(r"leaf=b(['\"]).*?\1(?=[,)])|0x[0-9a-f]+", "", said.replace(named, "…"))


class _Undone(Exception):
    """Carries what a verb said out of its transaction, which is rolled back by it."""


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.name)
def test_a_verb_answers_for_a_foreign_participant_as_for_none(verb: Verb, database) -> None:
    opened, _, foreign = database

    by_id = {outcome(opened, verb, named) for named in (foreign.id, "aaaaaaaaaaaaaaaa")}
    by_code = {outcome(opened, verb, named) for named in (foreign.code, "9902")}

    assert len(by_id) == len(by_code) == 1
    assert not any(foreign.name in said for said in by_id | by_code)


def test_verbs_that_find_somebody_answer_otherwise_for_one_of_the_village(database) -> None:
    opened, village, _ = database
    missing = ("aaaaaaaaaaaaaaaa", "9902")
    same = [
        verb.name
        for verb in VERBS
        if {outcome(opened, verb, named) for named in (village.wang.id, village.wang.code)}
        == {outcome(opened, verb, named) for named in missing}
    ]

    assert len(VERBS) - len(same) > 10, same
