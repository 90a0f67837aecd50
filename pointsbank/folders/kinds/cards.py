"""Cards of the whole village or of a group, as one PDF; issued in the moment in which the file is ready."""

from datetime import datetime
from typing import Any, BinaryIO, cast

from sqlmodel import Session

from pointsbank import sheets
from pointsbank.folders.kind import Kind, Made, Making, Outlook, choices_of
from pointsbank.folders.watching import Watched
from pointsbank.schemas.options import OneOf, Options, Ticked
from pointsbank.staff import Permission

EVERYBODY = "*"
"""Stands for the whole village, as for the sheet."""
_A_SHEET = 10


class CardRunOptions(Options):
    """Whose cards."""

    group = OneOf(
        choices_of("cards", "group"), load_default=EVERYBODY, label="小组", note="给这个小组或全村制卡"
    )
    old_address = Ticked(
        load_default=False, label="只给卡上是别的网址的户", note="换公开网址以后，只给旧网址的卡换新"
    )


def _outlook(
    session: Session, *, village: str, at: datetime, public_url: str, group: str, old_address: bool
) -> Outlook:
    cards = sheets.find("cards")
    assert cards.outlook is not None
    happens = cards.outlook(
        session, village=village, public_url=public_url, group=group, old_address=old_address
    )
    return Outlook("积分卡", happens, personal=("每张卡上的户主姓名（按村里的设置写全名或隐去）",))


def _make(making: Making, out: BinaryIO) -> Made:
    """Draw the cards; they are issued when the file is ready, so a print that fails issues nothing."""
    cards = sheets.find("cards")
    making.report(0, 1, "准备卡号")
    value = cards.gather_from(making.database, **making.common, **making.options)
    pages = -(-len(value.faces) // _A_SHEET)
    watched = Watched(out, lambda page: making.report(min(page, pages), pages, f"第{page}页"))
    cards.render(value, fonts=sheets.fonts_of(making.settings), out=cast(BinaryIO, watched))

    def issue(session: Session) -> None:
        assert cards.finish is not None
        cards.finish(session, value, village=making.village, by=making.by, at=making.at)

    return Made(f"{value.description}，{pages}页。", issue)


def _label(**options: Any) -> str:
    return "all" if options["group"] == EVERYBODY else "group"


KIND = Kind(
    name="cards",
    title="全村的积分卡",
    about="一个小组或全村的积分卡，一个 PDF 文件。",
    permission=Permission.PRINT_CARDS,
    options=CardRunOptions,
    suffix="pdf",
    outlook=_outlook,
    make=_make,
    file_label=_label,
    caution="文件里有卡号，请妥善保管，一周内删除。",
)
