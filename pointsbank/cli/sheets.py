"""`pointsbank print`: cards and posters as PDF files that only their owner can read."""

import os
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

import click

from pointsbank import printing, proof, publicity, roster, villages
from pointsbank.cli.answers import progress, tell
from pointsbank.cli.desk import Desk, at_a_desk
from pointsbank.errors import Refused
from pointsbank.roster import IssuedCard

out_option = click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help="写到哪个 PDF 文件。"
)

_A_WEEK = 7 * 24 * 3600


class NoClosedMonth(Refused):
    """There is no month to print a poster of."""

    code = "no_closed_month"
    sentence = "还没有月结过的月份，请先运行 pointsbank month close。"


@click.group("print")
def print_group() -> None:
    """打印成 PDF。"""


@print_group.command()
@click.option(
    "--participant", "codes", metavar="CODE", multiple=True, help="只给这些户号制卡，可写多次；默认全村。"
)
@click.option("--hand-out", is_flag=True, help="同时登记为已发放，旧卡随即作废。")
@out_option
@at_a_desk()
def cards(desk: Desk, codes: tuple[str, ...], hand_out: bool, out: Path) -> None:
    """制作积分卡：每次打印都是新卡，发放后才生效。"""
    count = make_cards(desk, codes=codes or None, hand_out=hand_out, out=out)
    state = "已生效" if hand_out else "发放后生效"
    words = f"{count}张积分卡已写到 {out}（{state}）。文件含卡号，请妥善保管，一周内删除。"
    tell(desk.as_json, {"file": str(out), "cards": count, "handed_out": hand_out}, words)


@print_group.command()
@click.option("--month", metavar="YYYY-MM", help="哪个月；默认最近一个已月结的月份。")
@out_option
@at_a_desk()
def poster(desk: Desk, month: str | None, out: Path) -> None:
    """制作月度红黑榜海报。"""
    printed = make_poster(desk, month=month, out=out, at=desk.now)
    tell(desk.as_json, {"file": str(out), "month": printed}, f"{printed} 的海报已写到 {out}。")


def make_cards(desk: Desk, *, codes: Sequence[str] | None, hand_out: bool, out: Path) -> int:
    """Issue cards and draw them; how many there are."""
    refuse_long_address(desk)
    remove_old_cards(desk)
    with desk.writing() as session:
        village, by = desk.village(session), desk.by(session)
        chosen = None
        if codes is not None:
            chosen = [roster.by_code(session, village=village, code=code).id for code in codes]
        issued = roster.issue(session, village=village, participants=chosen, by=by, at=desk.now)
        if hand_out:
            roster.hand_out(session, village=village, cards=[one.id for one in issued], by=by, at=desk.now)
    draw_cards(desk, issued, out=out)
    return len(issued)


def refuse_long_address(desk: Desk) -> None:
    """Asked before anything is issued: an address that fits no card's code makes no cards."""
    if not printing.fits(f"{desk.settings.public_url}/c/{'0' * 27}"):
        raise printing.problems.CodeTooLong()


def remove_old_cards(desk: Desk) -> None:
    """Card files hold every code in clear: a week is enough to print them."""
    for file in desk.settings.out_dir.glob("cards*.pdf"):
        if desk.now.timestamp() - file.stat().st_mtime > _A_WEEK:
            file.unlink(missing_ok=True)


def draw_cards(desk: Desk, issued: Sequence[IssuedCard], *, out: Path) -> None:
    """Draw cards that were just issued; their codes are known only now."""
    url = desk.settings.public_url
    with desk.reading() as session:
        village = desk.village(session)
        faces = roster.card_faces(session, village=village, cards=issued, public_url=url, mask=publicity.mask)
    progress(f"绘制{len(faces)}张积分卡")
    write_whole(out, lambda file: printing.cards_pdf(faces, fonts=fonts_of(desk), out=file))


def make_poster(desk: Desk, *, month: str | None, out: Path, at: datetime) -> str:
    """Draw the poster of a closed month, the last one unless another is named, as it stands then."""
    with desk.reading() as session:
        village = desk.village(session)
        closed = villages.closed_months(session, village=village)
        if month is None and not closed:
            raise NoClosedMonth()
        wanted = month or closed[-1]
        sheet = proof.poster(session, village=village, month=wanted, at=at)
    content = printing.poster_pdf(sheet, fonts=fonts_of(desk))
    write_whole(out, lambda file: file.write(content))
    return wanted


def fonts_of(desk: Desk) -> "printing.Fonts":
    """Faces once cut are kept in the data directory."""
    return printing.Fonts(desk.settings.data_dir / "fonts")


def write_whole(out: Path, draw: Callable[[BinaryIO], object]) -> None:
    """A whole file or none, readable by its owner only."""
    out.parent.mkdir(parents=True, exist_ok=True)
    partial = out.with_name(out.name + ".part")
    try:
        with partial.open("wb") as file:
            draw(file)
        partial.chmod(0o600)
        os.replace(partial, out)
    finally:
        partial.unlink(missing_ok=True)
