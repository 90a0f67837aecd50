"""An attachment is kept as it came, shown to whom its owner says, and gone when it is due, never before."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from pointsbank import attachments, backups, copying, households, ledger, proof
from pointsbank.attachments.removing import due
from pointsbank.database import Database
from tests.attachments.scene import HERE, OF_ONE, added, jpeg, listed, things
from tests.builders import NOW, VILLAGE, chayuan

problems = attachments.problems
TODAY = date(2026, 9, 1)


@pytest.fixture(autouse=True)
def known() -> Iterator[None]:
    """Things with two attachments for ten days."""
    with things():
        yield


def read(database: Database, attachment: str, **more: Any) -> bytes:
    """The bytes of an attachment of one thing."""
    with database.reading() as session:
        return attachments.read(session, **OF_ONE | more, attachment=attachment)[1]


def remove_due(database: Database, *, days: int) -> int:
    """What the duty does, so many days later."""
    with database.writing() as session:
        return attachments.remove_due(session, **HERE | {"at": NOW + timedelta(days=days)})


def test_it_is_read_as_it_came_and_vouched_for(database: Database):
    chayuan(database)
    one = added(database)

    assert read(database, one.id) == jpeg()
    assert (one.number, one.media_type, one.size) == (1, "image/jpeg", len(jpeg()))
    assert listed(database) == [one]
    with database.reading() as session:
        [told] = ledger.log_entries(session, village=VILLAGE, kinds=("attachment_added",))
    assert (told.words or {})["sha256"] == one.sha256
    assert proof.verify(database, village=VILLAGE).holds


def test_another_s_attachment_looks_like_none(sqlite_database: Database):
    chayuan(sqlite_database)
    one = added(sqlite_database)

    for more in ({"owner": "k2"}, {"owner_kind": "claim"}, {"village": "elsewhere"}):
        with pytest.raises(problems.AttachmentUnknown):
            read(sqlite_database, one.id, **more)


def test_the_same_photo_twice_is_one_and_a_third_is_too_many(sqlite_database: Database):
    chayuan(sqlite_database)

    assert added(sqlite_database) == added(sqlite_database)
    added(sqlite_database, jpeg(1))
    with pytest.raises(problems.AttachmentsFull):
        added(sqlite_database, jpeg(2))
    # Of its own.
    assert added(sqlite_database, owner="k2").number == 1


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"GIF89a" + bytes(90), "AttachmentKindUnknown"),
        (b"%PDF-1.7 a paper", "AttachmentKindUnknown"),
        (jpeg() + bytes(300_000), "AttachmentTooLarge"),
        (jpeg() + b"a film behind it", "AttachmentNotBare"),
        (jpeg()[:20] + b"\xff\xe1\x00\x0aExif\0\0gps" + jpeg()[20:], "AttachmentNotBare"),
        (jpeg()[:2] + b"\xff\xfe\x00\x05you" + jpeg()[2:], "AttachmentNotBare"),
    ],
    ids=["a film", "a paper where photos are taken", "too large", "more behind it", "a place", "a comment"],
)
def test_what_is_no_bare_photo_is_not_kept(sqlite_database: Database, content: bytes, refusal: str):
    chayuan(sqlite_database)

    with pytest.raises(getattr(problems, refusal)):
        added(sqlite_database, content)
    assert listed(sqlite_database) == []


@pytest.mark.parametrize(
    ("until", "ended", "found"),
    [
        (1, None, None),
        (0, None, None),
        (-1, None, ("expired", -1)),
        (5, -1, ("ended", -1)),
        (5, 0, None),
        (-2, -1, ("expired", -2)),
        (-1, -3, ("ended", -3)),
    ],
)
def test_when_bytes_are_due(until: int, ended: int | None, found: tuple[str, int] | None):
    def day(number: int) -> date:
        return TODAY + timedelta(days=number)

    wanted = found and (found[0], day(found[1]))
    assert due(TODAY, day(until), None if ended is None else day(ended)) == wanted


def test_it_goes_the_day_after_its_last_and_is_still_known(database: Database):
    chayuan(database)
    one = added(database)

    assert remove_due(database, days=10) == 0
    assert remove_due(database, days=11) == 1
    assert remove_due(database, days=12) == 0

    assert listed(database)[0].removed_on == one.until + timedelta(days=1)
    with pytest.raises(problems.AttachmentGone):
        read(database, one.id)
    assert proof.verify(database, village=VILLAGE).holds
    assert backups.problems(database) == []


def test_it_goes_once_its_owner_is_over(sqlite_database: Database):
    chayuan(sqlite_database)
    with things(over={"k1": TODAY + timedelta(days=2)}):
        added(sqlite_database)
        added(sqlite_database, owner="k2")

        assert remove_due(sqlite_database, days=3) == 1
    assert [one.removed_on is None for one in (*listed(sqlite_database), *listed(sqlite_database, "k2"))] == [
        False,
        True,
    ]


def test_a_wrong_photo_is_taken_back_at_once_and_makes_room(sqlite_database: Database):
    chayuan(sqlite_database)
    first = added(sqlite_database)
    added(sqlite_database, jpeg(1))

    with sqlite_database.writing() as session:
        attachments.withdraw(session, **HERE | OF_ONE, attachment=first.id)
    with pytest.raises(problems.AttachmentGone), sqlite_database.writing() as session:
        attachments.withdraw(session, **HERE | OF_ONE, attachment=first.id)

    assert added(sqlite_database, jpeg(2)).number == 3


def test_an_erased_household_s_photos_are_gone(database: Database):
    village = chayuan(database)
    one, other = added(database, about=village.wang.id), added(database, about=village.li.id, owner="k2")
    who = {"participant": village.wang.code}
    village.write(households.close, **who, decision="村民会议决定", request_id="close-0101")
    village.write(households.erase, **who, reason="本人要求")

    with pytest.raises(problems.AttachmentGone):
        read(database, one.id)
    assert read(database, other.id, owner="k2") == jpeg()
    assert proof.verify(database, village=VILLAGE).holds


@pytest.mark.parametrize(
    "act",
    [
        "UPDATE attachment SET sha256 = 'no'",
        "DELETE FROM attachment",
        "UPDATE attachment_content SET content = NULL",
        "DELETE FROM attachment_content",
        (
            "INSERT INTO attachment_removal VALUES ('chayuan', (SELECT id FROM attachment), 'expired',"
            " '2027-01-01', '2027-01-02', '2027-01-02 00:00:00+00:00', 'li')"
        ),
    ],
)
def test_the_database_itself_keeps_it_until_it_is_due(database: Database, act: str):
    chayuan(database)
    added(database)

    with pytest.raises(DatabaseError, match="never changed"), database.writing() as session:
        session.connection().execute(text(act))


@pytest.mark.parametrize(
    ("act", "found"),
    [
        ("UPDATE attachment_content SET content = zeroblob(length(content))", "SHA-256"),
        ("DELETE FROM attachment_content", "没有删除登记"),
        ("UPDATE attachment_content SET content = X'00'", "SHA-256"),
    ],
)
def test_bytes_that_were_changed_or_are_missing_are_found(sqlite_database: Database, act: str, found: str):
    chayuan(sqlite_database)
    added(sqlite_database)
    with sqlite_database.engine.begin() as connection:
        for on in ("update", "delete"):
            connection.exec_driver_sql(f'DROP TRIGGER "guard_attachment_content_{on}"')
        connection.exec_driver_sql(act)

    assert found.replace("没有", "却没有") in "".join(
        one.sentence for one in proof.verify(sqlite_database, village=VILLAGE).findings
    )


def test_attachments_go_along_in_backup_and_copy(
    sqlite_database: Database, postgresql_database: Database, tmp_path
):
    chayuan(sqlite_database)
    one = added(sqlite_database)
    added(sqlite_database, jpeg(1))
    remove_due(sqlite_database, days=11)
    two = added(sqlite_database, jpeg(2))

    copying.copy(sqlite_database, postgresql_database)

    assert read(postgresql_database, two.id) == jpeg(2)
    with pytest.raises(problems.AttachmentGone):
        read(postgresql_database, one.id)
    assert proof.verify(postgresql_database, village=VILLAGE).holds
    backups.backup(sqlite_database, tmp_path / "today")
    assert (tmp_path / "today").exists()
