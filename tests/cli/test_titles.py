"""A title at the machine: from the rule to the plate, taken off and given back; a letter."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import time_machine

from tests.cli.conftest import Run


def test_a_title_goes_through_its_steps_at_the_machine(village: Run, tmp_path: Path) -> None:
    begun = datetime.now(UTC)

    def said(*words: object, days: int = 0) -> dict[str, Any]:
        with time_machine.travel(begun + timedelta(days=days)):
            ran = village("title", *words, "--json")
        assert ran.status == 0, ran.err
        return dict(json.loads(ran.out))

    roster = tmp_path / "roster.csv"
    roster.write_text("户号,户主,小组,人口\n001,买买提·艾力,一组,9\n", "utf-8")
    assert village("import", "roster", roster).status == 0
    rule = ("--criterion", "院内干净", "--criterion", "门前干净", "--benefit", "体检一次，12个月")
    rule = (*rule, "--notice-days", "1", "--quota", "1", "--resolution", "村民会议", "--from", "2026-01-01")
    said("adopt", "清洁户", *rule)
    one = said("nominate", "清洁户", "001", "--by", "panel")["id"]

    assert said("check", one, "--unmet", "2")["state"] == "unmet"
    refused = village("title", "check", one, "--unmet", "9")
    assert (refused.status, "有2个条件" in refused.err) == (1, True)
    assert said("check", one)["state"] == "met"
    assert said("vote", one, 5, 1)["state"] == "voted"
    assert village("title", "give", one).status == 1
    assert said("hang", one, "--place", "村口")["titles"] == [one]
    assert said("give", one, days=2)["state"] == "standing"
    assert said("benefit", one, 1, "--given", days=2)["given"] is True
    assert village("title", "recommend", one, "--to", "镇文明办").status == 1
    assert said("check", one, "--unmet", "1", days=9)["state"] == "failing"
    assert said("take-off", one, "--reason", "院内堆放杂物", days=9)["state"] == "taken_off"
    assert said("check", one, days=12)["state"] == "put_right"
    assert said("give-back", one, days=12)["state"] == "standing"
    assert said("withdraw", one, "--reason", "本户不想再挂", days=13)["state"] == "withdrawn"
    letter = said("letter", "thanks", "001", "清扫门前的路", days=13)["id"]
    assert said("brought", letter, days=13)["number"] == 1
    assert "清扫门前的路" in village("title", "letters").out
