"""Without one of these rules of practice its own test fails."""

import pytest

from pointsbank.practice import making, servers
from pointsbank.practice.servers import OnServer
from pointsbank.roster import importing, invented
from pointsbank.web.pages import practice_village
from tests.missed_rules import TakenOut, check
from tests.practice import test_servers
from tests.web import test_practice
from tests.web.conftest import app, application, clock, furnished, village
from tests.web.test_practice import folder, site

server = test_servers.server
FIXTURES = (app, application, clock, furnished, village, folder, site, server)
"""What these tests begin with."""

_LEFT_ALONE = test_servers.test_what_is_not_this_installation_s_practice_village_is_left_alone
_PLAYED = test_practice.test_who_sees_only_totals_at_home_plays_anybody_and_gets_only_what_that_one_has


def _of(case: int) -> dict[str, object]:
    return dict(zip(("lies_there", "refusal"), test_servers.FOREIGN[case], strict=True))


RULES = [
    *(
        TakenOut(function, rule, instead, _LEFT_ALONE, _of(case))
        for case, function, rule, instead in (
            (0, OnServer._refuse_foreign, "connection.execute(_WHICH).one() == self._real()", "False"),
            (1, OnServer._refuse_foreign, "found.installation != self._installation", "False"),
            (2, OnServer._refuse_foreign, "(*found.ours, *found.others)", "found.others"),
            (3, OnServer._refuse_foreign, "(*found.ours, *found.others)", "()"),
            (4, servers._contents, "place != schema or name not in known", "False"),
            (4, making.discard, "place.check()", "None"),
            (
                5,
                servers._drop,
                "not isinstance(error.orig, psycopg.errors.DependentObjectsStillExist)",
                "True",
            ),
        )
    ),
    TakenOut(
        making._one_at_a_time,
        "stack.enter_context(locked(settings.data_dir / _LOCK, 0))",
        "None",
        test_servers.test_two_do_not_make_it_at_once,
    ),
    TakenOut(
        practice_village._begin,
        "login not in {one.login for one in practice.people(access.settings())}",
        "False",
        _PLAYED,
    ),
    TakenOut(
        importing.import_roster,
        'refuse_real(session, new=sum(row["code"] not in known for row in parsed.rows), known=len(known))',
        "None",
        test_practice.test_no_real_roster_comes_in_where_everybody_looks,
    ),
    TakenOut(
        invented.is_too_many,
        "new > MAXIMUM_NEW",
        "new >= MAXIMUM_NEW",
        test_practice.test_no_real_roster_comes_in_where_everybody_looks,
    ),
]


# One of a server's and all of the village's; each of the others founds a server's practice village for it.
IN_SUITE = [
    rule for rule in RULES if rule.test not in (_LEFT_ALONE, test_servers.test_two_do_not_make_it_at_once)
]
IN_SUITE.append(RULES[1])


@pytest.mark.parametrize(
    "rule", [pytest.param(one, marks=[] if one in IN_SUITE else pytest.mark.full) for one in RULES], ids=str
)
def test_a_rule_that_is_taken_out_is_missed(rule: TakenOut, request: pytest.FixtureRequest) -> None:
    check(rule, request)
