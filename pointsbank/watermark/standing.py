"""What follows from how stubs stand to their log: a refusal, sentences, stubs brought up to date."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import groupby

from pointsbank import labels
from pointsbank.database import Database
from pointsbank.errors import Refused
from pointsbank.watermark.comparing import UNUSABLE, VOUCHING, Comparison, Standing, latest_marks, marks_since
from pointsbank.watermark.stubs import BEGUN, KEPT, Mark

_GO_ON = "确实要用现在的账本继续，请两位角色不同的人一起在服务器上运行 pointsbank watermark accept。"


class LogBehindWatermark(Refused):
    """The log lacks entries that a stub outside the data has seen: an older copy was put back."""

    code = "log_behind_watermark"
    sentence = (
        "账本比账外存根少{count}条记录（{villages}），像是换回了旧的数据，没有提供服务。请恢复最新的备份。"
        + _GO_ON
    )
    fixed_by = "管理员"


class WatermarkUnusable(Refused):
    """No stub vouches for a log: each was removed or damaged."""

    code = "watermark_unusable"
    sentence = (
        "账外存根不见了或已损坏（{files}），无法确认账本是不是最新的，没有提供服务。请插上另外的存根U盘再试。"
        + _GO_ON
    )
    fixed_by = "管理员"


def refusal_of(comparisons: Sequence[Comparison]) -> Refused | None:
    """Return why nothing may be served from a log that stands so to its stubs; None if it may."""
    behind = [one for one in comparisons if one.standing is Standing.BEHIND]
    if behind:
        return behind_refusal(behind)
    unusable = [one for group in unvouched(comparisons) for one in group if one.standing in UNUSABLE]
    if unusable:
        files = "、".join(f"{one.place.folder} 里的 {one.village}" for one in unusable)
        return WatermarkUnusable(files=files)
    return None


def behind_refusal(behind: Sequence[Comparison]) -> LogBehindWatermark:
    """Return the refusal to serve logs that lack entries; its `lines` name each entry."""
    lost = lost_entries(behind)
    return LogBehindWatermark(
        count=max(len(lost), 1),
        villages="、".join(sorted({one.village for one in behind})),
        lines=[f"{village} {_in_words(mark)}" for village, mark in lost],
    )


def unvouched(comparisons: Iterable[Comparison]) -> Iterator[list[Comparison]]:
    """Yield, for each village whose log no stub vouches for, how its stubs stand."""
    by_village = sorted(comparisons, key=lambda one: one.village)
    for _, found in groupby(by_village, key=lambda one: one.village):
        group = list(found)
        if VOUCHING.isdisjoint(one.standing for one in group):
            yield group


def unchecked(comparisons: Iterable[Comparison]) -> list[Comparison]:
    """Return the stubs that are away where no other vouches for the village's log: nothing was compared."""
    return [one for group in unvouched(comparisons) for one in group if one.standing is Standing.AWAY]


def lost_entries(comparisons: Iterable[Comparison]) -> list[tuple[str, Mark]]:
    """Return the entries that the logs lack, with their village, each once, in order."""
    lost = {
        (one.village, mark.index, mark.root): mark
        for one in comparisons
        for mark in one.missing
        if mark != BEGUN
    }
    return [(village, mark) for (village, *_), mark in sorted(lost.items())]


def in_words(comparison: Comparison) -> str:
    """Return how a village's stub at a place stands to the log, as a sentence."""
    words = labels.name("stub_standing", comparison.standing)
    if comparison.standing is Standing.AGREES and comparison.late:
        words += f"，落后{comparison.late}条"
    if comparison.standing is Standing.BEHIND:
        words += f"{max(len(comparison.missing), 1)}条：账本被换成了旧的或别的"
    return f"{comparison.village} 在 {comparison.place.folder} 的存根：{words}。"


def bring_up_to_date(database: Database, comparison: Comparison, *, at: datetime) -> None:
    """Let a stub tell what the log holds now; one that told otherwise or nothing is kept under another name.

    The caller holds the place. Stubs that are behind are left as they are: they are evidence.

    Raises:
        OSError: nothing can be written at the place.
    """
    place, village = comparison.place, comparison.village
    if comparison.standing in (Standing.AWAY, Standing.BEHIND):
        return
    if comparison.standing is Standing.AGREES and comparison.late <= KEPT and place.has(village):
        if comparison.late:
            start = comparison.log_size - comparison.late
            # What came after the comparison is nobody's yet: whoever hears of it adds it, and once.
            size = comparison.log_size
            place.append(village, marks_since(database, village=village, start=start, size=size))
        return
    if comparison.standing not in (Standing.AGREES, Standing.CUT):
        place.put_aside(village, at=at)
    place.rewrite(village, latest_marks(database, village=village, size=comparison.log_size))


def _in_words(mark: Mark) -> str:
    """Return an entry that the log lacks as a line: number, time, kind."""
    moment = mark.moment.replace("T", " ").replace("Z", " UTC")
    return f"第{mark.index}条 {moment} {labels.name('log_kind', mark.kind)}"
