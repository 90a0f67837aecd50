"""Keeps the stubs while a server runs: a thread for each place hears of each commit and adds its entries.

No write waits for it: the committing thread only puts what it wrote on a queue, roots are reckoned and files
synced here. A slow stick holds up no other place. Entries that other processes wrote are found every few
seconds and read from the database. So is a database that went back, as after a fail-over to a standby that
was behind, and a file that was exchanged under the running server: then nothing more is served.
"""

import logging
import queue
import threading
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as WaitedTooLong

from pointsbank import failures, ledger
from pointsbank.database import Database
from pointsbank.errors import Refused
from pointsbank.ledger import Appended
from pointsbank.merkle import Frontier
from pointsbank.watermark.beginning import check
from pointsbank.watermark.comparing import UNUSABLE, Comparison, Standing, compare
from pointsbank.watermark.places import Place
from pointsbank.watermark.standing import behind_refusal, bring_up_to_date, in_words
from pointsbank.watermark.stubs import BEGUN, marks_of

log = logging.getLogger("pointsbank")

_TOGETHER = 0.2
"""Seconds in which entries are gathered before they are written: one sync for all of them."""
_POLL = 5.0
"""Seconds between two looks at what other processes wrote, and for a stick that is back."""
_STOPPING = 10.0


class DatabaseExchanged(Refused):
    """The database file was exchanged while the server had it open; what it writes now would be lost."""

    code = "database_exchanged"
    sentence = (
        "数据库文件在运行中被换掉了（可能是同步软件或手工复制），已停止服务。请关闭程序，核对后重新启动。"
    )
    fixed_by = "管理员"


class Keeper:
    """Keeps the stubs of one database at several places, from `start` to `stop`."""

    def __init__(self, database: Database, folders: Sequence[Path]) -> None:
        """Name the database and the folders of the stubs; nothing is read yet."""
        self.database = database
        self.refusal: Refused | None = None
        self._file = Path(str(database.engine.url.database)) if database.is_sqlite else None
        self._identity = self._seen_file()
        self._followers = [_Follower(self, Place(folder)) for folder in folders]

    def start(self) -> list[str]:
        """Check the log against the stubs, bring them up to date, and follow; return sentences for people.

        Raises:
            LogBehindWatermark: the log lacks entries that a stub saw.
            WatermarkUnusable: the stubs of a village were removed or damaged.
        """
        stood = check(self.database, [follower.place for follower in self._followers])
        self.database.announcer.listen(self._receive)
        for follower in self._followers:
            follower.begin([one for one in stood if one.place is follower.place])
        return [in_words(one) for one in stood if one.standing is not Standing.AGREES or one.late]

    def stop(self) -> None:
        """Write what is still on the queues and end the threads, within ten seconds each."""
        for follower in self._followers:
            follower.queue.put(None)
        for follower in self._followers:
            follower.join(_STOPPING)

    def warnings(self, village: str | None = None) -> list[str]:
        """Return what people should hear at home: places that are away, stubs that were damaged."""
        return [sentence for follower in self._followers for sentence in follower.warnings(village)]

    def hold(self, refusal: Refused) -> None:
        """Let nothing be served from now on, until the program is started again."""
        if self.refusal is None:
            self.refusal = refusal
            log.error("%s", refusal.detail)

    def was_exchanged(self) -> bool:
        """Return whether another file has the name of the database since the start."""
        return self._seen_file() != self._identity

    def _seen_file(self) -> tuple[int, int] | None:
        """Return what the system knows the database file by; None on PostgreSQL and where there is none."""
        try:
            found = None if self._file is None else self._file.stat()
        except OSError:
            return None
        return None if found is None else (found.st_dev, found.st_ino)

    def _receive(self, news: Sequence[Any]) -> None:
        """Hand on what was committed; the committing thread calls this and must not wait."""
        for follower in self._followers:
            follower.queue.put([one for one in news if isinstance(one, Appended)])


class _Follower(threading.Thread):
    """Adds what is committed to the stubs of one place."""

    def __init__(self, keeper: Keeper, place: Place) -> None:
        super().__init__(name=f"watermark {place.folder}", daemon=True)
        self.queue: queue.SimpleQueue[list[Appended] | None] = queue.SimpleQueue()
        self.place = place
        self._keeper, self._database = keeper, keeper.database
        self._known: dict[str, Frontier] = {}
        self._bytes: dict[str, int] = {}
        self._polled = 0.0
        self._trouble: str | None = None
        self._renewed: dict[str, str] = {}

    def begin(self, stood: Sequence[Comparison]) -> None:
        """Start to follow; stubs that were made anew at the start are told of until the next one."""
        for one in stood:
            self._note_renewed(one)
        self.start()

    def warnings(self, village: str | None) -> list[str]:
        """Return what people should hear of this place."""
        renewed = [sentence for one, sentence in self._renewed.items() if village in (None, one)]
        return ([self._trouble] if self._trouble else []) + renewed

    def run(self) -> None:
        """Write until told to stop."""
        news, going_on = list[Appended](), True
        while going_on:
            self._try(news)
            news, going_on = self._gather()
        self._try(news)

    def _gather(self) -> tuple[list[Appended], bool]:
        """Wait for news, or as long as until the next look; return them and whether to go on."""
        news: list[Appended] = []
        wait, until = _POLL, 0.0
        while True:
            try:
                received = self.queue.get(timeout=wait)
            except queue.Empty:
                return news, True
            if received is None:
                return news, False
            news += received
            until = until or time.monotonic() + _TOGETHER
            wait = max(0.0, until - time.monotonic())

    def _try(self, news: Sequence[Appended]) -> None:
        """Write; whatever fails is told at home and tried again at the next look."""
        try:
            if self._keeper.refusal is None:
                self._write(news)
        except OSError as error:
            self._lose(f"存根 {self.place.folder} 写不进去（{failures.why(error)}），请检查U盘或磁盘。")
        except (DBAPIError, WaitedTooLong, ValueError) as error:
            # The database is away or busy: what was missed is read from it later.
            self._known.clear()
            log.warning("watermark at %s: %s", self.place.folder, error)

    def _lose(self, sentence: str) -> None:
        """Note that the place cannot be used now."""
        if self._trouble != sentence:
            log.warning("%s", sentence)
        self._trouble = sentence
        self._known.clear()

    def _write(self, news: Sequence[Appended]) -> None:
        """Add news to the stubs, and every few seconds look what others did."""
        if not self.place.is_here:
            self._lose(f"存根 {self.place.folder} 不在，请插上U盘；不在时账本若被换成旧的，就少一处证据。")
            return
        with self.place.locked():
            for one in sorted(news, key=lambda one: one.before.size):
                if not self._add(one):
                    self._catch_up(one.village)
            if not self._known or time.monotonic() - self._polled > _POLL:
                self._poll()
        self._trouble = None

    def _add(self, news: Appended) -> bool:
        """Add entries that follow what is known here; False where something else came between."""
        village = news.village
        if not news.before.size and not self.place.has(village):
            self.place.rewrite(village, [BEGUN, *marks_of(news)])
        elif self._known.get(village) != news.before or self.place.bytes_of(village) != self._bytes[village]:
            return False
        else:
            self.place.append(village, marks_of(news))
        self._remember(village, news.before.extend(entry.leaf for entry in news.entries))
        return True

    def _poll(self) -> None:
        """Compare what is known with the heads of all logs, and catch up where they differ."""
        if self._keeper.was_exchanged():
            self._keeper.hold(DatabaseExchanged())
            return
        with self._database.reading() as session:
            heads = ledger.tree_heads(session)
        for village in sorted(heads.keys() | self._known.keys()):
            if village not in self._known or self._known[village] != heads.get(village):
                self._catch_up(village)
        self._polled = time.monotonic()

    def _catch_up(self, village: str) -> None:
        """Compare the village's stub with its log, whole; hold everything if the log is behind."""
        found = compare(self._database, self.place, village)
        if found.standing is Standing.BEHIND:
            self._keeper.hold(behind_refusal([found]))
            return
        bring_up_to_date(self._database, found, at=_now())
        self._note_renewed(found)
        with self._database.reading() as session:
            tree = ledger.frontier_at(session, village=village, size=found.log_size)
        self._remember(village, tree)

    def _note_renewed(self, found: Comparison) -> None:
        """Note a stub that had to be made anew from the log."""
        if found.standing in UNUSABLE:
            self._renewed[found.village] = in_words(found).rstrip("。") + "，已按账本重新建立。"
            log.warning("%s", self._renewed[found.village])

    def _remember(self, village: str, tree: Frontier) -> None:
        """Keep what the stub holds now, and how long it is: who finds it longer knows that others wrote."""
        self._known[village] = tree
        self._bytes[village] = self.place.bytes_of(village)


def _now() -> datetime:
    return datetime.now(UTC)
