"""Cards through the API: batches, handing them out, making them useless, and loss of one of several."""

from pointsbank import roster
from tests.api.scene import NOW, Village
from tests.builders import VILLAGE


def test_a_batch_is_handed_out_by_number_and_the_rest_made_useless(village: Village) -> None:
    same = {"village": VILLAGE, "by": "li", "at": NOW}
    with village.database.writing() as session:
        issued = roster.issue(session, participants=None, **same)
    batch = village.get("/card-batches", by="admin").json["items"][0]
    at = f"/card-batches/{batch['number']}"

    asked = village.post(f"{at}/hand-out", {"numbers": [roster.spaced(issued[0].number)]}, by="admin")

    assert (asked.status_code, asked.json["kind"]) == (201, "hand_out"), asked.json
    assert (batch["cards"], batch["left"], batch["scope"]) == (len(issued), len(issued), "village")
    assert village.post(f"{at}/hand-out", {"numbers": []}, by="admin").status_code == 422
    assert village.post(f"{at}/void", {}, by="admin").json["voided"] == len(issued)
    assert village.get(at, by="admin").json["left"] == 0
    assert village.get("/card-batches/99999999999999999999", by="admin").status_code == 404


def test_of_two_cards_the_lost_one_is_named(village: Village) -> None:
    same = {"village": VILLAGE, "by": "li", "at": NOW}
    with village.database.writing() as session:
        who = roster.by_code(session, village=VILLAGE, code="0101").id
        [card] = roster.issue(session, participants=[who], further=True, label="城里", **same)
        roster.hand_out(session, cards=[card.id], **same)

    unclear = village.post("/participants/0101/card-loss", {}, by="admin")
    lost = village.post("/participants/0101/card-loss", {"number": card.number}, by="admin")

    assert (unclear.status_code, unclear.json["reason"]) == (409, "which_card")
    [named] = [one for one in lost.json["items"] if one["number"] == card.number]
    assert (named["status"], named["slot"], named["label"]) == ("revoked", 2, "城里")
