"""Only a taken value is a conflict; every other failure is logged under the reference a person is given."""

import logging
import re
from collections.abc import Callable

import click
import pytest
from flask import Flask
from sqlmodel import Session, text

from pointsbank import cli, failures, market
from pointsbank.database import Database
from pointsbank.market.models import GoodsRow
from pointsbank.points import whole
from pointsbank.web import access, forms
from pointsbank.web.app import create_app
from tests.builders import CLERK, NOW, VILLAGE, chayuan
from tests.web.conftest import settings

REFERENCE = re.compile(r"\b[0-9]{4}-[0-9]{4}\b")


def shelve(session: Session, code: str = "rice", stock: int = 5, village: str = VILLAGE) -> None:
    """Put goods on the shelf past every rule but the database's own."""
    goods = GoodsRow(village_id=village, id=f"{code}{stock}", code=code, name="大米", spec="", category="")
    goods.active, goods.stock, goods.moves, goods.limit_per_month = True, stock, 0, None
    session.add(goods)
    session.flush()


def taken(session: Session) -> None:
    """Break a unique index."""
    shelve(session)
    shelve(session, stock=6)


def unnamed(session: Session) -> None:
    """Break a NOT NULL."""
    session.execute(text("UPDATE participant SET name = NULL"))


def erased(session: Session) -> None:
    """Meet the guard of the prices."""
    market.add_goods(
        session, village=VILLAGE, code="rice", name="大米", points=whole(20), stock=0, by=CLERK, at=NOW
    )
    session.execute(text("DELETE FROM goods_price"))


def confused(session: Session) -> None:
    """Fail without any database."""
    raise LookupError("nobody expected this")


DEFECTS: dict[str, Callable[[Session], None]] = {
    "check": lambda session: shelve(session, stock=-5),
    "foreign key": lambda session: shelve(session, village="nowhere"),
    "not null": unnamed,
    "guard": erased,
    "no database": confused,
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """A site with a few addresses more, put together once: that takes longer than each of these tests."""
    folder = tmp_path_factory.mktemp("site")
    made = create_app(settings(folder), Database(f"sqlite:///{folder / 'nobody.sqlite3'}"))

    @access.public
    def view() -> tuple[str, int]:
        act, is_form = made.extensions["what_is_done"]
        bound = forms.unbound()
        if is_form:
            forms.submit(bound, act)
        else:
            with access.database().writing() as session:
                act(session)
        return bound.sentence(), bound.status

    for path in ("/broken", "/api/broken", "/taken"):
        made.add_url_rule(path, endpoint=path, view_func=view)
    return made


@pytest.fixture
def site(made: Flask, database: Database) -> Flask:
    """The site over a village on this database."""
    chayuan(database)
    made.extensions["pointsbank_database"] = database
    return made


def answer(site: Flask, path: str, act: Callable[[Session], None], *, form: bool = False) -> tuple[int, str]:
    """Send a request that does this to the database; its status and text."""
    site.extensions["what_is_done"] = act, form
    got = site.test_client().get(path)
    return got.status_code, got.get_data(as_text=True)


@pytest.mark.parametrize("path", ["/broken", "/api/broken"])
@pytest.mark.parametrize("defect", sorted(DEFECTS))
def test_a_defect_is_logged_under_the_reference_that_is_told(
    site: Flask, caplog: pytest.LogCaptureFixture, path: str, defect: str
) -> None:
    status, told = answer(site, path, DEFECTS[defect])

    assert status == 500
    assert "刚才有人改了" not in told and "程序出了差错" in told
    check_log(caplog, told, doing=f"GET {path}")


def test_a_defect_under_a_form_is_logged_and_told_on_the_form(
    site: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    status, told = answer(site, "/broken", DEFECTS["check"], form=True)

    assert status == 500
    assert told.startswith("程序出了差错")
    check_log(caplog, told, doing="GET /broken")


@pytest.mark.parametrize("form", [True, False])
def test_a_value_that_was_just_taken_is_a_conflict(
    site: Flask, caplog: pytest.LogCaptureFixture, form: bool
) -> None:
    status, told = answer(site, "/taken", taken, form=form)

    assert status == 409
    assert "刚才有人改了同样的内容" in told
    assert [record.levelno for record in caplog.records] == [logging.WARNING]


def test_a_program_reads_the_reference(site: Flask) -> None:
    _, told = answer(site, "/api/broken", DEFECTS["check"])

    [reference] = set(REFERENCE.findall(told))
    assert f'"reference":"{reference}"' in told.replace(" ", "")
    assert '"reason":"internal"' in told.replace(" ", "")


@pytest.mark.parametrize("defect", sorted(DEFECTS))
def test_a_command_that_meets_a_defect_ends_with_3(
    database: Database,
    defect: str,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    chayuan(database)

    def break_it() -> None:
        with database.writing() as session:
            DEFECTS[defect](session)

    monkeypatch.setitem(cli.pointsbank.commands, "break", click.Command("break", callback=break_it))

    assert cli.main(["break"]) == 3
    check_log(caplog, capsys.readouterr().err, doing="pointsbank break")


def test_a_command_that_meets_a_taken_value_is_refused(
    database: Database, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    chayuan(database)

    def take() -> None:
        with database.writing() as session:
            taken(session)

    monkeypatch.setitem(cli.pointsbank.commands, "take", click.Command("take", callback=take))

    assert cli.main(["take"]) == 1
    assert capsys.readouterr().err.rstrip().endswith(failures.Conflict.sentence)


def check_log(caplog: pytest.LogCaptureFixture, told: str, doing: str) -> None:
    """Check that one error with its traceback is logged, under the reference that was told."""
    [record] = caplog.records
    [reference] = set(REFERENCE.findall(told))
    assert record.levelno == logging.ERROR
    assert record.getMessage() == f"internal error {reference} during {doing}"
    assert record.exc_info is not None and record.exc_info[2] is not None
