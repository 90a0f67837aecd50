"""Everything that a month prints, in one zip: to be printed and hung, filed or read out."""

from datetime import datetime
from typing import Any, BinaryIO

from sqlmodel import Session

from pointsbank import dates, reports, villages
from pointsbank.folders.kind import Kind, Made, Making, Outlook
from pointsbank.folders.packing import Folder, pack
from pointsbank.folders.pieces import Piece, pieces_of
from pointsbank.schemas.options import OneOf, Options
from pointsbank.staff import Permission


def _months(session: Session, village: str) -> list[tuple[str, str]]:
    """Return the closed months, the latest first."""
    closed = villages.closed_months(session, village=village)
    return [(month, dates.month_in_words(month)) for month in reversed(closed)]


class MonthOptions(Options):
    """Which month."""

    month = OneOf(_months, required=True, label="月份", note="已月结的月份，如 2026-09")


def _pieces(session: Session, village: str, month: str) -> list[Piece]:
    """Return the sheets of a month: those of the inspection folder, as they hang, and what is read out.

    Raises:
        MonthInvalid: there is no such month.
    """
    span = reports.parse_span(dates.parse_month(month))
    read_out = Piece("loudspeaker.pdf", "大喇叭稿", "loudspeaker", {"month": month})
    closed = villages.is_closed(session, village=village, month=month)
    found = pieces_of(session, village=village, span=span, apart=True)
    return [*found, read_out] if closed else found


def _outlook(session: Session, *, village: str, at: datetime, public_url: str, month: str) -> Outlook:
    pieces = _pieces(session, village, month)
    return Outlook(
        title=f"{dates.month_in_words(month)}全部打印件",
        sentences=(f"一个 zip 文件，里面{len(pieces)}个打印件和一页目录；公示每个小组一份。",),
        files=tuple(one.title for one in pieces),
        personal=tuple(dict.fromkeys(one.personal for one in pieces if one.personal)),
    )


def _make(making: Making, out: BinaryIO) -> Made:
    """Pack every sheet of the month."""
    month = making.options["month"]
    with making.database.reading() as session:
        pieces = _pieces(session, making.village, month)
        name = villages.get(session, making.village).name
    with Folder(out) as folder:
        pack(making, folder, pieces)
        heading = f"{name}{dates.month_in_words(month)}全部打印件"
        folder.close(heading, ("张贴的：海报和公示。其余存档，不张贴。",))
    packed = sum(not one.instead for one in folder.lines)
    return Made(f"{packed}个文件，{sum(one.pages for one in folder.lines)}页。")


def _label(**options: Any) -> str:
    return str(options["month"])


KIND = Kind(
    name="month",
    title="一个月的全部打印件",
    about="海报、各组公示、评议会记录、监督表、细则、大喇叭稿和报表，装成一个文件。",
    permission=Permission.PANEL_VIEW,
    options=MonthOptions,
    suffix="zip",
    outlook=_outlook,
    make=_make,
    file_label=_label,
    caution="记录和监督表上有全名，只存档，不要张贴。",
)
