"""What lies in a folder: pieces planned before anything is drawn, by names that name nobody."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlmodel import Session

from pointsbank import dates, proof, publicity, scoring, sheets, spot_checks
from pointsbank.reports import Span


@dataclass(frozen=True, slots=True)
class Piece:
    """One file of a folder.

    Attributes:
        file: its path in the folder: lower-case ASCII, no person's name.
        title: Chinese, as the index has it; no person's name.
        sheet: what draws it.
        personal: whose names stand in it in full; empty where nobody's do.
    """

    file: str
    title: str
    sheet: str
    options: Mapping[str, Any] = field(default_factory=dict)
    personal: str = ""

    @property
    def drawn_by(self) -> "sheets.Sheet[Any]":
        """The sheet that draws it."""
        return sheets.find(self.sheet)


SITTING = "评议会记录：到场人、回避的户，记录全文里提到的人"
OVERSIGHT = "评分监督表：评议员和亲属户"
DRAWN = "抽查核查单：抽到的条目是哪一户的"
BOOK = "上报表：评议会到场和缺席的人"


def pieces_of(session: Session, *, village: str, span: Span, apart: bool = False) -> list[Piece]:
    """Return the sheets of a span that there are: each once, in the order of the index.

    Args:
        apart: notices as one copy for each group, as they hang.
    """
    common = {"first": span.months[0], "until": span.months[-1]}
    return [
        Piece("book.pdf", f"{span.words}上报表", "book", {"span": span.code}, BOOK),
        *_posters(session, village, span),
        *_minutes(session, village, span),
        *_notices(session, village, span, apart=apart),
        *_corrections(session, village, span),
        Piece("answers.pdf", "异议答复（不写姓名）", "answers", {"span": span.code}),
        Piece("oversight.pdf", "评分监督表", "oversight", common, OVERSIGHT),
        *_draws(session, village, span),
        *_rules(session, village),
    ]


def _posters(session: Session, village: str, span: Span) -> list[Piece]:
    closed = [one.month for one in proof.anchors(session, village=village) if one.month in span.months]
    return [
        Piece(f"posters/{month}.pdf", f"{dates.month_in_words(month)}海报", "poster", {"month": month})
        for month in closed
    ]


def _minutes(session: Session, village: str, span: Span) -> list[Piece]:
    every = scoring.meetings(session, village=village)
    some = [one for one in every if one.held_on in span and not one.is_day_book]
    ordered = sorted(some, key=lambda one: (one.held_on, one.opened_at, one.id))
    return [
        Piece(
            f"minutes/{one.held_on.isoformat()}-{number}.pdf",
            f"{dates.day_in_words(one.held_on)}评议会记录",
            "minutes",
            {"meeting": one.id},
            SITTING,
        )
        for number, one in enumerate(ordered, start=1)
    ]


def _notices(session: Session, village: str, span: Span, *, apart: bool) -> list[Piece]:
    every = publicity.notices(session, village=village)
    some = sorted((one for one in every if one.published_on in span), key=lambda one: one.published_at)
    return [
        Piece(
            f"notices/{one.published_on.isoformat()}-{number}.pdf",
            f"{dates.day_in_words(one.published_on)}公示（姓名按公示规则隐去）",
            "notice",
            {"notice": one.id, "apart": apart},
        )
        for number, one in enumerate(some, start=1)
    ]


def _corrections(session: Session, village: str, span: Span) -> list[Piece]:
    days = [
        (dates.day_of(one.corrected_at), one.score_id)
        for one in reversed(scoring.corrections(session, village=village))
    ]
    some = [one for one in days if one[0] in span]
    return [
        Piece(
            f"corrections/{day.isoformat()}-{number}.pdf",
            f"{dates.day_in_words(day)}评分更正公示（姓名按公示规则隐去）",
            "correction",
            {"correction": score},
        )
        for number, (day, score) in enumerate(some, start=1)
    ]


def _draws(session: Session, village: str, span: Span) -> list[Piece]:
    every = spot_checks.spot_checks(session, village=village)
    thrown = sorted(one.month for one in every if one.throws and one.month in span.months)
    return [
        Piece(
            f"spot-checks/{month}.pdf",
            f"{dates.month_in_words(month)}抽查核查单",
            "spot_check",
            {"month": month},
            DRAWN,
        )
        for month in thrown
    ]


def _rules(session: Session, village: str) -> list[Piece]:
    adopted = [one for one in scoring.schemes(session, village=village) if one.status == "adopted"]
    return [Piece("rules.pdf", "现行积分细则", "rules")] if adopted else []
