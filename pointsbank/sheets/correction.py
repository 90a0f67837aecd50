"""The notice of a correction (更正公示): what was posted, what stands in its place, drawn as any notice."""

from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import BinaryIO

from sqlmodel import Session

from pointsbank import law, publicity, scoring
from pointsbank.law import Use
from pointsbank.points import whole
from pointsbank.printing import FontSet
from pointsbank.schemas.options import OneOf, Options
from pointsbank.sheets.base import Sheet
from pointsbank.sheets.notice.drawing import draw as draw_notice
from pointsbank.sheets.notice.examples import example as usual_example
from pointsbank.sheets.notice.gathering import as_published
from pointsbank.sheets.notice.values import Notice, Words
from pointsbank.staff import Permission

_LATEST = 50


@dataclass(frozen=True, slots=True)
class CorrectionNotice(Notice):
    """The notice of a correction: the entry as it was, and the one in its place."""


def _corrections(session: Session, village: str) -> list[tuple[str, str]]:
    made = scoring.corrections(session, village=village)[:_LATEST]
    scores = scoring.scores_by_id(session, village=village, ids=[one.corrects for one in made])
    return [
        (
            one.score_id,
            f"{scores[one.corrects].name}（{scores[one.corrects].code}）{scores[one.corrects].title}",
        )
        for one in made
    ]


class CorrectionOptions(Options):
    """Which correction."""

    correction = OneOf(
        _corrections,
        blank="最近一次",
        load_default=None,
        label="更正",
        note="哪一次更正（更正后的评分的编号）；默认最近一次",
    )


def gather(
    session: Session, *, village: str, by: str, at: datetime, public_url: str, correction: str | None = None
) -> CorrectionNotice:
    """Return one correction, the latest unless one is named, with names as the wall may show them.

    Raises:
        CorrectionUnknown: there is no such correction, or none at all.
        ScoreUnknown: there is no such score.
    """
    if correction is None:
        made = scoring.corrections(session, village=village)
        if not made:
            raise scoring.problems.CorrectionUnknown()
        correction = made[0].score_id
    wall = publicity.public_correction(session, village=village, score=correction)
    return as_published(session, wall, CorrectionNotice, village=village, identity=correction)


def draw(found: CorrectionNotice, case: FontSet, out: BinaryIO) -> int:
    """Write it as any notice, on one page."""
    return draw_notice(replace(found, by_entry=True), case, out, intro=Words.CORRECTED)


def example(households: int) -> CorrectionNotice:
    """Return a correction's notice, of the first of so many households."""
    usual = usual_example(max(households, 1))
    was = replace(usual.entries[0], version="was")
    entries = (was, replace(was, version="is", points=whole(10)))
    own = {one.name: getattr(usual, one.name) for one in fields(usual)}
    title = law.clear("评分更正公示", Use.HEADING)
    return CorrectionNotice(**{**own, "title": title, "entries": entries})


SHEET = Sheet(
    name="correction",
    title="评分更正公示",
    about="A4，张贴用：哪一条改了、改成多少，姓名按公示规则隐去。",
    permission=Permission.NOTICE_VIEW,
    options=CorrectionOptions,
    words=Words,
    gather=gather,
    draw=draw,
    example=example,
    read_from=0.5,
)
