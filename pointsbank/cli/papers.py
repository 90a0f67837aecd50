"""`pointsbank print notice` and `print receipt`: what is printed in the middle of a month."""

from pathlib import Path

import click

from pointsbank import market, printing, publicity
from pointsbank.cli.answers import tell
from pointsbank.cli.desk import Desk, at_a_desk
from pointsbank.cli.sheets import fonts_of, out_option, write_whole


@click.command()
@click.option("--notice", metavar="ID", help="哪一份公示；默认最近一份。")
@out_option
@at_a_desk()
def notice(desk: Desk, notice: str | None, out: Path) -> None:
    """打印评议结果公示（A4）。"""
    with desk.reading() as session:
        village = desk.village(session)
        if notice is None:
            hung = publicity.notices(session, village=village)
            if not hung:
                raise publicity.problems.NoticeUnknown()
            notice = hung[0].id
        sheet = publicity.notice_sheet(session, village=village, notice=notice)
    write_whole(out, lambda file: printing.notice_pdf(sheet, fonts=fonts_of(desk), out=file))
    tell(desk.as_json, {"file": str(out), "notice": notice}, f"《{sheet.title}》已写到 {out}。")


@click.command()
@click.option("--redemption", metavar="ID", required=True, help="哪一笔兑换。")
@click.option("--width", type=click.Choice(["58", "80"]), default="80", help="小票纸宽，毫米。")
@out_option
@at_a_desk()
def receipt(desk: Desk, redemption: str, width: str, out: Path) -> None:
    """打印一笔兑换的小票。"""
    with desk.reading() as session:
        slip = market.receipt(session, village=desk.village(session), redemption=redemption)
    content = printing.receipt_pdf(slip, fonts=fonts_of(desk), width=58 if width == "58" else 80)
    write_whole(out, lambda file: file.write(content))
    tell(desk.as_json, {"file": str(out), "redemption": redemption}, f"小票已写到 {out}。")
