"""The site over the cast: a village, its staff, a shelf with goods, an adopted scheme."""

import random
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import time_machine
from flask import Flask

from pointsbank import market, scoring
from pointsbank.config import Settings
from pointsbank.database import Database
from pointsbank.points import whole
from pointsbank.web import uploads
from pointsbank.web.app import create_app
from pointsbank.web.clock import Clock
from pointsbank.web.pacing import Pace
from tests.builders import NOW, Chayuan, chayuan
from tests.founding import founded_once
from tests.scoring.panel import scheme_table
from tests.staff.people import hire
from tests.web.browser import Browser

ROLES = {"li": "committee", "zhou": "committee", "chen": "clerk", "zhao": "supervisor", "sun": "admin"}


def settings(data_dir: Path, public_url: str = "http://village.test:8000") -> Settings:
    """The settings of a site for tests."""
    return Settings(data_dir=data_dir, database_url="", public_url=public_url, secret_key="k" * 43)


@founded_once
def furnish(database: Database) -> Chayuan:
    """The village with its staff, two kinds of goods and a scheme."""
    village = chayuan(database)
    for login, role in ROLES.items():
        hire(database, login, role)
    village.write(market.add_goods, code="rice", name="大米", points=whole(20), stock=5, limit_per_month=2)
    village.write(market.add_goods, code="soap", name="香皂", points=whole(5), stock=0)
    adopted = {"resolution": "村民会议第1号决议", "from_date": date(2026, 1, 1)}
    village.write(scoring.import_scheme, table=scheme_table(), **adopted)
    return village


@pytest.fixture(scope="session")
def furnished(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Chayuan]:
    """The furnished village in a file, made once to be copied."""
    path = tmp_path_factory.mktemp("furnished") / "village.sqlite3"
    shutil.copyfile(sqlite_template, path)
    database = Database(f"sqlite:///{path}", entropy=random.Random("furnished").randbytes)
    village = furnish(database)
    database.dispose()
    return path, village


@pytest.fixture
def village(furnished: tuple[Path, Chayuan], tmp_path: Path) -> Iterator[Chayuan]:
    """The furnished village on SQLite."""
    path, found = furnished
    shutil.copyfile(path, tmp_path / "furnished.sqlite3")
    database = Database(f"sqlite:///{tmp_path / 'furnished.sqlite3'}", secret="k" * 43)
    yield replace(found, database=database)
    database.dispose()


@pytest.fixture(scope="session")
def application(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The site, put together once in a process: that takes longer than most tests."""
    folder = tmp_path_factory.mktemp("application")
    return create_app(settings(folder), Database(f"sqlite:///{folder / 'nobody.sqlite3'}"))


@pytest.fixture
def app(application: Flask, village: Chayuan, tmp_path: Path) -> Flask:
    """The site over it, with nothing kept from the test before."""
    application.extensions |= {
        "pointsbank_settings": settings(tmp_path),
        "pointsbank_database": village.database,
        "pointsbank_clock": Clock(),
        "pointsbank_keeper": None,
        uploads.PACE: Pace(),
        "pointsbank_stopped": None,
    }
    return application


@pytest.fixture
def browser(app: Flask) -> Browser:
    """Nobody's browser."""
    return Browser(app)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """The clock stands at the cast's moment."""
    with time_machine.travel(NOW, tick=False) as coordinates:
        yield coordinates
