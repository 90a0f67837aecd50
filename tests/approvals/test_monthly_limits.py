"""How many pieces a household may have a month: one person tightens it, two people loosen it."""

from typing import Any

import pytest

from pointsbank import approvals, market, proof, spreadsheets
from pointsbank.approvals import Approval
from pointsbank.points import whole
from tests.approvals.office import Office
from tests.builders import NOW, VILLAGE


def with_rice(office: Office) -> Office:
    """Five bags of rice lie on the shelf, two for each household a month."""
    rice = {"code": "M01", "name": "大米", "points": whole(40), "stock": 5, "limit_per_month": 2}
    office.village.write(market.add_goods, **rice)
    return office


def change(office: Office, limit: int | None, *, by: str = "li") -> Any:
    """Change the limit of rice."""
    return office.village.write(approvals.change_limit, goods="M01", limit=limit, by=office.id(by))


def limit(office: Office) -> int | None:
    """How many bags a household may have."""
    found = office.village.read(market.goods_by_code, code="M01", at=NOW)
    assert isinstance(found, market.Goods)
    return found.limit_per_month


def test_the_committee_alone_loosens_no_limit(office: Office) -> None:
    with_rice(office)
    asked = change(office, None)
    assert isinstance(asked, Approval)
    with pytest.raises(approvals.problems.SecondNotAllowed):
        office.confirm(asked, by="zhou")
    assert limit(office) == 2

    assert office.confirm(asked, by="chen").sentence == "大米的每户每月限量已改为不限。"

    assert limit(office) is None
    assert proof.verify(office.database, village=VILLAGE).findings == ()


def test_tightening_is_done_at_once_and_a_request_counts_for_what_was_seen(sqlite_office: Office) -> None:
    office = with_rice(sqlite_office)
    asked = change(office, 4)
    assert change(office, 1, by="sun").limit_per_month == 1

    with pytest.raises(approvals.problems.LimitMoved, match="1件"):
        office.confirm(asked, by="zhao")
    with pytest.raises(approvals.problems.RequesterNotAllowed):
        change(office, 1, by="chen")
    with pytest.raises(market.problems.LimitInvalid):
        change(office, 0)


@pytest.mark.parametrize("cell", ["3", "", "0"])
def test_a_table_loosens_no_limit(sqlite_office: Office, cell: str) -> None:
    office = with_rice(sqlite_office)
    table = spreadsheets.read_table(
        "goods.csv", f"编号,名称,积分,每户每月限量\nM01,大米,40,{cell}\n".encode()
    )

    with pytest.raises(spreadsheets.problems.BadRows, match="现在每户每月限2件，放宽要两个人"):
        office.village.write(market.import_goods, table=table)
    assert limit(office) == 2
