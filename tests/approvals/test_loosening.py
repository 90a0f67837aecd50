"""A setting that protects households is loosened by two people; a request for it waits like any other."""

from datetime import timedelta
from typing import Any

import pytest

from pointsbank import approvals, proof, villages
from pointsbank.approvals import Approval
from tests.approvals.office import Office
from tests.builders import NOW, VILLAGE


def change(office: Office, *, by: str = "sun", **one: Any) -> Any:
    """Change one setting, as sun unless said otherwise."""
    [(name, value)] = one.items()
    return office.village.write(approvals.change_setting, name=name, value=value, by=office.id(by))


def loosening(office: Office, **one: Any) -> Approval:
    """Request that a setting is loosened."""
    made = change(office, **one)
    assert isinstance(made, Approval)
    return made


def notice_days(office: Office) -> int:
    """What the village has chosen."""
    return int(office.village.read(villages.settings).notice_days)


def test_a_loosening_waits_seven_days_for_somebody_of_another_role(office: Office) -> None:
    asked = loosening(office, by="li", notice_days=2)
    for second, refusal in (("zhou", "SecondNotAllowed"), ("li", "SecondNotAllowed")):
        with pytest.raises(getattr(approvals.problems, refusal)):
            office.confirm(asked, by=second)
    with pytest.raises(approvals.problems.ApprovalEnded):
        office.confirm(asked, by="zhao", at=NOW + timedelta(days=7))
    assert notice_days(office) == 3

    assert office.confirm(asked, by="chen", at=NOW + timedelta(days=6)).sentence == "公示天数已改为2天。"

    assert notice_days(office) == 2
    assert office.kinds()[-3:] == ["approval_requested", "settings_changed", "approval_confirmed"]
    assert proof.verify(office.database, village=VILLAGE).findings == ()


def test_tightening_is_done_at_once(sqlite_office: Office) -> None:
    assert [one.new for one in change(sqlite_office, notice_days=5)] == [5]
    assert change(sqlite_office, notice_days=5) == []
    with pytest.raises(villages.problems.VillageSettingInvalid):
        change(sqlite_office, notice_days=0)
    with pytest.raises(approvals.problems.RequesterNotAllowed):
        change(sqlite_office, by="zhao", notice_days=6)


def test_what_was_tightened_meanwhile_is_not_loosened_further_than_was_seen(office: Office) -> None:
    asked = loosening(office, notice_days=2)
    change(office, by="li", notice_days=9)

    with pytest.raises(approvals.problems.SettingMoved, match="9天"):
        office.confirm(asked, by="zhao")
    assert (notice_days(office), office.status(asked)) == (9, "waiting")
