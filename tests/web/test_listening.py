"""What a stranger sends is refused before it is read; staff's photos come in; slow ones make room."""

import http.client
import io
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import qrcode
from flask import Flask

from pointsbank import isolated
from pointsbank.web import limits, listening, receiving
from tests.builders import VILLAGE, Chayuan
from tests.web.browser import Browser

TILL = f"/v/{VILLAGE}/till"


@dataclass(frozen=True)
class Clerk:
    """Somebody signed in who sends forms of the till to a real server."""

    port: int
    cookies: str
    token: str

    def send(self, *, text: str = "", photo: bytes = b"") -> tuple[int, str]:
        """Send what was scanned or photographed; status and page."""
        edge = "-----edge"
        fields = {"csrf_token": self.token, "text": text}
        parts = [
            f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
            for name, value in fields.items()
        ]
        named = f'form-data; name="photo"; filename="{"f" if photo else ""}"'
        file = f"--{edge}\r\nContent-Disposition: {named}\r\n\r\n"
        body = "".join(parts).encode() + file.encode() + photo + f"\r\n--{edge}--\r\n".encode()
        headers = {"Cookie": self.cookies, "Content-Type": f"multipart/form-data; boundary={edge}"}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.request("POST", TILL, body, headers)
        answer = connection.getresponse()
        page = answer.read().decode()
        connection.close()
        return answer.status, page


def photo_of(token: str) -> bytes:
    """A photo of a card."""
    picture = io.BytesIO()
    qrcode.make(f"http://village.test/c/{token}").save(picture)
    return picture.getvalue()


def _until(what: Callable[[], bool]) -> None:
    for _ in range(1000):
        if what():
            return
        threading.Event().wait(0.01)
    raise AssertionError("it never came")


@contextmanager
def served(app: Flask) -> Iterator[int]:
    """The application behind its own server; gives the port."""
    server = listening.listen(app, host="127.0.0.1", port=0, threads=8)
    running = threading.Thread(target=server.run, daemon=True)
    running.start()
    yield int(server.effective_port)
    for place in list(server._map.values()):
        place.will_close = True
    server.pull_trigger()
    server.asyncore.close_all(server._map)
    server.task_dispatcher.shutdown()
    running.join(5)


@pytest.fixture
def port(app: Flask) -> Iterator[int]:
    """The site, served."""
    with served(app) as found:
        yield found


@pytest.fixture
def staff_cookie(app: Flask) -> str:
    """The cookies of a clerk's browser."""
    clerk = Browser(app).sign_in("chen")
    clerk.get(TILL)
    return "; ".join(f"{one.key}={one.value}" for one in clerk.client._cookies.values())


def head(path: str, *lines: str) -> bytes:
    """The head of a post."""
    return "\r\n".join([f"POST {path} HTTP/1.1", "Host: village.test", *lines, "", ""]).encode()


def answered(port: int, sent: bytes, *, then: int = 0, piece: bytes = b"x" * 65536) -> tuple[str, int]:
    """Send a head and so many pieces after it; the answer's status line, and how many pieces went out."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.sendall(sent)
        gone = 0
        try:
            for _ in range(then):
                connection.sendall(piece)
                gone += 1
        except OSError:
            pass
        return connection.makefile("rb").readline().decode("latin-1").strip(), gone


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The temporary files that are made while the test runs."""
    made: list[Any] = []
    real = receiving.HTTPRequestParser.__init__.__globals__["OverflowableBuffer"]
    set_large = real._set_large_buffer

    def noted(buffer: Any) -> None:
        made.append(buffer)
        set_large(buffer)

    monkeypatch.setattr(real, "_set_large_buffer", noted)
    return made


def test_a_stranger_s_300_megabytes_are_refused_before_they_are_read(port: int, written: list[Any]) -> None:
    status, _ = answered(port, head("/sign-in", f"Content-Length: {300 * 1024 * 1024}"), then=200)

    assert status.startswith("HTTP/1.1 413")
    assert not written


def test_a_stranger_who_does_not_say_how_much_is_stopped_where_it_is_too_much(
    port: int, written: list[Any]
) -> None:
    piece = b"10000\r\n" + b"x" * 65536 + b"\r\n"
    status, _ = answered(port, head("/sign-in", "Transfer-Encoding: chunked"), then=100, piece=piece)

    assert status.startswith("HTTP/1.1 413")
    assert not written


def test_a_line_of_chunks_that_never_ends_is_stopped_too(port: int) -> None:
    status, _ = answered(port, head("/sign-in", "Transfer-Encoding: chunked"), then=100, piece=b"0" * 65536)

    assert status.startswith("HTTP/1.1 4")


@pytest.mark.parametrize("size", [limits.STRANGER_BYTES + 1, limits.STAFF_BYTES, 10**4000])
def test_a_cookie_that_we_did_not_sign_permits_nothing(port: int, size: int) -> None:
    cookie = 'Cookie: pointsbank_form=eyJ1cGxvYWRzX3VudGlsIjo5OTk5OTk5OTk5fQ.abc.def; pointsbank_session="x"'

    status, _ = answered(port, head(TILL, f"Content-Length: {size}", cookie))

    assert status.startswith(("HTTP/1.1 413", "HTTP/1.0 4")) or not status


def test_staff_may_send_as_much_as_a_photo_has_and_no_more(
    port: int, staff_cookie: str, written: list[Any]
) -> None:
    cookie = f"Cookie: {staff_cookie}"

    taken, _ = answered(port, head(TILL, cookie, f"Content-Length: {2 * 1024 * 1024}"), then=32)
    refused, _ = answered(port, head(TILL, cookie, f"Content-Length: {limits.STAFF_BYTES + 1}"))
    unsaid = head(TILL, cookie, "Transfer-Encoding: chunked")
    stopped, _ = answered(port, unsaid, then=10, piece=b"10000\r\n" + b"x" * 65536 + b"\r\n")

    assert taken.startswith("HTTP/1.1 400")  # no form's token, and read to its end
    assert written
    assert refused.startswith("HTTP/1.1 413") and stopped.startswith("HTTP/1.1 413")


def test_without_the_judge_at_the_head_a_stranger_s_bytes_would_be_written(
    port: int, written: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receiving.ReceivedRequest, "_judge", lambda request: None)
    status, _ = answered(port, head("/sign-in", f"Content-Length: {2 * 1024 * 1024}"), then=32)

    assert status.startswith("HTTP/1.1 413")
    assert written


@pytest.mark.parametrize(
    "sent",
    [
        b"nonsense\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nX: " + b"y" * limits.HEAD_BYTES + b"\r\n\r\n",
        head("/sign-in", "Content-Length: many"),
        head("/sign-in", "Transfer-Encoding: nobody"),
        head("/sign-in", f"Content-Length: {10**12}"),
        b"HEAD /sign-in HTTP/1.1\r\nHost: village.test\r\n\r\n",
    ],
)
def test_what_the_listening_side_answers_by_itself_may_not_be_kept_either(port: int, sent: bytes) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(sent)
        connection.shutdown(socket.SHUT_WR)
        answer = connection.makefile("rb").read().lower()

    heads = answer.partition(b"\r\n\r\n")[0]
    assert heads.count(b"cache-control:") == 1 and b"cache-control: no-store" in heads


def test_large_bodies_together_have_a_bound_and_one_that_breaks_makes_room(
    port: int, staff_cookie: str
) -> None:
    start = head(TILL, f"Cookie: {staff_cookie}", f"Content-Length: {limits.STAFF_BYTES}") + b"x" * 1000
    begun = [socket.create_connection(("127.0.0.1", port)) for _ in range(3)]
    for one in begun:
        one.sendall(start)
    time.sleep(0.3)
    busy, _ = answered(port, start)
    for one in begun:
        one.close()
    time.sleep(0.3)
    ready, _ = answered(port, head(TILL, f"Cookie: {staff_cookie}", "Content-Length: 200000"), then=4)

    assert busy.startswith("HTTP/1.1 503")
    assert ready.startswith("HTTP/1.1 400")


@pytest.mark.parametrize(("at_most", "is_whole"), [(60.0, True), (0.1, False)])
def test_waiting_counts_from_the_first_byte_but_not_all_of_a_slow_line(
    app: Flask, port: int, staff_cookie: str, monkeypatch: pytest.MonkeyPatch, at_most: float, is_whole: bool
) -> None:
    monkeypatch.setattr(receiving, "RECEIVING_SECONDS", at_most)
    arrived, answer = list[float](), app.wsgi_app

    def noted(environ: dict[str, Any], start: Any) -> Any:
        arrived.append(environ[limits.ARRIVED])
        return answer(environ, start)

    monkeypatch.setattr(app, "wsgi_app", noted)
    with socket.create_connection(("127.0.0.1", port), timeout=20) as slow:
        slow.sendall(head(TILL, f"Cookie: {staff_cookie}", "Content-Length: 200000") + b"x" * 100_000)
        time.sleep(1)
        last = time.monotonic()
        slow.sendall(b"x" * 100_000)
        slow.makefile("rb").readline()

    assert (arrived[0] < last - 0.1) == is_whole


def test_the_answer_comes_to_who_still_sends(port: int) -> None:
    length = 40 * 1024 * 1024
    status, gone = answered(port, head("/sign-in", f"Content-Length: {length}"), then=length // 65536)

    assert status.startswith("HTTP/1.1 413") and gone == length // 65536


@pytest.mark.parametrize(("seconds", "heard"), [(3600.0, False), (0.5, True), (0.0, True)])
def test_who_comes_again_at_once_after_a_refusal_waits_for_it_without_a_thread(
    port: int, monkeypatch: pytest.MonkeyPatch, seconds: float, heard: bool
) -> None:
    """The last is the control: as if nobody were held back."""
    monkeypatch.setattr(receiving, "REFUSED_AGAIN_SECONDS", seconds)
    large = head("/sign-in", f"Content-Length: {limits.STRANGER_BYTES + 1}")
    answered(port, large)

    again = [socket.create_connection(("127.0.0.1", port), timeout=20) for _ in range(12)]
    for one in again:
        one.sendall(large)
    page, _ = answered(port, b"GET /sign-in HTTP/1.1\r\nHost: village.test\r\n\r\n")
    again[0].settimeout(20 if heard else 0.5)
    try:
        said = again[0].recv(12)
    except TimeoutError:
        said = b""
    for one in again:
        one.close()

    assert page.startswith("HTTP/1.1 200")
    assert said == (b"HTTP/1.1 413" if heard else b"")


def test_a_till_gets_in_though_strangers_hold_more_connections_than_there_are(
    port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listening, "CONNECTIONS_FROM_ONE_ADDRESS", 8)
    held = []
    for _ in range(20):
        held.append(socket.create_connection(("127.0.0.1", port)))
        held[-1].sendall(b"POST /sign-in HTTP/1.1\r\nHost: village.test\r\nContent-Le")
        time.sleep(0.01)
    with socket.create_connection(("127.0.0.1", port), timeout=10) as till:
        till.sendall(b"GET /healthz HTTP/1.1\r\nHost: village.test\r\nConnection: close\r\n\r\n")
        status = till.makefile("rb").readline()
    for one in held:
        one.close()

    assert status.startswith(b"HTTP/1.1 200")


def test_strangers_who_ask_much_and_take_no_answer_hold_no_thread(port: int) -> None:
    asked = b"GET /bootstrap/static/css/bootstrap.min.css HTTP/1.1\r\nHost: village.test\r\n\r\n"
    held = []
    for _ in range(9):
        held.append(socket.socket())
        held[-1].setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        held[-1].connect(("127.0.0.1", port))
        held[-1].sendall(asked * 20)
    status = []
    # Each of them takes its turn behind the strangers': the tenth answer of one has no room.
    for _ in range(30):
        with socket.create_connection(("127.0.0.1", port), timeout=10) as till:
            till.sendall(b"GET /healthz HTTP/1.1\r\nHost: village.test\r\nConnection: close\r\n\r\n")
            status.append(till.makefile("rb").readline())
    for one in held:
        one.close()

    assert {one[:12] for one in status} == {b"HTTP/1.1 200"}


def test_who_asks_again_before_the_answer_hears_the_first_and_then_the_end(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as hasty:
        hasty.sendall(b"GET /healthz HTTP/1.1\r\nHost: village.test\r\n\r\n" * 2)
        answer = hasty.makefile("rb").read()

    assert answer.count(b"HTTP/1.1 200") == 1 and b"Connection: close" in answer


def test_who_takes_too_long_for_a_head_or_a_body_is_cut_off(
    port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receiving, "HEAD_SECONDS", 0.3)
    for begun in (b"POST /sign-in HT", head("/sign-in", "Content-Length: 100") + b"x"):
        with socket.create_connection(("127.0.0.1", port), timeout=10) as slow:
            slow.sendall(begun)

            assert slow.recv(100) == b""


@pytest.fixture
def clerk(app: Flask, port: int) -> Clerk:
    """A clerk's browser at the real server."""
    browser = Browser(app).sign_in("chen")
    page = browser.get(TILL)
    cookies = "; ".join(f"{one.key}={one.value}" for one in browser.client._cookies.values())
    token = re.search(r'name="csrf_token" value="([^"]+)"', page.get_data(as_text=True))
    assert token is not None
    return Clerk(port, cookies, token[1])


def test_one_file_is_read_two_wait_the_rest_are_told_at_once_and_tills_wait_for_none(
    clerk: Clerk, village: Chayuan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(isolated, "WAIT_SECONDS", 60)
    monkeypatch.setattr(isolated, "ANSWER_SECONDS", 60)
    card, gate = village.card(village.wang).token, tmp_path / "open"
    reading = threading.Thread(target=isolated.PROCESS.run, args=("tests.isolated.work:until", str(gate)))
    reading.start()
    with ThreadPoolExecutor(8) as senders:
        waiting = [senders.submit(clerk.send, photo=photo_of(card)) for _ in range(2)]
        _until(lambda: isolated.PROCESS.is_full)
        large = clerk.send(photo=b"\xff\xd8" + bytes(200_000))
        told = [senders.submit(clerk.send, photo=photo_of(card)) for _ in range(3)]
        busy = [one.result() for one in told]
        scanned = clerk.send(text=card)
        are_waiting = [not one.done() for one in waiting]
        gate.touch()
        served_then = [one.result() for one in waiting]
    reading.join()

    assert {large[0], *(status for status, _ in busy)} == {503}
    assert all("程序正忙" in page for _, page in busy)
    assert "没有收下" in large[1] and "去“" not in large[1] and ">回到刚才那一页<" in large[1]
    assert scanned[0] == 303 and "/till/goods?ticket=" in scanned[1]
    assert are_waiting == [True, True]
    assert all(status == 303 and "/till/goods?ticket=" in page for status, page in served_then)


def test_a_till_that_would_have_to_wait_for_a_photo_would_be_seen(
    clerk: Clerk, village: Chayuan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A negative control: were every post a large body, a scan would hear what a photo hears."""
    monkeypatch.setattr(limits, "STRANGER_BYTES", 0)
    monkeypatch.setattr(isolated.PROCESS, "_inside", 3)

    assert clerk.send(text=village.card(village.wang).token)[0] == 503


def test_a_file_that_would_not_be_read_is_not_received(
    port: int, staff_cookie: str, monkeypatch: pytest.MonkeyPatch, written: list[Any]
) -> None:
    monkeypatch.setattr(isolated.PROCESS, "_inside", 3)
    status, _ = answered(port, head(TILL, f"Cookie: {staff_cookie}", "Content-Length: 2000000"))

    assert status.startswith("HTTP/1.1 503")
    assert not written
