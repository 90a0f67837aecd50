"""`pointsbank ledger`: holding the books against themselves and against paper, giving them away."""

import os
from pathlib import Path

import click

from pointsbank import proof
from pointsbank.cli.answers import complain, tell
from pointsbank.cli.desk import Desk, at_a_desk


@click.group()
def ledger() -> None:
    """账簿。"""


@ledger.command("verify")
@click.option("--anchor", "digits", metavar="DIGITS", help="海报上的30位存证码，空格随意。")
@at_a_desk()
def verify(desk: Desk, digits: str | None) -> int:
    """核对整本账；给出海报上的存证码时，也与纸面核对。"""
    with desk.reading() as session:
        village = desk.village(session)
    report = proof.verify(desk.database, village=village, digits=digits)
    facts = {
        "holds": report.holds,
        "size": report.size,
        "root": report.root.hex(),
        "month": report.month,
        "findings": [{"index": found.index, "sentence": found.sentence} for found in report.findings],
    }
    tell(desk.as_json, facts, _praise(report) if report.holds else "")
    for found in report.findings:
        complain((f"第{found.index}条：" if found.index is not None else "") + f"{found.sentence}。")
    return 0 if report.holds else 1


@ledger.command("export")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@at_a_desk()
def export(desk: Desk, file: Path) -> None:
    """导出账簿的公开部分（不含姓名和事由），供任何人核对。"""
    with desk.reading() as session:
        village = desk.village(session)
    lines = proof.export_lines(desk.database, village=village)
    partial = file.with_name(file.name + ".part")
    partial.write_bytes(b"".join(line + b"\n" for line in lines))
    os.replace(partial, file)
    tell(desk.as_json, {"file": str(file), "lines": len(lines)}, f"已导出到 {file}（{len(lines)}行）。")


def _praise(report: proof.Report) -> str:
    """What is said when all is well."""
    words = f"账簿完好：{report.size}条记录，{report.anchors}个月的存证码，根 {report.root.hex()[:16]}……。"
    return words + (f"海报上的存证码与{report.month}相符。" if report.month else "")
