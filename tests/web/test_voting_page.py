"""The red board's proposals, voted on in one go."""

from datetime import date

import pytest

from pointsbank import boards
from tests.builders import NOW, VILLAGE, Chayuan
from tests.web.browser import Browser, words

BOARD = f"/v/{VILLAGE}/boards/2026-09"
CAST = {"votes_for": "9", "votes_against": "", "on": "2026-09-01"}


@pytest.fixture
def li(browser: Browser) -> Browser:
    return browser.sign_in("li")


@pytest.fixture
def proposed(village: Chayuan) -> list[boards.Listing]:
    """Three households by a person's choice."""
    codes = ["0101", "0102", "0201"]
    made = village.write(boards.propose_red, month="2026-09", participants=codes)
    assert len(made) == 3
    return list(made)


def ticked(*listings: boards.Listing) -> dict[str, str]:
    """The rows of these, chosen."""
    return {f"taken-{one.id}": "1" for one in listings}


def states(village: Chayuan) -> list[tuple[str, str, int | None, int | None]]:
    """How each stands, with its votes."""
    found = village.read(boards.listings, month="2026-09")
    return [(one.participant.code, one.status, one.votes_for, one.votes_against) for one in found]


def test_all_are_voted_on_with_one_pair_of_numbers(
    li: Browser, village: Chayuan, proposed: list[boards.Listing]
) -> None:
    assert f"{BOARD}/votes" in words(li.get(BOARD))

    done = li.follow(li.post(f"{BOARD}/votes", **CAST, **ticked(*proposed)))

    assert "已登记3户的表决：3户上红榜。" in words(done)
    assert states(village) == [(code, "up", 9, 0) for code in ("0101", "0102", "0201")]
    assert "一起表决" not in words(done)


def test_a_household_may_have_votes_of_its_own_or_none(
    li: Browser, village: Chayuan, proposed: list[boards.Listing]
) -> None:
    first, second, _third = proposed
    own = {f"for-{second.id}": "3", f"against-{second.id}": "6"}

    done = li.follow(li.post(f"{BOARD}/votes", **CAST, **ticked(first, second), **own))

    assert "1户上红榜，1户没有通过" in words(done)
    assert states(village) == [
        ("0101", "up", 9, 0),
        ("0102", "rejected", 3, 6),
        ("0201", "proposed", None, None),
    ]


def test_one_wrong_row_writes_none_and_keeps_what_was_typed(
    li: Browser, village: Chayuan, proposed: list[boards.Listing]
) -> None:
    first, second, third = proposed

    refused = li.post(f"{BOARD}/votes", **CAST, **ticked(first, second), **{f"for-{first.id}": "很多"})

    assert (refused.status_code, 'value="很多"' in words(refused)) == (422, True)
    assert f'id="taken-{third.id}" name="taken-{third.id}" value="1" checked' not in words(refused)
    assert {status for _, status, _, _ in states(village)} == {"proposed"}


@pytest.mark.parametrize(
    ("cast", "status"),
    [({}, 422), ({"on": "2026-09-02"}, 422), ({"votes_for": "0"}, 422), ({"votes_for": "99999"}, 422)],
)
def test_votes_that_cannot_be_are_refused_for_all(
    cast: dict[str, str], status: int, li: Browser, village: Chayuan, proposed: list[boards.Listing]
) -> None:
    chosen = ticked(*proposed) if cast else {}

    assert li.post(f"{BOARD}/votes", **CAST | cast, **chosen).status_code == status

    assert {one for _, one, _, _ in states(village)} == {"proposed"}


def test_one_that_was_decided_meanwhile_stops_all(
    li: Browser, village: Chayuan, proposed: list[boards.Listing]
) -> None:
    one = {"listing": proposed[1].id, "votes_for": 5, "votes_against": 0, "on": date(2026, 9, 1)}
    village.write(boards.decide, **one, at=NOW)

    assert li.post(f"{BOARD}/votes", **CAST, **ticked(*proposed)).status_code == 409

    assert [status for _, status, _, _ in states(village)] == ["proposed", "up", "proposed"]
