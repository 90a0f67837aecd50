"""Whoever asks whether two logins are two people says when the first one began its part, or why not."""

import ast

from tests.house.source import modules

BOTH_NOW = {
    "pointsbank/cli/two_people.py": "both have typed their passwords a moment ago",
    "pointsbank/governing/openings.py": "both have just signed in, for this table",
    "pointsbank/market/second_check.py": "the seller sells and the approver types the password now",
    "pointsbank/market/written_off.py": "of new goods: the first come in on the day on which logins are made",
}
"""Where nothing was begun earlier, or what it began with does not count, and why."""


def test_every_question_about_two_people_says_when_the_first_began():
    asked, without = 0, set()
    for module in modules("pointsbank"):
        for call in (node for node in ast.walk(module.tree) if isinstance(node, ast.Call)):
            if not ast.unparse(call.func).endswith("independence.check"):
                continue
            asked += 1
            if "begun_at" not in {each.arg for each in call.keywords}:
                without.add(module.place)

    assert without == BOTH_NOW.keys()
    assert asked >= 8
