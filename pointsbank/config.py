"""Settings from `pointsbank.toml` in the data directory and POINTSBANK_*: complete, or refused at start."""

import ipaddress
import os
import re
import secrets
import tomllib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path

from pointsbank import public_address, signing_key
from pointsbank.config_list import INSTALLATION
from pointsbank.durable import make_whole
from pointsbank.errors import Invalid

Network = IPv4Network | IPv6Network
"""Addresses that belong together, as 10.0.0.0/8; a single one is a network too."""


class SettingInvalid(Invalid):
    """A setting is wrong: say which, and show a right one."""

    code = "setting_invalid"
    sentence = "设置 {name} 不正确：{why}。请改成例如 {example}。"
    fixed_by = "管理员"


class DatabaseKindUnknown(SettingInvalid):
    """The address begins as that of neither SQLite nor PostgreSQL by the driver we use."""

    code = "database_kind_unknown"


@dataclass(frozen=True)
class Settings:
    """Everything that differs from one installation to the next."""

    data_dir: Path
    database_url: str
    public_url: str
    secret_key: str = field(repr=False)
    host: str = "127.0.0.1"
    port: int = 8000
    watermark: tuple[Path, ...] = ()
    trusted_proxies: tuple[Network, ...] = ()
    fonts: tuple[Path, ...] = ()
    official_fonts: tuple[Path, ...] = ()
    backup_to: tuple[Path, ...] = ()
    practice_database_url: str = ""
    practice: bool = False  # This is the site of the practice village.
    address_set_in: str = ""  # Where the operator set the public address; empty: it is chosen on the page.

    @property
    def out_dir(self) -> Path:
        """Where printed files go."""
        return self.data_dir / "out"

    @property
    def backups_dir(self) -> Path:
        """Where backups go."""
        return self.data_dir / "backups"

    @property
    def uploads_dir(self) -> Path:
        """Where files that are sent lie while they are read."""
        return self.data_dir / "uploads"

    def shown(self, name: str) -> str:
        """Return a setting's value as people read it, without the password of a database."""
        value = getattr(self, name)
        if name.endswith("database_url"):
            return re.sub(r"(?<=://)([^/@]*):[^/@]*@", r"\1:…@", value)
        return "、".join(map(str, value)) if isinstance(value, tuple) else str(value)

    @property
    def kept_uploads_dir(self) -> Path:
        """Where files wait that somebody has looked at and not yet imported."""
        return self.data_dir / "kept_uploads"

    @property
    def secure(self) -> bool:
        """Whether people reach us over https."""
        return self.public_url.startswith("https://")

    @property
    def warnings(self) -> list[str]:
        """What an operator should hear at the start, though nothing is refused."""
        return public_address.warnings_of(self.public_url)


def load(
    data_dir: Path, *, environ: Mapping[str, str] | None = None, host: str = "", port: int = 0
) -> Settings:
    """Read the settings of one data directory; make the directory and its secret key where they are missing.

    Args:
        environ: the environment to read POINTSBANK_* from; the process's own where None.
        host: where to listen, if the command line says so; it wins over the settings.
        port: likewise; 0 means not said.

    Raises:
        SettingInvalid: a value cannot be used, or a name is unknown.
        DatabaseKindUnknown: the address of the database is of neither kind that we use.
    """
    environ = os.environ if environ is None else environ
    data_dir = data_dir.resolve()
    for folder in (data_dir, data_dir / "out", data_dir / "backups"):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    own, environment = _file_values(data_dir / "pointsbank.toml"), _environment_values(environ)
    values = {**_kept_address(data_dir), **own, **environment}
    chosen_host = host or values.get("host", "127.0.0.1")
    chosen_port = port or _port(values.get("port", "8000"))
    return Settings(
        data_dir=data_dir,
        database_url=checked_database_url(
            values.get("database_url") or f"sqlite:///{data_dir / 'pointsbank.sqlite3'}"
        ),
        public_url=_public_url(values.get("public_url") or f"http://{_name(chosen_host)}:{chosen_port}"),
        secret_key=_secret_key(data_dir / "secret_key"),
        host=chosen_host,
        port=chosen_port,
        watermark=_folders("watermark", values, data_dir),
        trusted_proxies=_networks(values.get("trusted_proxies", "")),
        fonts=_fonts("fonts", values, data_dir),
        official_fonts=_fonts("official_fonts", values, data_dir),
        backup_to=_folders("backup_to", values, data_dir),
        practice_database_url=_practice_database_url(values),
        address_set_in="POINTSBANK_PUBLIC_URL"
        if "public_url" in environment
        else "pointsbank.toml"
        if "public_url" in own
        else "",
    )


NAMES = tuple(one.name for one in INSTALLATION)
"""What may stand in pointsbank.toml, and as POINTSBANK_<NAME> in the environment."""

# Read elsewhere (the command line, the test script), so not unknown.
_READ_ELSEWHERE = ("POINTSBANK_DATA", "POINTSBANK_TEST_COMPLETE")


def _file_values(path: Path) -> dict[str, str]:
    """The settings file's values; unknown names are refused, since a misspelt setting is a silent default."""
    if not path.exists():
        return {}
    try:
        values = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingInvalid(name=path.name, why="文件无法读取", example='port = "8000"') from error
    for name in values:
        if name not in NAMES:
            raise SettingInvalid(name=name, why=f"{path.name} 里没有这个设置", example="、".join(NAMES))
    return {name: _one_text(value) for name, value in values.items()}


def _one_text(value: object) -> str:
    """A value of the settings file as the environment would say it: several are parted as in PATH."""
    return os.pathsep.join(map(str, value)) if isinstance(value, list) else str(value)


def _environment_values(environ: Mapping[str, str]) -> dict[str, str]:
    """The POINTSBANK_* values; unknown ones are refused for the same reason."""
    values = {}
    for variable, value in environ.items():
        name = variable.removeprefix("POINTSBANK_").lower()
        if not variable.startswith("POINTSBANK_") or variable in _READ_ELSEWHERE:
            continue
        if name not in NAMES:
            known = "、".join(f"POINTSBANK_{known.upper()}" for known in NAMES)
            raise SettingInvalid(name=variable, why="没有这个设置", example=known)
        values[name] = value
    return values


def _port(given: str) -> int:
    """A TCP port."""
    if not given.isascii() or not given.isdigit() or not 0 < int(given) < 65536:
        raise SettingInvalid(name="POINTSBANK_PORT", why=f"“{given}”不是端口号", example="8000")
    return int(given)


def _networks(given: str) -> tuple[Network, ...]:
    """The proxies whose word about a sender's address counts, separated by commas."""
    try:
        found = tuple(ipaddress.ip_network(one.strip()) for one in given.split(",") if one.strip())
    except ValueError as error:
        raise _proxies_invalid(f"“{given}”不是 IP 地址或网段") from error
    # Every sender could then name any address as his own, and no limit would hit him.
    if any(one.prefixlen == 0 for one in found):
        raise _proxies_invalid(f"“{given}”会让每个访问者都能自称任何地址")
    return found


def _proxies_invalid(why: str) -> SettingInvalid:
    """What is said of proxies that cannot be trusted."""
    return SettingInvalid(name="POINTSBANK_TRUSTED_PROXIES", why=why, example="127.0.0.1")


def checked_database_url(given: str) -> str:
    """Return a database address that we can use.

    Raises:
        DatabaseKindUnknown: neither SQLite nor PostgreSQL.
    """
    if not given.startswith(("sqlite:///", "postgresql+psycopg://")):
        kind = given.partition(":")[0][:40]
        raise DatabaseKindUnknown(
            name="POINTSBANK_DATABASE_URL",
            why=f"开头“{kind}:”不能用，只支持 SQLite 和 PostgreSQL",
            example="postgresql+psycopg://用户@主机/库名",
        )
    return given


def _practice_database_url(values: Mapping[str, str]) -> str:
    """The server's second database, for the practice village; empty where none is named."""
    given = values.get("practice_database_url", "")
    if given and (not given.startswith("postgresql+psycopg://") or given == values.get("database_url")):
        raise SettingInvalid(
            name="POINTSBANK_PRACTICE_DATABASE_URL",
            why="练习村要另一个 PostgreSQL 库，不能是村里的那个",
            example="postgresql+psycopg://用户@主机/练习库",
        )
    return given


def _public_url(given: str) -> str:
    """The address that goes into QR codes, without a trailing slash."""
    try:
        return public_address.checked_url(given)
    except ValueError:
        raise SettingInvalid(
            name="POINTSBANK_PUBLIC_URL", why=f"“{given}”不是网址", example="https://jf.example.cn"
        ) from None


def _kept_address(data_dir: Path) -> dict[str, str]:
    """What was chosen on the page about the public address."""
    try:
        return public_address.kept(data_dir)
    except ValueError:
        raise SettingInvalid(
            name=public_address.FILE, why="文件损坏", example="删去这个文件，再在“公开网址”页重新选定"
        ) from None


def _folders(name: str, values: Mapping[str, str], data_dir: Path) -> tuple[Path, ...]:
    """Folders outside the data, none where none is set; relative ones begin in the data directory."""
    given = values.get(name, "").split(os.pathsep)
    folders = tuple(Path(os.path.abspath(data_dir / part)) for part in given if part)
    for folder in folders:
        # A link elsewhere that leads back in is no other place.
        if folder.is_relative_to(data_dir) or folder.resolve().is_relative_to(data_dir.resolve()):
            raise SettingInvalid(
                name=f"POINTSBANK_{name.upper()}",
                why=f"{folder} 在数据目录里，会和数据一起被换掉",
                example=f"{data_dir}-{name.partition('_')[0]}",
            )
    return folders


def _fonts(name: str, values: Mapping[str, str], data_dir: Path) -> tuple[Path, ...]:
    """The village's own font files, best first; relative ones begin in the data directory."""
    given = values.get(name, "")
    files = tuple(Path(os.path.abspath(data_dir / part)) for part in given.split(os.pathsep) if part)
    for file in (one for one in files if not one.is_file()):
        raise SettingInvalid(
            name=f"POINTSBANK_{name.upper()}",
            why=f"没有字体文件 {file}",
            example="先用 pointsbank fonts try 试过的 .ttf 文件",
        )
    return files


def _name(host: str) -> str:
    """A host as it stands in a URL: listening everywhere is nobody's address."""
    return "127.0.0.1" if host in ("0.0.0.0", "::", "") else host


def _secret_key(path: Path) -> str:
    """The installation's own secret, made once, its owner's only; a signing key with it."""
    if not signing_key.is_ready(path.parent, new=not path.exists()):
        raise SettingInvalid(name=signing_key.FILE, why="文件被截断或损坏", example=signing_key.MENDED)
    if not path.exists():
        # Two processes may start here together: the one that comes second takes the other's.
        with suppress(FileExistsError):
            make_whole(path, secrets.token_urlsafe(48).encode())
    key = path.read_bytes().strip()
    if not re.fullmatch(rb"[A-Za-z0-9_-]{64}", key):
        raise SettingInvalid(
            name=path.name,
            why="文件被截断或损坏",
            example="备份里的同名文件；没有就删去它，会重新生成，大家要重新登录",
        )
    return key.decode()
