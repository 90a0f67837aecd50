"""The inspection folder (检查资料包): the book of a span and what it rests on, in one zip."""

import io
from datetime import datetime
from typing import Any, BinaryIO

from sqlmodel import Session

from pointsbank import reports
from pointsbank.folders.kind import Kind, Made, Making, Outlook, choices_of
from pointsbank.folders.packing import Folder, pack
from pointsbank.folders.pieces import BOOK, pieces_of
from pointsbank.schemas.options import OneOf, Options
from pointsbank.staff import Permission

_BOOK = "book.xlsx"


class FolderOptions(Options):
    """Of which span."""

    span = OneOf(
        choices_of("book", "span"),
        required=True,
        label="期间",
        note="2026-09（月）、2026-Q3（季）、2026-H2（半年）或 2026（年）",
    )


def _outlook(session: Session, *, village: str, at: datetime, public_url: str, span: str) -> Outlook:
    wanted = reports.parse_span(span)
    pieces = pieces_of(session, village=village, span=wanted)
    files = (f"{wanted.words}上报表（Excel）", *(one.title for one in pieces))
    personal = dict.fromkeys([BOOK, *(one.personal for one in pieces if one.personal)])
    found = reports.book(session, village=village, span=span, at=at)
    more = [] if found.is_whole else ["其中有的月份还没有月结，数字还会变动。"]
    return Outlook(
        title=f"{wanted.words}检查资料包",
        sentences=(f"一个 zip 文件，里面{len(files)}个文件和一页目录；文件名不写姓名。", *more),
        files=files,
        personal=tuple(personal),
    )


def _make(making: Making, out: BinaryIO) -> Made:
    """Pack the book as Excel, then every sheet."""
    wanted = reports.parse_span(making.options["span"])
    with making.database.reading() as session:
        found = reports.book(session, village=making.village, span=wanted.code, at=making.at)
        pieces = pieces_of(session, village=making.village, span=wanted)
    table = io.BytesIO()
    reports.write_book(table, found)
    with Folder(out) as folder:
        folder.add(_BOOK, f"{wanted.words}上报表（Excel）", table.getvalue())
        pack(making, folder, pieces)
        folder.close(
            f"{found.village}{wanted.words}检查资料包",
            (f"{one.part.title}：{one.about}" for one in found.tables),
        )
    packed = sum(not one.instead for one in folder.lines)
    return Made(f"{packed}个文件，{sum(one.pages for one in folder.lines)}页。")


def _label(**options: Any) -> str:
    return str(options["span"]).lower()


KIND = Kind(
    name="inspection",
    title="检查资料包",
    about="上报表和这段时间的记录、公示、海报、答复、细则，装成一个文件，给来检查的人。",
    permission=Permission.PANEL_VIEW,
    options=FolderOptions,
    suffix="zip",
    outlook=_outlook,
    make=_make,
    file_label=_label,
    caution="里面有评议会到场人和亲属户的全名，只交给来检查的人，不要发群、不要张贴。",
)
