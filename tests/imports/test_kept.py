"""A file between look and take-over is its sender's alone, for one village and one import, for two hours."""

from datetime import timedelta
from pathlib import Path

import pytest

from pointsbank.imports import Kept, kept
from tests.builders import NOW
from tests.missed_rules import TakenOut, check

MINE = {"staff": "li", "village": "chayuan", "what": "roster"}


def lie_there(folder: Path) -> Kept:
    """A file that was looked at now."""
    file = folder / "sent.csv"
    file.write_bytes("户号,户主".encode())
    return kept.keep(folder / "kept", file, Kept("", **MINE, name="户册.csv", at=NOW.timestamp()))


@pytest.mark.parametrize(
    "other",
    [{"staff": "zhou"}, {"village": "zhuyuan"}, {"what": "goods"}, {"at": NOW + timedelta(hours=2)}],
    ids=str,
)
def test_nobody_else_gets_it_nor_for_anything_else_nor_later(
    tmp_path: Path, other: dict[str, object]
) -> None:
    found = lie_there(tmp_path)
    asked = {**MINE, "at": NOW + timedelta(hours=2, seconds=-1)}

    assert kept.find(tmp_path / "kept", found.id, **asked) == found
    assert kept.last_of(tmp_path / "kept", **asked) == found
    with pytest.raises(kept.UploadGone):
        kept.find(tmp_path / "kept", found.id, **asked | other)
    assert kept.last_of(tmp_path / "kept", **asked | other) is None


def test_it_is_removed_after_two_hours_and_not_before(tmp_path: Path) -> None:
    lie_there(tmp_path)
    folder, over = tmp_path / "kept", (NOW + timedelta(hours=2)).timestamp()

    assert kept.remove_old(folder, at=over - 1) == 0
    assert len(list(folder.iterdir())) == 2
    assert kept.remove_old(folder, at=over) == 1
    assert list(folder.iterdir()) == []


_WHOSE = test_nobody_else_gets_it_nor_for_anything_else_nor_later
RULES = [
    *(
        TakenOut(
            kept.find,
            "(kept.staff, kept.village, kept.what) != (staff, village, what)",
            f"({left}) != ({right})",
            _WHOSE,
            {"other": other},
        )
        for left, right, other in (
            ("kept.village, kept.what", "village, what", {"staff": "zhou"}),
            ("kept.staff, kept.what", "staff, what", {"village": "zhuyuan"}),
            ("kept.staff, kept.village", "staff, village", {"what": "goods"}),
        )
    ),
    TakenOut(kept.find, "_is_old(kept, at)", "False", _WHOSE, {"other": {"at": NOW + timedelta(hours=2)}}),
    TakenOut(kept.last_of, "(one.staff, one.village, one.what) == wanted", "True", _WHOSE),
    TakenOut(
        kept.last_of, "not _is_old(one, at)", "True", _WHOSE, {"other": {"at": NOW + timedelta(hours=2)}}
    ),
    TakenOut(
        kept.too_old,
        "-60 < at - path.stat().st_mtime < LASTS.total_seconds()",
        "at - path.stat().st_mtime < 2 * LASTS.total_seconds()",
        test_it_is_removed_after_two_hours_and_not_before,
    ),
]


@pytest.mark.parametrize("rule", RULES, ids=str)
def test_a_rule_that_is_taken_out_is_missed(rule: TakenOut, request: pytest.FixtureRequest) -> None:
    check(rule, request)
