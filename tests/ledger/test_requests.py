"""The same request twice is one act; the same id for anything else is refused."""

from typing import Any

import pytest

from pointsbank.ledger.requests import RequestIdInvalid, RequestReused, reserve_request, store_answer
from tests.builders import CLERK, COMMITTEE, NOW, VILLAGE, Chayuan

REQUEST = "request-0001"


def claim(village: Chayuan, **changes: Any) -> Any:
    """Claim the request, and answer it where it is new."""
    asked: dict[str, Any] = {"request_id": REQUEST, "by": CLERK, "contents": {"goods": "SP01"}} | changes

    with village.database.writing() as session:
        seen = reserve_request(session, village=VILLAGE, at=NOW, **asked)
        if seen is None:
            store_answer(session, village=VILLAGE, request_id=asked["request_id"], answer={"n": 1})
        return seen


def test_a_new_request_has_no_answer_yet(village: Chayuan) -> None:
    assert claim(village) is None


def test_a_repeat_gets_the_first_answer(village: Chayuan) -> None:
    claim(village)

    assert claim(village) == {"n": 1}


@pytest.mark.parametrize("changes", [{"contents": {"goods": "SP02"}}, {"by": COMMITTEE}])
def test_other_contents_or_another_person_are_refused(village: Chayuan, changes: dict[str, Any]) -> None:
    claim(village)

    with pytest.raises(RequestReused):
        claim(village, **changes)


@pytest.mark.parametrize(
    "request_id", ["", "short", "x" * 65, "空格 不行不行", "a b c d e f", None, 12345678]
)
def test_a_misshapen_id_is_refused(village: Chayuan, request_id: Any) -> None:
    with pytest.raises(RequestIdInvalid):
        claim(village, request_id=request_id)


def test_after_a_refusal_the_same_id_may_be_tried_again(village: Chayuan) -> None:
    with pytest.raises(RuntimeError), village.database.writing() as session:
        reserve_request(session, village=VILLAGE, request_id=REQUEST, by=CLERK, contents={}, at=NOW)
        raise RuntimeError("the sale was refused")

    assert claim(village) is None
