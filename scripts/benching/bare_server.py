"""The limit over HTTP: waitress, a few lines of WSGI, and the plain driver behind one writer lock."""

import json
import sys
import threading
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).resolve().parents[1]), str(Path(__file__).resolve().parents[2])]

from waitress import serve  # noqa: E402

from benching.plain import PlainTill  # noqa: E402
from pointsbank.database import Database  # noqa: E402


class Counter:
    """What the plain till needs to know of a shop; each thread sells what its request names."""

    def __init__(self, url: str, village: str, goods: str) -> None:
        """A shop in a database."""
        self.database, self.village, self.goods_id = Database(url), village, goods
        self.scans: Any = None


def application(url: str, village: str, goods: str) -> Callable[..., Iterable[bytes]]:
    """One address that sells."""
    lock = threading.Lock() if url.startswith("sqlite") else None
    own = threading.local()

    def sell(environ: dict[str, Any], start_response: Callable[..., object]) -> Iterable[bytes]:
        if not hasattr(own, "till"):
            own.till = PlainTill(Counter(url, village, goods), lock)  # type: ignore[arg-type]
        body = json.loads(environ["wsgi.input"].read())
        own.till.shop.scans = iter([(body["scan_ticket"], body["participant"], datetime.now(UTC))])
        own.till.sell()
        start_response("201 Created", [("Content-Type", "application/json")])
        return [json.dumps({"status": "completed"}).encode()]

    return sell


if __name__ == "__main__":
    _, url_, village_, goods_, port_ = sys.argv
    serve(application(url_, village_, goods_), host="127.0.0.1", port=int(port_), threads=8, ident=None)
