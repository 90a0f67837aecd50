"""No faults found, and what is one deed, by the API."""

from datetime import date
from typing import Any

import pytest

from pointsbank import scoring
from pointsbank.spreadsheets import read_table
from tests.api.scene import SCHEME, Village, enter, open_meeting
from tests.api.test_refusals import refused
from tests.builders import NOW

MORE = (
    "C1,环境卫生,房前屋后,加分,25,,,,,,,,满分扣减,5\nC2,环境卫生,环境卫生类封顶,加分,,,,,年,28,,,合计上限,\n"
)


@pytest.fixture
def meeting(village: Village) -> str:
    """An open meeting under the scheme with a full mark and a limit of its category."""
    first, *rest = SCHEME.splitlines()
    lines = [f"{first},形状,每处扣", *(f"{line},," for line in rest), MORE]
    table = read_table("scheme.csv", "\n".join(lines).encode())
    with village.database.writing() as session:
        scoring.import_scheme(
            session,
            village="chayuan",
            table=table,
            resolution="第2号决议",
            from_date=date(2026, 9, 1),
            by="li",
            at=NOW,
        )
    return open_meeting(village)


@pytest.mark.parametrize(("given", "earned"), [({"quantity": 0}, 25), ({"quantity": None}, 25), ({}, 25)])
def test_no_faults_earn_the_full_mark(
    village: Village, meeting: str, given: dict[str, Any], earned: int
) -> None:
    entered = enter(village, meeting, item="C1", **given)

    assert (entered["points"], entered["counted_points"]) == (earned, earned)
    assert entered["quantity"] == given.get("quantity")


def test_one_deed_counts_once_and_a_limit_over_its_category(village: Village, meeting: str) -> None:
    first = enter(village, meeting, item="A1")
    more = enter(village, meeting, item="C1", quantity=1, same_deed="第1条")
    other = enter(village, meeting, item="C1", quantity=0, occurred_on="2026-09-01", note="又一处")

    assert (first["counted_points"], first["same_deed"]) == (5, None)
    assert (more["counted_points"], more["same_deed"]) == (15, first["id"])
    assert more["remark"] == "同一件事，按最高的一项计（第1条已计5分），再计15分"
    assert (other["counted_points"], other["remark"]) == (8, "超出环境卫生类加分每年上限，原25分，计8分")
    assert "C2" not in {one["code"] for one in village.get("/items", by="li").json["items"]}


@pytest.mark.parametrize("same_deed", ["第9条", "甲", "a" * 16])
def test_a_deed_that_is_not_there_is_named_at_its_field(
    village: Village, meeting: str, same_deed: str
) -> None:
    body = {"request_id": village.request_id(), "participant": "0201", "item": "A1"}
    body |= {"occurred_on": "2026-09-01", "same_deed": same_deed}

    answer = village.post(f"/meetings/{meeting}/scores", body, by="li")

    refused(answer, 422, "fields_invalid")
    assert [one["field"] for one in answer.json["errors"]] == ["same_deed"]
