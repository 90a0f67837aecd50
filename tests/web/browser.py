"""A browser without JavaScript: keeps cookies, carries the form token, follows nothing by itself."""

import html
import re
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from tests.staff.people import PASSWORD

_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


class Browser:
    """One person at one browser."""

    def __init__(self, app: Flask) -> None:
        """Open it on an application."""
        self.client = app.test_client()
        self.token = ""

    def get(self, path: str, **options: Any) -> TestResponse:
        """Open an address."""
        return self._read(self.client.get(path, **options))

    def post(self, path: str, **fields: Any) -> TestResponse:
        """Send a form with these fields."""
        return self._read(self.client.post(path, data={"csrf_token": self._asked_token(), **fields}))

    def post_body(self, path: str, fields: str) -> TestResponse:
        """Send a form whose fields are written already, as they travel."""
        body = f"csrf_token={self._asked_token()}&{fields}"
        return self._read(
            self.client.post(path, data=body.encode(), content_type="application/x-www-form-urlencoded")
        )

    def follow(self, response: TestResponse) -> TestResponse:
        """Go where an answer sends us."""
        assert response.status_code == 303, response.get_data(as_text=True)
        return self.get(response.headers["Location"])

    def sign_in(self, login: str) -> "Browser":
        """Sign in as one of the cast."""
        response = self.post("/sign-in", login=login, password=PASSWORD)
        assert response.status_code == 303, response.get_data(as_text=True)
        return self

    def _asked_token(self) -> str:
        """The form token of the last page; of the first one if there was none yet."""
        if not self.token:
            self.get("/sign-in", follow_redirects=True)
        return self.token

    def _read(self, response: TestResponse) -> TestResponse:
        found = _TOKEN.search(response.get_data(as_text=True)) if response.mimetype == "text/html" else None
        self.token = found[1] if found else self.token
        return response


def hidden(response: TestResponse, name: str) -> str:
    """The value of a field as the page has it."""
    text = response.get_data(as_text=True)
    found = re.search(rf'name="{name}"[^>]*?value="([^"]*)"', text)
    found = found or re.search(rf'<textarea[^>]*name="{name}"[^>]*>([^<]*)', text)
    assert found is not None, f"no field {name} in {text}"
    return html.unescape(found[1])


def words(response: TestResponse) -> str:
    """The page as text."""
    return response.get_data(as_text=True)


def list_rows(response: TestResponse) -> str:
    """The rows of a list as the screen shows them, one a line, cells set apart by “：”."""
    page = re.sub(r'<span class="on-paper">.*?</span>', "", words(response))
    rows = re.findall(r"<tr>\s*(<td.*?)</tr>", page, re.DOTALL)
    cells = (re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL) for row in rows)
    return "\n".join("：".join(html.unescape(re.sub(r"<[^>]+>", "", cell)) for cell in row) for row in cells)
