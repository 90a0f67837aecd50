"""Townships: made and renamed, villages put in and out, roles in them; told where they reach, at once."""

import pytest
from sqlmodel import select

from pointsbank import governing, proof, staff
from pointsbank.database import Database
from pointsbank.governing import reaching, townships
from pointsbank.staff import Permission, Role, accounts, permissions
from pointsbank.staff.models import StaffEventRow, StaffRoleRow
from pointsbank.staff.problems import RoleInvalid, RoleOfAnotherPlace, ServesElsewhere
from pointsbank.villages.problems import TownshipUnknown
from tests.governing.test_people import BY, CODES, added, sentences, three_villages
from tests.missed_rules import TakenOut, check


def two_townships(database: Database) -> tuple[str, str]:
    """河口 with 茶源, 山前 with 竹园; 柳林 lies in none. Their ids."""
    three_villages(database)
    with database.writing() as session:
        hekou, shanqian = (governing.make_township(session, name=name).id for name in ("河口镇", "山前乡"))
    for village, township in (("chayuan", hekou), ("zhuyuan", shanqian)):
        put(database, village, township)
    return hekou, shanqian


def put(database: Database, village: str, township: str | None) -> None:
    """Put a village into a township."""
    with database.writing() as session:
        governing.place_village(session, village=village, township=township, **BY)


def watching(database: Database, login: str, *named: str) -> staff.Staff:
    """Somebody with the county's role in these townships."""
    return added(database, login, *((staff.township_place(one), "county") for one in named))


def sees(database: Database, login: str) -> list[str]:
    """The villages whose totals somebody may see, and where an API or page would let them in."""
    with database.reading() as session:
        [one] = [one for one in staff.everyone(session) if one.staff.login == login]
        seen = [code for code in CODES if staff.belongs(one, code)]
        assert seen == [code for code in CODES if staff.may(one, code, Permission.TOTALS_VIEW)]
    return seen


def holds(database: Database) -> bool:
    """Whether every village's rows are as its log tells."""
    return all(proof.verify(database, village=code).holds for code in CODES)


def test_who_has_a_role_in_a_township_sees_its_villages_and_no_other(database: Database) -> None:
    hekou, shanqian = two_townships(database)

    for login, named in (("he", [hekou]), ("shan", [shanqian]), ("both", [hekou, shanqian])):
        watching(database, login, *named)

    assert [sees(database, login) for login in ("he", "shan", "both")] == [
        ["chayuan"],
        ["zhuyuan"],
        ["chayuan", "zhuyuan"],
    ]
    assert holds(database)


def test_a_role_in_a_township_is_told_in_its_villages_alone(database: Database) -> None:
    hekou, _ = two_townships(database)

    watching(database, "he", hekou)

    assert sentences(database, "roles_changed") == {
        "chayuan": ["he：没有角色 → 县镇（河口镇）"],
        "liulin": [],
        "zhuyuan": [],
    }


def test_a_village_that_moves_is_seen_by_the_other_township_at_once_and_its_log_tells(
    database: Database,
) -> None:
    hekou, shanqian = two_townships(database)
    watching(database, "he", hekou)
    watching(database, "shan", shanqian)

    put(database, "chayuan", shanqian)

    assert (sees(database, "he"), sees(database, "shan")) == ([], ["chayuan", "zhuyuan"])
    assert sentences(database, "village_placed") == {
        "chayuan": ["不属于乡镇 → 河口镇", "河口镇 → 山前乡"],
        "liulin": [],
        "zhuyuan": ["不属于乡镇 → 山前乡"],
    }
    assert sentences(database, "roles_changed")["chayuan"] == [
        "he：没有角色 → 县镇（河口镇）",
        "he：县镇（河口镇） → 没有角色",
        "shan：没有角色 → 县镇（山前乡）",
    ]
    put(database, "chayuan", None)
    assert sees(database, "shan") == ["zhuyuan"]
    assert holds(database)


def test_where_a_village_lies_already_nothing_is_written(sqlite_database: Database) -> None:
    hekou, _ = two_townships(sqlite_database)
    before = sentences(sqlite_database, "village_placed")

    put(sqlite_database, "chayuan", hekou)
    put(sqlite_database, "liulin", None)

    assert sentences(sqlite_database, "village_placed") == before


def test_a_new_name_is_told_in_the_township_s_villages_alone(database: Database) -> None:
    hekou, _ = two_townships(database)
    watching(database, "he", hekou)

    with database.writing() as session:
        governing.rename_township(session, township=hekou, name="河口街道", **BY)

    assert sentences(database, "township_renamed") == {
        "chayuan": ["河口镇改名为河口街道"],
        "liulin": [],
        "zhuyuan": [],
    }
    assert sees(database, "he") == ["chayuan"]
    assert holds(database)


def test_two_townships_never_have_one_name(sqlite_database: Database) -> None:
    hekou, _ = two_townships(sqlite_database)

    with pytest.raises(governing.problems.TownshipExists), sqlite_database.writing() as session:
        governing.rename_township(session, township=hekou, name=" 山前乡 ", **BY)
    with pytest.raises(governing.problems.TownshipExists), sqlite_database.writing() as session:
        governing.make_township(session, name="河口镇")


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.COUNTY])
def test_no_other_role_has_a_township_for_its_place(sqlite_database: Database, role: Role) -> None:
    hekou, _ = two_townships(sqlite_database)

    with pytest.raises(RoleInvalid):
        added(sqlite_database, "he", (staff.township_place(hekou), role.value))


def test_what_is_no_township_takes_no_village_and_no_role(sqlite_database: Database) -> None:
    two_townships(sqlite_database)

    with pytest.raises(TownshipUnknown):
        put(sqlite_database, "chayuan", "aaaaaaaaaaaaaaaa")
    with pytest.raises(TownshipUnknown):
        watching(sqlite_database, "he", "aaaaaaaaaaaaaaaa")


def test_a_role_in_a_township_ends_there_alone(database: Database) -> None:
    hekou, shanqian = two_townships(database)
    he = watching(database, "he", hekou, shanqian)

    with database.writing() as session:
        session_before = staff.begin(session, staff=he.id, at=BY["at"])
    with database.writing() as session:
        governing.end_township_role(session, township=hekou, login="he", **BY)
    with pytest.raises(governing.problems.NoRoleInTownship), database.writing() as session:
        governing.end_township_role(session, township=hekou, login="he", **BY)

    assert sees(database, "he") == ["zhuyuan"]
    with database.reading() as session:
        assert staff.signed_in(session, token=session_before, at=BY["at"]) is None
    assert sentences(database, "roles_changed")["chayuan"][-1] == "he：县镇（河口镇） → 没有角色"
    assert holds(database)


def test_what_happens_to_a_township_s_login_is_read_in_its_villages_alone(database: Database) -> None:
    hekou, _ = two_townships(database)
    he = watching(database, "he", hekou)

    with database.writing() as session:
        staff.change_password(session, staff=he.id, password=people_password(), by="sun", at=BY["at"])
        events = list(session.exec(select(StaffEventRow).where(StaffEventRow.staff_id == he.id)))

    assert {one.kind for one in events} == {"added", "password_reset"}
    assert {one.village_id for one in events} == {"chayuan"}


def people_password() -> staff.PasswordHash:
    """A hash."""
    return staff.PasswordHash("$argon2id$he")


def test_a_village_s_admin_touches_no_role_of_its_township(database: Database) -> None:
    hekou, _ = two_townships(database)
    watching(database, "he", hekou)
    added(database, "sun", ("chayuan", "admin"))

    with pytest.raises(RoleOfAnotherPlace), database.writing() as session:
        governing.remove_roles(session, village="chayuan", login="he", **BY)
    with database.reading() as session:
        [sun] = [one for one in staff.everyone(session) if one.staff.login == "sun"]
        with pytest.raises(ServesElsewhere):
            staff.check_may_disable(session, village="chayuan", login="he", by=sun)
    assert sees(database, "he") == ["chayuan"]


def test_a_village_takes_its_own_role_and_leaves_the_township_s(sqlite_database: Database) -> None:
    hekou, _ = two_townships(sqlite_database)
    added(sqlite_database, "he", (staff.township_place(hekou), "county"), ("chayuan", "clerk"))

    with sqlite_database.writing() as session:
        governing.remove_roles(session, village="chayuan", login="he", **BY)

    with sqlite_database.reading() as session:
        [role] = session.exec(select(StaffRoleRow.role))
    assert role == "county"


def test_who_sees_a_township_needs_a_second_factor(sqlite_database: Database) -> None:
    hekou, _ = two_townships(sqlite_database)
    watching(sqlite_database, "he", hekou)

    with sqlite_database.reading() as session:
        [he] = staff.everyone(session)

    assert he.lacks_factor


def test_only_an_admin_of_the_installation_divides_it_into_townships(sqlite_database: Database) -> None:
    hekou, _ = two_townships(sqlite_database)
    watching(sqlite_database, "he", hekou)
    added(sqlite_database, "sun", ("chayuan", "admin"))
    added(sqlite_database, "xian", (None, "county"))
    added(sqlite_database, "root", (None, "admin"))

    with sqlite_database.reading() as session:
        may = [
            one.staff.login
            for one in staff.everyone(session)
            if staff.may(one, None, Permission.TOWNSHIP_MANAGE)
            or staff.may(one, "chayuan", Permission.TOWNSHIP_MANAGE)
        ]

    assert may == ["root"]


EDITS = [
    "UPDATE village_township SET township_id = '{other}' WHERE village_id = 'chayuan'",
    "DELETE FROM village_township WHERE village_id = 'chayuan'",
    "INSERT INTO village_township VALUES ('liulin', '{other}')",
    "UPDATE township SET name = '别的镇' WHERE id = '{own}'",
    "UPDATE staff_role SET township_id = '{other}', scope = '@{other}' WHERE township_id = '{own}'",
    "UPDATE staff SET name = '别人' WHERE login = 'he'",
]


@pytest.mark.parametrize("edit", EDITS)
def test_an_edit_behind_the_program_s_back_is_found(sqlite_database: Database, edit: str) -> None:
    own, other = two_townships(sqlite_database)
    watching(sqlite_database, "he", own)
    put(sqlite_database, "liulin", own)
    put(sqlite_database, "liulin", None)
    assert holds(sqlite_database)

    with sqlite_database.engine.begin() as connection:
        connection.exec_driver_sql(edit.format(own=own, other=other))

    assert not holds(sqlite_database)


RULES = [
    TakenOut(
        permissions.SignedIn.roles_in,
        "code == village",
        "True",
        test_who_has_a_role_in_a_township_sees_its_villages_and_no_other,
    ),
    TakenOut(
        permissions.may,
        "permission in OF_THE_INSTALLATION",
        "False",
        test_only_an_admin_of_the_installation_divides_it_into_townships,
    ),
    TakenOut(
        accounts._checked,
        "known is not Role.COUNTY",
        "False",
        test_no_other_role_has_a_township_for_its_place,
        {"role": Role.ADMIN},
    ),
    TakenOut(
        accounts.remove_roles,
        "village not in (village_of(place) for place, _ in here.roles)",
        "False",
        test_a_village_s_admin_touches_no_role_of_its_township,
    ),
    TakenOut(
        townships.place_village,
        "_reach_records(session, before, replace(before, township=new))",
        "()",
        test_a_village_that_moves_is_seen_by_the_other_township_at_once_and_its_log_tells,
    ),
    TakenOut(
        townships.rename_township,
        "ledger.record_in_villages(session, records, by=by, at=at)",
        "None",
        test_a_new_name_is_told_in_the_township_s_villages_alone,
    ),
    TakenOut(
        reaching.villages_reached,
        "lying.get(township_of(place) or '', ())",
        "()",
        test_a_role_in_a_township_is_told_in_its_villages_alone,
    ),
    TakenOut(
        townships.end_township_role,
        "where != place",
        "False",
        test_a_role_in_a_township_ends_there_alone,
    ),
]


@pytest.mark.parametrize("rule", RULES, ids=str)
def test_a_rule_that_is_taken_out_is_missed(rule: TakenOut, request: pytest.FixtureRequest) -> None:
    check(rule, request)
