"""What a village does in two months, act by act, through pages, programs and the command line."""

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from pointsbank import cli, copying, tables
from tests.api import scene
from tests.api.scene import Village
from tests.web.browser import Browser

_NOT_COUNTED = {
    "staff_session",
    "staff_event",
    "throttle",
    "file_look",
    "attempt",
    "row_witness",
    "row_batch",
}
"""Tables that more than the act itself writes to."""


@dataclass(frozen=True)
class Told:
    """What whoever did something hears: it is kept, it is not, or (None) nobody knows."""

    kept: bool | None
    words: str


@dataclass
class Doings:
    """The village reached through whatever may cut it off, and directly."""

    through: Village
    direct: Village
    folder: Path
    capsys: pytest.CaptureFixture[str]
    monkeypatch: pytest.MonkeyPatch

    def each(self) -> Iterator[tuple[str, Callable[[], Told]]]:
        """Yield every act by its name, ready to be done; the one after needs the one before."""
        yield (
            "households",
            self.command("import", "roster", self.file("户号,户主,小组,人口\n0909,覃小满,二组,2\n")),
        )
        yield "balances", self.command("import", "balances", self.file("户号,积分,荣誉\n0909,3,3\n"))
        yield "goods", self.take_over("li", "goods", "编号,名称,积分,库存\nG77,毛巾,4,9\n")
        meeting = scene.open_meeting(self.direct)
        scores = self.file("户号,条目,日期\n0201,A1,2026-09-01\n")
        yield "scores", self.command("import", "scores", scores, "--meeting", meeting)
        deed = {"participant": "0202", "item": "A1", "occurred_on": "2026-09-01"}
        yield "a score", self.api("li", f"/meetings/{meeting}/scores", **deed)
        yield "the meeting", self.page("li", f"/meetings/{meeting}/close")
        [notice] = self.direct.get("/notices", by="li").json["items"]
        hangings = f"/notices/{notice['id']}/hangings"
        yield "a hanging", self.api("li", hangings, with_id=False, place="村务公开栏")
        # Time only goes on: a clock that goes back writes by itself.
        with scene.later(4):
            yield "settling", self.api("li", f"/notices/{notice['id']}/settle", with_id=False)
            yield from self._at_the_shop()
        with scene.later(35):
            yield "September", self.command("month", "close", "2026-09")
        with scene.later(65):
            yield "October", self.page("li", "/boards/2026-10/close", heeded="1")

    def _at_the_shop(self) -> Iterator[tuple[str, Callable[[], Told]]]:
        yield "a stocktake", self.api("chen", "/stocktakes", note="九月盘点")
        [stocktake] = self.direct.get("/stocktakes").json["items"]
        place = f"/stocktakes/{stocktake['id']}"
        yield "a count", self.api("chen", f"{place}/counts", goods="G01", pieces=27)
        yield "the first signature", self.api("chen", f"{place}/signatures")
        yield "the second signature", self.api("zhao", f"{place}/signatures")
        sale = self.direct.post("/redemptions", self.direct.sale()).json["id"]
        yield "a reversal", self.api("chen", f"/redemptions/{sale}/reversal", reason="拿错商品")
        delivery = {"kind": "received", "quantity": 5, "note": "到货"}
        yield "a delivery", self.api("chen", "/goods/G01/stock-moves", **delivery)

    def api(self, by: str, path: str, *, with_id: bool = True, **body: Any) -> Callable[[], Told]:
        """A program's request, always the same one."""
        sent = body | ({"request_id": self.direct.request_id()} if with_id else {})

        def ask() -> Told:
            answer = self.through.post(path, sent or None, by=by)
            reason = (answer.json or {}).get("reason", "")
            kept = None if reason == "outcome_unknown" else answer.status_code < 300
            return Told(kept, answer.text)

        return ask

    def take_over(self, login: str, what: str, table: str) -> Callable[[], Told]:
        """A table that was looked at is taken over."""
        app = self.through.app
        app.extensions["pointsbank_database"] = self.direct.database
        browser = Browser(app).sign_in(login)
        file = (io.BytesIO(table.encode()), "表.csv")
        looked = browser.post(f"/v/chayuan/imports/{what}", file=file)
        return self.page(login, looked.headers["Location"].removeprefix("/v/chayuan"))

    def page(self, login: str, path: str, **fields: str) -> Callable[[], Told]:
        """A form sent from a browser in which somebody signed in."""
        app = self.through.app
        app.extensions["pointsbank_database"] = self.direct.database
        browser = Browser(app).sign_in(login)
        browser.get("/v/chayuan")

        def send() -> Told:
            app.extensions["pointsbank_database"] = self.through.database
            answer = browser.post(f"/v/chayuan{path}", **fields)
            words = answer.get_data(as_text=True)
            return Told(None if "不知道这一次是否成功" in words else answer.status_code == 303, words)

        return send

    def command(self, *words: object) -> Callable[[], Told]:
        """A command as it is typed."""
        self.monkeypatch.setenv("POINTSBANK_DATA", str(self.folder / "data"))
        self.monkeypatch.setenv("POINTSBANK_DATABASE_URL", self.through.database.url)

        def run() -> Told:
            typed = [*map(str, words), "--village", "chayuan"]
            status, said = cli.main(typed), self.capsys.readouterr()
            return Told(None if "不知道这一次是否成功" in said.err else status == 0, said.out + said.err)

        return run

    def file(self, text: str) -> Path:
        """A file with this text."""
        path = self.folder / f"{len(list(self.folder.iterdir()))}.csv"
        path.write_text(text, "utf-8")
        return path

    def note_tokens(self) -> None:
        """Use every token: its first use in an hour is written down, in a transaction of its own."""
        for login in self.direct.tokens:
            self.direct.get("/goods", by=login)

    def books(self) -> dict[str, tuple[int, int]]:
        """What stands in the tables, as fingerprints."""
        with self.direct.database.reading() as session:
            return {
                table.name: copying.fingerprint(session, table)
                for table in tables.metadata.sorted_tables
                if table.name not in _NOT_COUNTED
            }


def hidden_fields(page: str) -> dict[str, str]:
    """What a page keeps of a form whose outcome nobody knows."""
    return dict(re.findall(r'<input type="hidden" name="([\w-]+)" value="([^"]*)">', page))
