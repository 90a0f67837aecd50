"""A program has a posted score put right: it says what should be, a person confirms."""

from tests.api.scene import Village, later, posted


def test_what_should_be_waits_for_a_second_person_and_is_then_posted(village: Village) -> None:
    score = posted(village)
    asked = village.post(f"/scores/{score}/corrections", {"quantity": 3, "reason": "数错了"}, by="li")
    assert (asked.status_code, asked.json["kind"], asked.json["status"]) == (201, "correct_score", "waiting")
    assert any("数量3，计+6分" in sentence for sentence in asked.json["happens"])

    assert "现在计+6分" in village.confirm(asked.json["id"])

    [made] = village.get(f"/scores/{score}/corrections", by="li").json["items"]
    assert (made["corrects"], made["version"], made["status"]) == (score, 2, "posted")
    new = village.get(f"/scores/{made['score']}", by="li").json
    assert (new["quantity"], new["counted_points"], new["state"]) == (3, 6, "posted")
    again = village.post(f"/scores/{score}/corrections", {"quantity": 4, "reason": "又错了"}, by="li")
    assert (again.status_code, again.json["reason"]) == (409, "already_corrected")


def test_what_takes_away_is_settled_when_its_days_are_over(village: Village) -> None:
    score = posted(village)
    asked = village.post(f"/scores/{score}/corrections", {"struck": True, "reason": "没有这回事"}, by="li")
    village.confirm(asked.json["id"])
    [made] = village.get(f"/scores/{score}/corrections", by="li").json["items"]
    assert (made["status"], made["struck"], made["days"]) == ("unhung", True, 3)

    unhung = village.post(f"/scores/{made['score']}/settle", by="li")
    assert (unhung.status_code, unhung.json["reason"]) == (409, "correction_not_hung")
    hung = village.post(f"/scores/{made['score']}/hangings", {"place": "村务公开栏"}, by="li")
    assert (hung.status_code, hung.json["status"]) == (201, "hanging")
    again = village.post(f"/scores/{made['score']}/hangings", {"place": "路口"}, by="li")
    assert (again.status_code, again.json["reason"]) == (409, "correction_hung")
    early = village.post(f"/scores/{made['score']}/settle", by="li")
    assert (early.status_code, early.json["reason"]) == (409, "correction_still_open")
    with later(10):
        done = village.post(f"/scores/{made['score']}/settle", by="li")
    assert (done.status_code, done.json["status"]) == (200, "posted")


def test_an_objection_is_answered_with_what_should_be(village: Village) -> None:
    score = posted(village)
    said = {"raised_by": "本户", "reason": "少记了一小时"}
    objection = village.post(f"/scores/{score}/objections", said, by="chen").json["id"]

    body = {"upheld": True, "reason": "签到表上是三小时", "should_be": {"quantity": 3}}
    answered = village.post(f"/objections/{objection}/decision", body, by="zhao")

    assert (answered.status_code, answered.json["remedy"]) == (200, "correction")
    [waiting] = [
        one for one in village.get("/approvals", by="li").json["items"] if one["kind"] == "correct_score"
    ]
    assert any("计+6分" in sentence for sentence in waiting["happens"])
