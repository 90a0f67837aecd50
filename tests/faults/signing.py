"""Somebody who signs a stocktake on its page over HTTP, from an own sign-in: no program signs second."""

import http.client
import re
import time
from urllib.parse import urlencode

from tests.builders import VILLAGE
from tests.faults.scene import Scene
from tests.faults.served import Answer
from tests.staff.people import PASSWORD

_FORM_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
_REASONS = {"已入账或已作废": "stocktake_ended", "重新核对": "stocktake_changed"}


class Signer:
    """One person at a browser of a served village."""

    def __init__(self, scene: Scene, login: str) -> None:
        """Sign in."""
        self._scene, self._cookies, self._token = scene, dict[str, str](), ""
        self._ask("GET", "/sign-in")
        assert self._ask("POST", "/sign-in", login=login, password=PASSWORD)[0] == 303
        self._ask("GET", f"/v/{VILLAGE}")

    def sign(self, place: str) -> Answer:
        """Sign the stocktake at this place as it stands now."""
        seen = self._scene.get(f"/stocktakes{place}").said["mark"]
        return self.sign_what_was_seen(place, seen)

    def sign_what_was_seen(self, place: str, seen: str) -> Answer:
        """Sign the stocktake at this place if it still is as it was seen."""
        began = time.monotonic()
        path = f"/v/{VILLAGE}/stocktakes{place}/signatures"
        status, page = self._ask("POST", path, sign_id=self._scene.request_id(), seen=seen)
        reason = next((code for words, code in _REASONS.items() if words in page), page)
        said = {"state": "posted"} if status == 303 else {"reason": reason}
        return Answer(status, said, time.monotonic() - began)

    def _ask(self, method: str, path: str, **fields: str) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self._scene.server.port, timeout=40)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
        body = urlencode({"csrf_token": self._token} | fields) if method == "POST" else None
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self._cookies[key] = rest.partition(";")[0]
        page = answer.read().decode()
        connection.close()
        found = _FORM_TOKEN.search(page)
        self._token = found[1] if found else self._token
        return answer.status, page
