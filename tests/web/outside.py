"""Somebody outside who opens whatever needs no sign-in, in every form, and reads all that comes back."""

import gzip
import io
import itertools
import json
import re
from dataclasses import dataclass
from html import unescape
from html.parser import HTMLParser
from urllib.parse import quote, unquote

from flask import Flask
from PIL import Image
from werkzeug.test import TestResponse

from pointsbank import spreadsheets
from pointsbank.database import Database
from pointsbank.web import access
from tests.builders import VILLAGE
from tests.web.browser import Browser

_ARGUMENT = re.compile(r"<(?:\w+:)?(\w+)>")
_LEAD_OUT = ("/static/", "/bootstrap/", "/help", "/api/docs", "/api/openapi.json", "/setup", "/sign-in")
"""What says the same in every village, and is the same whoever lives there."""


@dataclass
class Outside:
    """Reads everything there is for who is nobody."""

    app: Flask
    database: Database

    def read(self, *, page: str = "") -> dict[str, str]:
        """Return all that can be got, by address: words, file names, heads, insides of files.

        Args:
            page: begin at this page too.
        """
        somebody = Browser(self.app)
        waiting = ["/", *([page] if page else []), *self._guessed()]
        found = dict[str, str]()
        for path in waiting:
            if path in found or path.startswith(_LEAD_OUT):
                continue
            answer = somebody.client.get(path)
            found[path] = f"{unquote(str(answer.headers))}\n{insides(answer)}"
            if answer.mimetype == "text/html":
                waiting += [one for one in _Links(answer.get_data(as_text=True)).found if one.startswith("/")]
        return found

    def _guessed(self) -> list[str]:
        """Every address that is open to all, with whatever somebody might guess or remember."""
        paths = []
        for method, rule, needed in access.routes(self.app):
            if method != "GET" or needed != access.PUBLIC or rule.startswith(("/c/", *_LEAD_OUT)):
                continue
            names = _ARGUMENT.findall(rule)
            choices = [self._values(name) for name in names]
            for values in itertools.product(*choices):
                path = rule
                for value in values:
                    path = _ARGUMENT.sub(quote(value), path, count=1)
                paths.append(path)
        # What is for staff and programs is asked for too: nothing may be said to who is nobody.
        inside = (
            "notices",
            "boards/2026-09",
            "participants",
            "scores",
            "lists/listings",
            "ledger/transactions",
        )
        paths += [f"/api/v1/villages/{VILLAGE}/{one}" for one in inside]
        paths += [f"/v/{VILLAGE}/{one}" for one in ("roster", "notices", "boards/2026-09", "lists/listings")]
        return [*paths, "/mine", "/mine/statement"]

    def _values(self, name: str) -> list[str]:
        with self.database.reading() as session:
            rows = session.connection().exec_driver_sql
            ids = {
                "notice": "SELECT id FROM notice",
                "score": "SELECT id FROM score",
                "month": "SELECT DISTINCT month FROM closed_month",
                "title": "SELECT id FROM title",
            }
            if name in ids:
                more = ["2026-08", "2026-09"] if name == "month" else []
                return sorted({*rows(ids[name]).scalars(), *more})
        return {
            "village": [VILLAGE],
            "index": ["0", "1", "5"],
            "first": ["2026-09"],
            "second": ["2026-10"],
            "code": ["123456789"],
        }[name]


class _Links(HTMLParser):
    """Where a page leads: links, pictures, scripts, files."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note where a tag leads."""
        self.found += [value for name, value in attrs if name in ("href", "src") and value]


def insides(answer: TestResponse) -> str:
    """Return all that can be read in an answer, whatever its form."""
    body = answer.data
    if answer.mimetype == spreadsheets.XLSX:
        return repr(spreadsheets.read_table("x.xlsx", body))
    if answer.mimetype == "application/gzip" or body[:2] == b"\x1f\x8b":
        return gzip.decompress(body).decode()
    if answer.mimetype.startswith("image/") and "svg" not in answer.mimetype:
        with Image.open(io.BytesIO(body)) as picture:
            return repr(picture.info)
    if answer.mimetype.endswith("json"):
        # Letters that JSON writes as numbers are read as letters.
        return json.dumps(json.loads(body), ensure_ascii=False)
    return unescape(body.decode("utf-8", "replace"))
