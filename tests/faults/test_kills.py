"""The server over SQLite is killed at random instants while six tills ask on."""

from tests.faults.conftest import Serve
from tests.faults.tills import killed


def test_what_was_acknowledged_is_there_once_whenever_the_server_dies(serve: Serve, kills: int) -> None:
    killed(serve("sqlite", start=False), kills)
