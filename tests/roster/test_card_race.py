"""Two people at one household's cards at the same moment: it ends as if one had come after the other."""

import re
from collections.abc import Callable
from functools import partial
from threading import Barrier, Thread, current_thread
from typing import Any

import pytest
from sqlalchemy import event

from pointsbank import roster
from pointsbank.database import Database
from pointsbank.roster import HandedOut, IssuedCard, Participant
from tests.builders import Chayuan
from tests.publicity.test_settling_race import with_the_other, without_locks

READ = re.compile(r"card\.slot.*FROM card", re.DOTALL)
"""Where two meet: whenever a household's cards are read as they stand, which is their lock."""


def together(database: Database, *works: Callable[[], Any]) -> list[Any]:
    """Two threads write; both wait for each other after reading the cards, if the lock lets them."""
    barrier, answers = Barrier(2), dict[str, Any]()

    def met(connection: Any, cursor: Any, statement: str, *_: Any) -> None:
        if READ.search(statement) and current_thread().name.startswith("writer"):
            with_the_other(barrier)

    def run(act: Callable[[], Any]) -> None:
        try:
            answers[current_thread().name] = act()
        except Exception as problem:
            answers[current_thread().name] = problem

    event.listen(database.engine, "after_cursor_execute", met)
    threads = [Thread(target=run, args=[act], name=f"writer-{n}") for n, act in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    event.remove(database.engine, "after_cursor_execute", met)
    return [answers[name] for name in sorted(answers)]


def exchanged(village: Chayuan) -> tuple[IssuedCard, IssuedCard]:
    """王建国's card in use, and the new one that is printed for him."""
    old = village.card(village.wang)
    [new] = village.write(roster.issue, participants=[village.wang.id])
    return old, new


def two_hand_outs(village: Chayuan) -> bool:
    """Whether of two who hand out one card, one did it and the other found it done."""
    _, new = exchanged(village)
    act = partial(village.write, roster.hand_out, cards=[new.id])
    answers = together(village.database, act, act)
    return sorted(len(one.activated) for one in answers if isinstance(one, HandedOut)) == [0, 1]


def hand_out_and_loss(village: Chayuan) -> bool:
    """Whether the old card is either lost or replaced, and both people heard which."""
    old, new = exchanged(village)
    hand_out = partial(village.write, roster.hand_out, cards=[new.id])
    lose = partial(village.write, roster.lose, code="0101", number=old.number)
    done, lost = together(village.database, hand_out, lose)
    status = village.read(roster.card_by_number, number=old.number).status
    if not isinstance(done, HandedOut) or done.activated != (new.id,):
        return False
    if isinstance(lost, Participant):
        return status == "revoked" and done.ended == ()
    return isinstance(lost, roster.problems.CardNotInUse) and status == "replaced" and done.ended == (old.id,)


RACES = pytest.mark.parametrize("race", [two_hand_outs, hand_out_and_loss], ids=lambda race: race.__name__)


@RACES
def test_two_end_as_if_one_came_after_the_other(race: Callable[[Chayuan], bool], village: Chayuan) -> None:
    assert race(village)


@RACES
def test_the_lock_is_what_keeps_them_apart(
    race: Callable[[Chayuan], bool], village: Chayuan, monkeypatch: pytest.MonkeyPatch
) -> None:
    with without_locks(village.database, monkeypatch):
        assert not race(village)


def test_two_who_print_a_further_card_never_print_one_slot_twice(village: Chayuan) -> None:
    village.card(village.wang)
    act = partial(village.write, roster.issue, participants=[village.wang.id], further=True)

    answers = together(village.database, act, act)

    slots = [one[0].slot for one in answers if isinstance(one, list)]
    refused = [one for one in answers if isinstance(one, roster.problems.BatchOvertaken)]
    assert sorted(slots) == [2, 3][: len(slots)] and len(slots) + len(refused) == 2
    assert [one.number for one in village.read(roster.batches)] == [3, 2, 1][-1 - len(slots) :]
