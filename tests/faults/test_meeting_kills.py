"""The server is killed at random instants while two people enter scores at one meeting, line after line."""

import random
import threading
import time
from dataclasses import dataclass, field
from typing import Any

from pointsbank import scoring
from tests.builders import VILLAGE
from tests.faults.conftest import Serve
from tests.faults.scene import Scene
from tests.faults.served import LOST

HOUSEHOLDS = ("0101", "0202")


@dataclass
class Recorder:
    """Somebody who enters line after line, and asks again with the same id until answered."""

    scene: Scene
    meeting: str
    household: str
    stop: threading.Event
    shown: dict[str, str] = field(default_factory=dict)
    lost: int = 0
    dies_next: bool = False

    def work(self) -> None:
        """Enter until told to stop."""
        while not self.stop.is_set():
            deed = {
                "request_id": self.scene.request_id(),
                "participant": self.household,
                "item": "A3",
                "occurred_on": "2026-09-01",
                "quantity": 1,
                "note": f"第{len(self.shown) + 1}次",
            }
            entered = self._until_answered(f"/meetings/{self.meeting}/scores", deed)
            self.shown[entered["id"]] = f"{self.household} {deed['note']}"

    def _until_answered(self, path: str, body: dict[str, Any]) -> Any:
        while True:
            # Written, and dead before it could say so.
            dying, self.dies_next = {"X-Die": "1"} if self.dies_next else {}, False
            answer = self.scene.post(path, body, by="li", **dying)
            if answer.status in (200, 201):
                return answer.said
            assert answer.status == LOST, answer
            self.lost += 1
            time.sleep(0.05)


def test_what_a_meeting_s_page_had_shown_is_there_once_whenever_the_server_dies(
    serve: Serve, kills: int
) -> None:
    scene = serve("sqlite", start=False)
    scene.server.start()
    opened = {"held_on": "2026-09-01", "title": "九月评议会", "judges": ["李会计"]}
    meeting = scene.post("/meetings", opened, by="li").said["id"]
    stop, chance = threading.Event(), random.Random("meeting")
    people = [Recorder(scene, meeting, code, stop) for code in HOUSEHOLDS]
    threads = [threading.Thread(target=one.work) for one in people]
    for one in threads:
        one.start()
    for kill in range(kills):
        time.sleep(chance.uniform(0.1, 0.5))
        if kill % 2:
            people[0].dies_next = True
            assert scene.server.process is not None
            scene.server.process.wait(30)
        else:
            scene.server.stop()
        scene.server.start()
    stop.wait(0.3)
    stop.set()
    for one in threads:
        one.join(60)

    with scene.database.reading() as session:
        found = scoring.scores(session, village=VILLAGE, meeting=meeting)
    assert sum(one.lost for one in people) >= 1
    assert [one.number for one in found] == list(range(1, len(found) + 1))
    stored = {one.id: f"{one.code} {one.note}" for one in found}
    assert stored == people[0].shown | people[1].shown
