"""Townships through the API, as on their page: who runs the installation lists, reads, makes, renames."""

import pytest

from pointsbank import governing, ledger, staff
from tests.api.scene import NOW, Village
from tests.api.test_refusals import refused
from tests.staff.people import HASHED

ALL = "/api/v1/townships"


def test_a_township_is_made_read_and_renamed_and_its_villages_log_tells_it(village: Village) -> None:
    made = village.post(ALL, {"name": " 河口镇 "}, by="admin")
    assert (made.status_code, made.json["name"], made.json["villages"]) == (201, "河口镇", [])
    one = f"{ALL}/{made.json['id']}"
    with village.database.writing() as session:
        by = {"by": "admin", "at": NOW}
        governing.place_village(session, village="chayuan", township=made.json["id"], **by)
        roles = [(staff.township_place(made.json["id"]), "county")]
        governing.add_staff(session, login="he", password=HASHED, name="何镇长", roles=roles, **by)

    renamed = village.post(f"{one}/name", {"name": "河口街道"}, by="admin")

    here = [{"code": "chayuan", "name": "茶源村"}]
    assert (renamed.status_code, renamed.json["name"], renamed.json["villages"]) == (200, "河口街道", here)
    assert village.get(one, by="admin").json["watchers"] == [{"login": "he", "name": "何镇长"}]
    assert village.get(ALL, by="admin").json == {"items": [renamed.json], "next": None}
    with village.database.reading() as session:
        [entry] = ledger.log_entries(session, village="chayuan", kinds=["township_renamed"])
    assert entry.words["old"] == "河口镇"


def test_each_refusal_has_its_reason(village: Village) -> None:
    one = f"{ALL}/{village.post(ALL, {'name': '河口镇'}, by='admin').json['id']}"
    refused(village.post(ALL, {"name": "河口镇"}, by="admin"), 409, "township_exists")
    refused(village.post(ALL, {"name": ""}, by="admin"), 422, "fields_invalid")
    refused(village.post(ALL, {"name": "镇" * 31}, by="admin"), 422, "fields_invalid")
    refused(village.get(f"{ALL}/nosuch", by="admin"), 404, "township_unknown")
    refused(village.post(f"{ALL}/nosuch/name", {"name": "别的镇"}, by="admin"), 404, "township_unknown")
    for path in (ALL, one):
        refused(village.get(path, by=None), 401, "not_signed_in")


@pytest.mark.parametrize("who", ["li", "chen", "zhao", "county", "wu"])
def test_who_does_not_run_the_installation_sees_no_township(who: str, served: Village) -> None:
    for method, path in (("GET", ALL), ("GET", f"{ALL}/x"), ("POST", ALL), ("POST", f"{ALL}/x/name")):
        refused(served.call(method, path, by=who, data=b"rubbish"), 403, "not_allowed")
