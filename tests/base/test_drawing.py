"""What is drawn of many odd values is the same in every run, other at other places, and misses none."""

from types import SimpleNamespace

import pytest

from tests.drawing import drawn, undrawn_on_servers

VALUES = ["NaN", "-1", "%00", "王"]
PLACES = [f"/v/<village>/page-{number}" for number in range(40)]


def test_every_value_is_drawn_somewhere_and_every_place_gets_one() -> None:
    once = [drawn(VALUES, place, 1) for place in PLACES]

    assert {len(one) for one in once} == {1}
    assert {value for one in once for value in one} == set(VALUES)
    assert once == [drawn(VALUES, place, 1) for place in PLACES]


def test_all_of_them_are_all_whatever_the_place() -> None:
    assert {tuple(sorted(drawn(VALUES, place, None))) for place in PLACES} == {tuple(sorted(VALUES))}
    assert len(drawn(VALUES, PLACES[0], 9)) == len(VALUES)


class Case(pytest.Item):
    """A test that asks for a database, as far as drawing looks at it."""

    def runtest(self) -> None:
        """Do nothing."""


def cases(
    request: pytest.FixtureRequest, *names: str, file: str = "tests/roster/test_cards.py", mark: str = ""
) -> list[Case]:
    """Return tests of one file by their names, as `test_a[postgresql-2]`."""
    made = []
    for name in names:
        case = Case.from_parent(request.session, name=name, nodeid=f"{file}::{name}")
        kind = "postgresql" if "postgresql" in name else "sqlite"
        case.callspec = SimpleNamespace(params={"database": kind})  # type: ignore[attr-defined]
        if mark:
            case.add_marker(mark)
        made.append(case)
    return made


NAMES = [f"test_{letter}[{kind}]" for letter in "abcdef" for kind in ("sqlite", "postgresql")]


def left_out(items: list[Case]) -> set[str]:
    return {item.name for item in undrawn_on_servers(items)}


def test_of_a_file_s_tests_every_third_is_drawn_for_a_server_and_all_run_on_files(
    request: pytest.FixtureRequest,
) -> None:
    out = left_out(cases(request, *NAMES))

    assert len(out) == 4 and all("postgresql" in name for name in out)
    assert out == left_out(cases(request, *reversed(NAMES)))


def test_one_alone_is_never_left_out_and_of_its_cases_one_stays(request: pytest.FixtureRequest) -> None:
    many = [f"test_a[postgresql-{number}]" for number in range(5)]

    assert left_out(cases(request, "test_a[postgresql]")) == set()
    assert len(left_out(cases(request, *many))) == 4


def test_what_is_marked_or_about_storage_stays(request: pytest.FixtureRequest) -> None:
    marked = cases(request, *NAMES, mark="both")
    races = cases(request, *NAMES, file="tests/market/test_races.py")

    assert undrawn_on_servers(marked) == set()
    assert undrawn_on_servers(races) == set()
