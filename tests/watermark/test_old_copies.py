"""An older copy of the data is told at once by the stubs outside it, entry by entry."""

from collections.abc import Callable
from pathlib import Path

import pytest

from pointsbank import ledger, staff, watermark
from pointsbank.database import Database
from pointsbank.watermark import Place, Standing
from pointsbank.watermark.comparing import latest_marks
from tests.builders import CLERK, COMMITTEE, NOW, SUPERVISOR, VILLAGE, Chayuan
from tests.ledger.moves import award
from tests.watermark.conftest import PASSWORD

Older = Callable[[], Database]


def _post(village: Chayuan, times: int = 1) -> None:
    for _ in range(times):
        village.write(ledger.post, entries=[award(village.wang, 2)], request_id=None)


def _people(database: Database, *logins: str) -> tuple[staff.SignedIn, ...]:
    """These people, as they are after signing in."""
    with database.reading() as session:
        known = {one.staff.login: one for one in staff.everyone(session)}
    return tuple(known[login] for login in logins)


def _accept(database: Database, places: list[Place], *logins: str) -> dict[str, int]:
    """Let two people say that the books go on as they are."""
    stood = watermark.examine(database, places)
    first, second = _people(database, *logins)
    with database.writing() as session:
        entries = watermark.accept(session, stood=stood, people=(first, second), at=NOW)
    watermark.renew(database, places, stood)
    return entries


def _standings(database: Database, places: list[Place]) -> list[Standing]:
    return [one.standing for one in watermark.examine(database, places)]


def test_a_log_that_grew_agrees_with_its_stubs_and_they_follow(village: Chayuan, places: list[Place]):
    _post(village, 3)
    watermark.begin(village.database, places, just_made=True)
    _post(village, 5)

    [here, stick] = watermark.check(village.database, places)

    assert (here.standing, here.late, stick.late) == (Standing.AGREES, 5, 5)
    assert [one.late for one in watermark.examine(village.database, places)] == [0, 0]


def test_an_older_copy_is_refused_and_every_missing_entry_is_named(
    village: Chayuan, places: list[Place], older: Older
):
    _post(village, 2)
    old = older()
    _post(village, 3)
    watermark.begin(village.database, places, just_made=True)

    with pytest.raises(watermark.problems.LogBehindWatermark, match="少3条") as refused:
        watermark.check(old, places)

    lines = refused.value.fields["lines"]
    assert [line.split(" ")[:2] for line in lines] == [[VILLAGE, f"第{index}条"] for index in (2, 3, 4)]
    assert all("2026-09-01 02:00:00 UTC 加分" in line for line in lines)


def test_a_copy_that_went_on_by_itself_is_refused_from_where_it_parted(
    village: Chayuan, places: list[Place], older: Older
):
    _post(village, 2)
    old = older()
    _post(village, 3)
    watermark.begin(village.database, places, just_made=True)
    with old.writing() as session:
        entries = [award(village.li, 7)] * 9
        ledger.post(session, entries, village=VILLAGE, by=COMMITTEE, at=NOW)

    with pytest.raises(watermark.problems.LogBehindWatermark, match="少3条"):
        watermark.check(old, places)


def test_without_the_stub_the_same_copy_would_be_served(village: Chayuan, places: list[Place], older: Older):
    _post(village, 2)
    old = older()
    _post(village, 3)

    assert watermark.check(old, []) == []


def test_two_people_of_two_roles_go_on_and_the_log_says_so(
    village: Chayuan, places: list[Place], older: Older
):
    _post(village, 2)
    old = older()
    _post(village, 3)
    watermark.begin(village.database, places, just_made=True)

    assert _accept(old, places, COMMITTEE, SUPERVISOR) == {VILLAGE: 2}

    assert _standings(old, places) == [Standing.AGREES, Standing.AGREES]
    with old.reading() as session:
        [words] = ledger.words_of_kind(session, village=VILLAGE, kind="watermark_accepted")
    assert [one[:2] for one in words["missing"]] == [[2, "award"], [3, "award"], [4, "award"]]
    assert sorted(file.suffix for file in places[0].folder.glob("chayuan*")) == [".replaced", ".watermark"]


@pytest.mark.parametrize("second", [COMMITTEE, "zhou"])
def test_one_person_or_one_role_cannot_say_so(
    village: Chayuan, places: list[Place], older: Older, second: str
):
    with village.database.writing() as session:
        roles = [(VILLAGE, "committee")]
        staff.add(session, login="zhou", password=PASSWORD, name="周", roles=roles, by="sun", at=NOW)
    old = older()
    _post(village)
    watermark.begin(village.database, places, just_made=True)

    with pytest.raises(watermark.problems.TwoRolesNeeded):
        _accept(old, places, COMMITTEE, second)

    assert _standings(old, places) == [Standing.BEHIND, Standing.BEHIND]


def test_a_stick_that_was_away_when_two_people_accepted_is_no_second_alarm(
    village: Chayuan, places: list[Place], older: Older, tmp_path: Path
):
    stick = places[1]
    old = older()
    _post(village, 2)
    watermark.begin(village.database, places, just_made=True)
    stick.folder.rename(tmp_path / "in a pocket")
    _post(village, 2)
    watermark.check(village.database, places)
    _accept(old, places, CLERK, SUPERVISOR)

    (tmp_path / "in a pocket").rename(stick.folder)

    assert _standings(old, places) == [Standing.AGREES, Standing.ACCEPTED]
    watermark.check(old, places)
    assert _standings(old, places) == [Standing.AGREES, Standing.AGREES]


def test_a_stick_that_comes_back_tells_what_the_folder_no_longer_knows(
    village: Chayuan, places: list[Place], older: Older, tmp_path: Path
):
    here = places[0]
    old = older()
    _post(village, 2)
    watermark.begin(village.database, places, just_made=True)
    (here.folder / "chayuan.watermark").unlink()
    here.rewrite(VILLAGE, latest_marks(old, village=VILLAGE))

    assert _standings(old, places) == [Standing.AGREES, Standing.BEHIND]


@pytest.mark.parametrize("spoil", ["flip", "empty", "gone", "head"])
def test_a_spoilt_stub_vouches_for_nothing_but_another_does(
    village: Chayuan, places: list[Place], spoil: str
):
    _post(village, 5)
    watermark.begin(village.database, places, just_made=True)
    _spoil(places[0].folder / "chayuan.watermark", spoil)

    with pytest.raises(watermark.problems.WatermarkUnusable, match="here"):
        watermark.check(village.database, places[:1])
    watermark.check(village.database, places)

    assert _standings(village.database, places) == [Standing.AGREES, Standing.AGREES]


def _spoil(file: Path, how: str) -> None:
    content = bytearray(file.read_bytes())
    if how == "flip":
        content[len(content) // 2] ^= 4
        file.write_bytes(content)
    elif how == "gone":
        file.unlink()
    else:
        file.write_bytes(content.splitlines(keepends=True)[0] if how == "head" else b"")


def test_every_flipped_bit_of_a_stub_is_seen(village: Chayuan, places: list[Place], full: bool):
    _post(village, 3)
    watermark.begin(village.database, places[:1], just_made=True)
    file = places[0].folder / "chayuan.watermark"
    content = file.read_bytes()

    unseen = []
    # A stub is a file beside whichever storage; a step that shares nothing with the length of a line meets
    # every part of one.
    for place in range(0, len(content), 1 if full else 7):
        spoilt = bytearray(content)
        spoilt[place] ^= 1 << place % 8
        file.write_bytes(spoilt)
        if _standings(village.database, places[:1]) == [Standing.AGREES]:
            unseen.append(place)

    assert unseen == []


def test_a_stub_cut_by_a_power_cut_still_vouches_and_is_mended(village: Chayuan, places: list[Place]):
    _post(village, 3)
    watermark.begin(village.database, places[:1], just_made=True)
    file = places[0].folder / "chayuan.watermark"
    file.write_bytes(file.read_bytes()[:-9])

    [stood] = watermark.check(village.database, places[:1])

    assert stood.standing is Standing.CUT
    assert "断过电" in watermark.in_words(stood)
    assert _standings(village.database, places[:1]) == [Standing.AGREES]


def test_a_cut_line_tells_of_one_entry_that_an_older_copy_lacks(
    village: Chayuan, places: list[Place], older: Older
):
    _post(village, 3)
    old = older()
    _post(village)
    watermark.begin(village.database, places[:1], just_made=True)
    file = places[0].folder / "chayuan.watermark"
    file.write_bytes(file.read_bytes()[:-9])

    with pytest.raises(watermark.problems.LogBehindWatermark, match="少1条"):
        watermark.check(old, places[:1])


def test_nobody_alone_begins_a_stub_over_a_log_with_entries(village: Chayuan, places: list[Place]):
    _post(village)

    with pytest.raises(watermark.problems.NothingVouches):
        watermark.begin(village.database, places)

    assert _accept(village.database, places, COMMITTEE, SUPERVISOR) == {VILLAGE: 1}
    assert _standings(village.database, places) == [Standing.AGREES, Standing.AGREES]


def test_a_second_stub_begins_beside_one_that_vouches(village: Chayuan, places: list[Place]):
    _post(village, 4)
    watermark.begin(village.database, places[:1], just_made=True)

    watermark.begin(village.database, places)

    assert _standings(village.database, places) == [Standing.AGREES, Standing.AGREES]


def test_a_village_that_is_gone_is_missed(village: Chayuan, places: list[Place], older: Older):
    old = older()
    village.found_neighbour()
    watermark.begin(village.database, places[:1], just_made=True)

    with pytest.raises(watermark.problems.LogBehindWatermark, match="zhuyuan"):
        watermark.check(old, places[:1])

    assert _accept(old, places[:1], COMMITTEE, SUPERVISOR) == {VILLAGE: 0}
    assert _standings(old, places[:1]) == [Standing.AGREES]


def test_the_last_thousand_entries_are_kept(village: Chayuan, places: list[Place], older: Older):
    old = older()
    for _ in range(3):
        village.write(ledger.post, entries=[award(village.wang, 1)] * 700)
        watermark.begin(village.database, places[:1], just_made=True)

    kept = places[0].read(VILLAGE)

    assert kept is not None and not kept.damaged
    assert 1000 <= len(kept.marks) < 2000
    assert kept.size == 2100
    with pytest.raises(watermark.problems.LogBehindWatermark):
        watermark.check(old, places[:1])


def test_another_history_of_the_same_length_is_refused(village: Chayuan, places: list[Place], older: Older):
    old = older()
    _post(village, 4)
    watermark.begin(village.database, places[:1], just_made=True)
    with old.writing() as session:
        ledger.post(session, [award(village.li, 7)] * 4, village=VILLAGE, by=COMMITTEE, at=NOW)

    assert _standings(old, places[:1]) == [Standing.BEHIND]


def test_a_stub_holds_no_name_and_no_amount(village: Chayuan, places: list[Place]):
    entries = [award(village.wang, 2)]
    village.write(ledger.post, entries=entries, request_id="till-1-000017")
    watermark.begin(village.database, places[:1], just_made=True)

    content = (places[0].folder / "chayuan.watermark").read_text("ascii")

    assert village.wang.id not in content
    assert "till-1-000017" not in content
    assert COMMITTEE + '"' not in content
