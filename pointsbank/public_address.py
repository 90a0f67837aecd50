"""The address that goes into codes on cards: whether it is one, who can open it, where the choice is kept.

Chosen on a page, it is kept in `address.toml` of the data directory. What the operator sets by
`POINTSBANK_PUBLIC_URL` or in `pointsbank.toml` goes before it.
"""

import ipaddress
import re
import tomllib
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

from pointsbank.durable import writing_whole

FILE = "address.toml"

# Reserved for tests, examples and single machines (RFC 2606, RFC 6761), or for one's own network (RFC 8375).
_PRIVATE_ENDINGS = (
    *("localhost", "test", "example", "invalid"),
    *("local", "lan", "home", "internal", "home.arpa"),
)
# What stands in quotes in the file as it is.
_PLAIN = re.compile(r"[!#-\[\]-~]{1,200}")
_KEYS = frozenset({"public_url", "host"})
LOOPBACK = ("127.0.0.1", "localhost", "::1")
_OPEN = "网络里的机器都能打开"


class Reach(StrEnum):
    """Whose telephone can open an address."""

    THIS_MACHINE = "this_machine"
    SAME_NETWORK = "same_network"
    EVERYWHERE = "everywhere"


def checked_url(given: str) -> str:
    """Return an address as it goes into codes: http or https, a host, ASCII, without a slash at its end.

    Raises:
        ValueError: it is none.

    Example:
        >>> checked_url("https://jf.example.cn/")
        'https://jf.example.cn'
    """
    parts = urlsplit(given)
    # A port that is none raises too.
    plain = not (parts.query or parts.fragment or parts.username or parts.password or parts.port == 0)
    if parts.scheme not in ("http", "https") or not parts.hostname or not plain:
        raise ValueError(given)
    if not _PLAIN.fullmatch(given):
        raise ValueError(given)
    return given.rstrip("/")


def reach_of(url: str) -> Reach:
    """Return whose telephone can open an address, as far as the address itself tells.

    Example:
        >>> [str(reach_of(f"http://{host}")) for host in ("127.0.0.1", "laptop:8000", "192.168.1.20:8000")]
        ['this_machine', 'this_machine', 'same_network']
        >>> str(reach_of("https://jf.chayuan.cn"))
        'everywhere'
    """
    host = (urlsplit(url).hostname or "").rstrip(".")
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        own = "." not in host or any(host.endswith(f".{ending}") for ending in _PRIVATE_ENDINGS)
        return Reach.THIS_MACHINE if own else Reach.EVERYWHERE
    if address.is_loopback or address.is_unspecified or address.is_link_local:
        return Reach.THIS_MACHINE
    return Reach.SAME_NETWORK if address.is_private else Reach.EVERYWHERE


def warnings_of(url: str) -> list[str]:
    """Return what should be told before cards are printed with an address.

    Example:
        >>> warnings_of("https://jf.chayuan.cn"), len(warnings_of("http://192.168.1.20:8000"))
        ([], 1)
    """
    if reach_of(url) is Reach.THIS_MACHINE:
        return [f"积分卡二维码将指向 {url}，村民的手机打不开；请在“公开网址”页选定网址。"]
    if _is_number(urlsplit(url).hostname or ""):
        only = "只有连着同一个网络的手机打得开，" if reach_of(url) is Reach.SAME_NETWORK else ""
        changes = "这台电脑换了地址旧卡就打不开；有域名的，请在“公开网址”页填写。"
        return [f"积分卡二维码将指向 {url}，{only}{changes}"]
    return []


def in_words(url: str, *, host: str) -> str:
    """Return an address, and whether other machines of the network may open it, as one line of a record.

    Args:
        url: empty where none was chosen.
        host: where the server listens.

    Example:
        >>> in_words("https://jf.example.cn", host="127.0.0.1"), in_words("", host="0.0.0.0")
        ('https://jf.example.cn', '网络里的机器都能打开')
    """
    return "，".join(filter(None, (url, "" if host in LOOPBACK else _OPEN)))


def _is_number(host: str) -> bool:
    """Return whether a host is a bare IP address."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def kept(data_dir: Path) -> dict[str, str]:
    """Return what was chosen on the page: `public_url`, and perhaps `host`; nothing where nothing was.

    Raises:
        ValueError: the file is damaged, or holds other things.
    """
    try:
        values = tomllib.loads((data_dir / FILE).read_text("utf-8"))
    except FileNotFoundError:
        return {}
    if not values.keys() <= _KEYS or not all(isinstance(one, str) for one in values.values()):
        raise ValueError(FILE)
    return {**values, "public_url": checked_url(values.get("public_url", ""))}


def keep(data_dir: Path, *, public_url: str, host: str = "") -> None:
    """Keep the address chosen, and where to listen from the next start on if that is said.

    Raises:
        ValueError: the address is none.
    """
    chosen = {"public_url": checked_url(public_url)} | ({"host": host} if host else {})
    text = "".join(f'{name} = "{value}"\n' for name, value in chosen.items())
    with writing_whole(data_dir / FILE) as file:
        file.write(text.encode())
