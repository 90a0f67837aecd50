"""What uploads cost a server and its tills: one by one, four at once, and eight threads for a minute."""

import json
import os
import re
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benching import hostile
from benching.hostile import HONEST_PHOTO, HOSTILE, LARGEST_SHEET, NEW_SHEETS
from benching.redeeming import closing_database
from benching.rounds import Plan, tell
from benching.scene import COMMITTEE, START, Shop, open_shop, sqlite_file
from benching.sending import PASSWORD, Sender, sending
from benching.serving import data_folder, http_client, our_server, serving
from pointsbank import governing, roster, staff

TILLS = 6
PROMISED_SECONDS = 2.0
_QUICK = (HOSTILE[0], "WebP of 24", "xlsx of 200 MB unpacked", "CSV of four million cells", "HEIC of 12 MB")


@dataclass
class _Place:
    """A served village: its port, its process, its folder, a token and a card's code for each till."""

    port: int
    process: int
    folder: Path
    token: str
    codes: list[str] = field(default_factory=list)


def alone(plan: Plan) -> None:
    """Each file once, then four at once, at an idle server: memory above idle, and time to the answer."""
    with _served(plan, "uploads-alone") as place:
        browsers = [Sender(place.port) for _ in range(4)]
        idle = _most(place, lambda: time.sleep(1))[0]
        worst = {"one": 0.0, "four": 0.0, "seconds": 0.0, "seconds of four": 0.0}
        for name in _QUICK if plan.quick else [*HOSTILE, HONEST_PHOTO, LARGEST_SHEET]:
            each = hostile.file(name, _kept(plan))
            line: dict[str, Any] = {"figure": f"upload: {name}", "bytes": len(each[2])}
            for many, label in ((1, "one"), (4, "four")):
                answers: list[tuple[int, float]] = []
                peak, _ = _most(place, lambda: answers.extend(_at_once(browsers[:many], each)))  # noqa: B023
                refused = [spent for status, spent in answers if status >= 400 or status == 200]
                key = "seconds" if many == 1 else "seconds of four"
                worst[label] = max(worst[label], peak)
                worst[key] = max([worst[key], *refused])
                line[label] = {
                    "status": sorted(status for status, _ in answers),
                    "seconds": round(max(spent for _, spent in answers), 2),
                    "MB above idle": round(peak - idle, 1),
                }
                time.sleep(0.5)
            print(json.dumps(line, ensure_ascii=False), flush=True)
    tell("peak memory of one upload, against an idle server", [(idle, worst["one"])], "MB")
    tell("peak memory of four uploads at once, against an idle server", [(idle, worst["four"])], "MB")
    tell("longest time to a refusal, against what is promised", [(PROMISED_SECONDS, worst["seconds"])], "s")
    tell("the same of four at once", [(PROMISED_SECONDS, worst["seconds of four"])], "s")


def beside_tills(plan: Plan) -> None:
    """Eight threads of hostile uploads beside six tills: p95 of a scan, memory, disk, against without."""
    _beside(plan, "hostile uploads", _QUICK if plan.quick else HOSTILE, 8, plan.some(6, 60))


def photos_beside_tills(plan: Plan) -> None:
    """Honest photos, as fast as two telephones send them."""
    _beside(plan, "photos", [HONEST_PHOTO], 2, plan.some(6, 15))


def imports_beside_tills(plan: Plan) -> None:
    """Honest tables, each of other goods than the one before."""
    _beside(plan, "imports", NEW_SHEETS, 1, plan.some(6, 30))


def _kept(plan: Plan) -> Path:
    """The folder of the files that are sent."""
    return plan.folder / "files"


def _beside(plan: Plan, what: str, names: Sequence[str], senders: int, span: float) -> None:
    for name in names:
        hostile.file(name, _kept(plan))
    with _served(plan, f"uploads-{senders}-{len(names)}") as place:
        _scans(place, 1)
        alone, before = _watched(place, span)
        with sending(place.port, names, _kept(plan), senders=senders) as sent:
            beside, meanwhile = _watched(place, span)
    slowest = {name: round(spent, 2) for name, spent in sent.longest.items()}
    line = {"figure": f"{what} answered", "by status": sent.statuses, "longest to a refusal": slowest}
    print(json.dumps(line), flush=True)
    longest = max(sent.longest.values(), default=0.0)
    tell(
        f"longest wait from the first byte of {what} to a refusal, against what is promised",
        [(PROMISED_SECONDS, longest)],
        "s",
    )
    tell(f"p95 of a scan beside {what}, against alone", [(_p95(alone), _p95(beside))], "ms")
    tell(f"scans beside {what}, against alone", [(len(alone), len(beside))], "of as many seconds")
    tell(f"peak memory beside {what}, against alone", [(before[0], meanwhile[0])], "MB")
    tell(f"most on the disk beside {what}, against alone", [(before[1], meanwhile[1])], "MB")


@contextmanager
def _served(plan: Plan, name: str) -> Iterator[_Place]:
    folder = data_folder(plan, name)
    with closing_database(sqlite_file(folder, "pointsbank.sqlite3")) as database:
        token, codes = _people(open_shop(database, code="ours", households=TILLS))
        with serving(our_server(folder)) as (port, process):
            _settled(process)
            yield _Place(port, process, folder, token, codes)


def _settled(process: int) -> None:
    """Wait until a server that has just started, and the child that it starts, have loaded what they load."""
    known = [0.0]
    while len(known) < 10 or abs(known[-1] - known[-5]) > 1024 or not _children(process):
        time.sleep(1)
        known.append(sum(_resident(one) for one in (process, *_children(process))))


def _people(shop: Shop) -> tuple[str, list[str]]:
    """Somebody with both roles, with a token of the API, and a card's code for each till."""
    named: dict[str, Any] = {"by": COMMITTEE, "at": START}
    hashed = staff.hash_password(PASSWORD)
    roles = [(shop.village, "clerk"), (shop.village, "committee")]
    with shop.database.writing() as session:
        chen = governing.add_staff(session, login="chen", password=hashed, name="陈", roles=roles, **named)
        staff.change_password(session, staff=chen.id, password=hashed, by=chen.id, at=START)
        token = staff.make_token(session, login="chen", by=COMMITTEE, at=datetime.now(UTC))
        cards = roster.issue(session, village=shop.village, participants=None, **named)
        roster.hand_out(session, village=shop.village, cards=[card.id for card in cards], **named)
    return token, [card.token for card in cards]


def _at_once(browsers: list[Sender], each: hostile.File) -> list[tuple[int, float]]:
    """Send one file from all these browsers at the same moment: status and seconds of each answer."""
    answers: list[tuple[int, float]] = []

    def send(browser: Sender) -> None:
        began = time.perf_counter()
        status = browser.send(*each)
        answers.append((status, time.perf_counter() - began))

    _together([lambda browser=browser: send(browser) for browser in browsers])
    return answers


def _scans(place: _Place, span: float) -> list[float]:
    """All tills at once, each scanning its card again and again; how long each scan took."""
    until, waits = time.perf_counter() + span, []
    _together([lambda code=code: waits.extend(_till(place, code, until)) for code in place.codes])
    return waits


def _till(place: _Place, code: str, until: float) -> list[float]:
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {place.token}"}
    connection, waits = http_client(place.port), []
    while time.perf_counter() < until:
        began = time.perf_counter()
        connection.request("POST", "/api/v1/villages/ours/card-scans", json.dumps({"code": code}), headers)
        answer = connection.getresponse()
        said = answer.read()
        waits.append(time.perf_counter() - began)
        if answer.status != 201:
            raise RuntimeError(said.decode())
        # A clerk does not scan without pause.
        time.sleep(0.05)
    return waits


def _together(acts: list[Callable[[], Any]]) -> None:
    threads = [threading.Thread(target=act) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _p95(waits: list[float]) -> float:
    return sorted(waits)[int(len(waits) * 0.95)] * 1000


def _watched(place: _Place, span: float) -> tuple[list[float], tuple[float, float]]:
    waits: list[float] = []
    return waits, _most(place, lambda: waits.extend(_scans(place, span)))


def _most(place: _Place, work: Callable[[], object]) -> tuple[float, float]:
    """The most memory of the server with its child and the most of uploads on the disk meanwhile, in MB."""
    peaks, ends = [0.0, 0.0], threading.Event()

    def watch() -> None:
        while not ends.wait(0.02):
            processes = (place.process, *_children(place.process))
            peaks[0] = max(peaks[0], sum(_resident(one) for one in processes))
            peaks[1] = max(peaks[1], _on_disk(place))

    watching = threading.Thread(target=watch)
    watching.start()
    work()
    ends.set()
    watching.join()
    return peaks[0] * 1024 / 1e6, peaks[1] / 1e6


def _resident(process: int) -> int:
    """KiB of memory, shared pages by halves; 0 where it has ended or this is not Linux.

    A child that has just been forked still shares all its parent's.
    """
    try:
        status = Path(f"/proc/{process}/smaps_rollup").read_text("ascii")
    except OSError:
        return 0
    found = re.search(r"Pss:\s+(\d+)", status)
    return int(found[1]) if found else 0


def _children(process: int) -> list[int]:
    found: list[int] = []
    for task in Path(f"/proc/{process}/task").glob("*"):
        try:
            found += map(int, (task / "children").read_text("ascii").split())
        except OSError:
            continue
    return found


def _on_disk(place: _Place) -> float:
    """Bytes of uploads: files in their folder, and those without a name that the server holds open."""
    written = sum(_size(file) for file in (place.folder / "uploads").glob("*"))
    try:
        held = list(Path(f"/proc/{place.process}/fd").iterdir())
    except OSError:
        return written
    return written + sum(_size(file) for file in held if _is_nameless(file))


def _is_nameless(file: Path) -> bool:
    try:
        return os.readlink(file).endswith("(deleted)")
    except OSError:
        return False


def _size(file: Path) -> int:
    try:
        return os.stat(file).st_size
    except OSError:
        return 0
