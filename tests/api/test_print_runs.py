"""Long prints by a program: asked for, followed, cancelled, fetched, by those alone who may print them."""

import zipfile
from io import BytesIO

import pytest

from pointsbank import staff
from pointsbank.config import Settings
from pointsbank.database import execute
from pointsbank.duties import Runner, Site, find
from tests.api.scene import NOW, Village
from tests.api.test_access import refused
from tests.builders import VILLAGE

HERE = "/print-runs/inspection"
BODY = {"span": "2026-Q3"}


def made(village: Village) -> None:
    """The program looks once after what waits."""
    settings: Settings = village.app.extensions["pointsbank_settings"]
    site = Site(village.database, settings)
    Runner(site, now=lambda: NOW, duties=[find("print_runs")], patience=0).run_due()


def test_a_program_asks_follows_and_fetches_and_the_taking_is_written_down(village: Village) -> None:
    asked = village.post(HERE, BODY, by="li")
    assert (asked.status_code, asked.json["state"], asked.json["asked_by"]) == (201, "waiting", "li")
    assert village.post(HERE, BODY, by="li").json["id"] == asked.json["id"]
    one = f"{HERE}/{asked.json['id']}"
    refused(village.get(f"{one}/file", by="li"), 409, "print_run_not_ready")
    made(village)

    assert village.get(one, by="zhao").json["state"] == "done"
    file = village.get(f"{one}/file", by="zhao")
    assert file.headers["Content-Disposition"] == "attachment; filename=inspection-2026-q3.zip"
    assert zipfile.ZipFile(BytesIO(file.data)).testzip() is None
    with village.database.reading() as session:
        [taken] = execute(session, staff.exports_query(village=VILLAGE)).all()
    assert (taken.list_name, taken.form) == ("print_inspection", "zip")
    refused(village.post(f"{one}/cancellation", {}, by="li"), 409, "print_run_over")


def test_nobody_else_has_anything_to_do_with_a_folder(village: Village) -> None:
    """A clerk, the county, another village's people, and a way round by a kind that one may have."""
    run = village.post(HERE, BODY, by="li").json["id"]
    made(village)
    for who, village_, status in (("chen", VILLAGE, 403), ("county", VILLAGE, 403), ("wu", VILLAGE, 404)):
        for path in (f"{HERE}/{run}", f"{HERE}/{run}/file"):
            assert village.get(path, by=who, village=village_).status_code == status
        assert village.post(HERE, BODY, by=who).status_code == status
        assert village.post(f"{HERE}/{run}/cancellation", {}, by=who).status_code == status
    refused(village.get(f"/print-runs/cards/{run}/file", by="li"), 404, "print_run_unknown")
    # The supervisor may not print cards: no list shows that some are made, no address cancels them.
    cards = village.post("/print-runs/cards", {"group": "*"}, by="li").json["id"]
    shown = {one["id"] for one in village.get("/print-runs", by="zhao").json["items"]}
    assert shown == {run}
    refused(village.post(f"/print-runs/cards/{cards}/cancellation", {}, by="zhao"), 403, "not_allowed")
    refused(village.post(f"{HERE}/{cards}/cancellation", {}, by="zhao"), 404, "print_run_unknown")
    assert village.post(f"/print-runs/cards/{cards}/cancellation", {}, by="li").json["state"] == "cancelled"
    with village.database.reading() as session:
        assert execute(session, staff.exports_query(village=VILLAGE)).all() == []


def test_kinds_say_what_may_be_chosen(village: Village) -> None:
    kinds = {one["name"]: one for one in village.get("/print-run-kinds", by="zhao").json["items"]}

    assert kinds.keys() == {"inspection", "month"}
    assert [one["name"] for one in kinds["inspection"]["options"]] == ["span"]


@pytest.mark.parametrize(
    ("path", "body", "reason"),
    [
        (HERE, {"span": "2026-Q7"}, "span_invalid"),
        (HERE, {}, "fields_invalid"),
        (HERE, {"span": "2026", "by": "zhao"}, "fields_invalid"),
        ("/print-runs/month", {"month": "2026-13"}, "month_invalid"),
    ],
)
def test_what_cannot_be_made_is_refused_at_once(
    village: Village, path: str, body: dict[str, str], reason: str
) -> None:
    refused(village.post(path, body, by="li"), 422, reason)
    assert village.get("/print-runs", by="li").json["items"] == []
