"""Why a database server cannot be used: its name, its answer, who may come in, whether it takes writes.

Causes are told apart by codes, never by words, which servers say in their own language. A connection that
fails has no code: so the way to the server is walked once more (`reaching`), and then another database tried.
"""

import psycopg
from sqlalchemy import create_engine
from sqlalchemy.engine import URL, Connection, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from pointsbank import failures
from pointsbank.errors import Problem
from pointsbank.storage_faults import reaching
from pointsbank.storage_faults.family import DatabaseUnusable


class AddressUnreadable(DatabaseUnusable):
    """The address has a part that cannot be, as a port that is no number or an option nobody knows."""

    code = "database_address_unreadable"
    sentence = (
        "数据库地址写得不对：请按 postgresql+psycopg://用户:口令@主机:端口/库名 的样子改正，"
        "口令里的 @ : / 要写成 %40 %3A %2F。"
    )


class HostUnknown(DatabaseUnusable):
    """No machine has the host's name."""

    code = "database_host_unknown"
    sentence = "找不到数据库服务器：请核对地址里的主机名，确认网络和域名解析正常。"


class ServerSilent(DatabaseUnusable):
    """Nobody answers at the host and port, or at the socket."""

    code = "database_server_silent"
    sentence = "数据库服务器没有应答：请确认 PostgreSQL 已启动、主机和端口正确、防火墙放行。"


class DatabaseMissing(DatabaseUnusable):
    """The server has no database of this name."""

    code = "database_missing"
    sentence = (
        "数据库服务器上没有这个库：请核对地址里的库名；第一次使用请先建库，再运行 pointsbank db upgrade。"
    )


class LoginRefused(DatabaseUnusable):
    """The server does not let this user in: name, password or its own list of who may come."""

    code = "database_login_refused"
    sentence = "数据库服务器不接受这个登录：请核对地址里的用户名和口令，以及服务器的 pg_hba.conf。"


class RightsMissing(DatabaseUnusable):
    """The user may sign in and not do this."""

    code = "database_rights_missing"
    sentence = "数据库用户的权限不够：请改用建库的用户，或请数据库管理员授权。"


class ServerStarting(DatabaseUnusable):
    """The server starts or stops just now."""

    code = "database_server_starting"
    sentence = "数据库服务器正在启动或关闭，请过一会儿再试。"


class ServerCrowded(DatabaseUnusable):
    """The server takes no more connections."""

    code = "database_server_crowded"
    sentence = "数据库服务器的连接已满：请稍后再试，或请数据库管理员调大 max_connections。"


class Standby(DatabaseUnusable):
    """The server follows another one and takes no writes."""

    code = "database_standby"
    sentence = "连上的是只读的备用库，写不进去：请把地址改成主库；主库已不在时，请先把备用库提升为主库。"


class ReadOnly(DatabaseUnusable):
    """The server is set to take no writes."""

    code = "database_read_only"
    sentence = "数据库设成了只读，写不进去：请数据库管理员关掉 default_transaction_read_only，再启动。"


_BY_STATE: dict[str, type[Problem]] = {
    "28P01": LoginRefused,
    "28000": LoginRefused,
    "3D000": DatabaseMissing,
    "42501": RightsMissing,
    "53100": failures.DiskFull,
    "53300": ServerCrowded,
    "57P03": ServerStarting,
}
_WITHOUT_PASSWORD = ("3D000", "53300", "57P03")
"""What a server says to whoever only knocks; that it wants encryption first says nothing of a password."""


def fault_of_server(cause: psycopg.Error, url: str) -> Problem | None:
    """Return what an error of the server at `url` amounts to; None for one that is no such trouble."""
    if isinstance(cause, psycopg.OperationalError) and cause.sqlstate is None:
        return _fault_of_connection(cause, make_url(url))
    if isinstance(cause, psycopg.ProgrammingError) and cause.sqlstate is None:
        return AddressUnreadable(lines=[str(cause)])
    if cause.sqlstate == "25006":
        return read_only(url) or ReadOnly()
    kind = _BY_STATE.get(cause.sqlstate or "")
    return kind(lines=[str(cause)]) if kind else None


def read_only(url: str) -> Problem | None:
    """Return why a server takes no writes; None where it does."""
    with create_engine(url, poolclass=NullPool).connect() as connection:
        return read_only_over(connection)


def read_only_over(connection: Connection) -> Problem | None:
    """Return why the server at the other end takes no writes; None where it does."""
    follows, only_read = connection.exec_driver_sql(
        "SELECT pg_is_in_recovery(), current_setting('default_transaction_read_only') = 'on'"
    ).one()
    if follows:
        return Standby()
    return ReadOnly() if only_read else None


def _fault_of_connection(cause: psycopg.Error, url: URL) -> Problem:
    """Return why there is no connection to the server, or why it ended."""
    lines = [str(cause)]
    reached, state = reaching.reach(url)
    if reached is reaching.Reached.NO_HOST:
        return HostUnknown(lines=lines)
    if reached is reaching.Reached.SILENT:
        return ServerSilent(lines=lines)
    if state in _WITHOUT_PASSWORD:
        return _BY_STATE[state](lines=lines)
    if _opens(url):
        return failures.StorageFailed(lines=lines)
    # With the right password another database opens, which every server has.
    return DatabaseMissing(lines=lines) if _opens(url.set(database="postgres")) else LoginRefused(lines=lines)


def _opens(url: URL) -> bool:
    engine = create_engine(url, poolclass=NullPool, connect_args={"connect_timeout": 5})
    try:
        engine.connect().close()
    except DBAPIError:
        return False
    return True
