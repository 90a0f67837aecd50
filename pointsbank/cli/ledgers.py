"""`pointsbank ledger`: verifies a village's ledger and exports its public part."""

from dataclasses import asdict
from pathlib import Path

import click

from pointsbank import proof
from pointsbank.cli.answers import echo_error, echo_result
from pointsbank.cli.context import CliContext, pass_context
from pointsbank.cli.new_files import NewFile
from pointsbank.durable import writing_whole


@click.group()
def ledger() -> None:
    """账本。"""


@ledger.command("verify")
@click.option("--anchor", "digits", metavar="DIGITS", help="海报上的30位存证码，空格随意。")
@pass_context()
def verify(context: CliContext, digits: str | None) -> int:
    """核对整本账；给出海报上的存证码时，也与纸面核对。"""
    with context.database.reading() as session:
        village = context.village(session)
    report = proof.verify(context.database, village=village, digits=digits)
    facts = {
        "holds": report.holds,
        "size": report.size,
        "root": report.root.hex(),
        "month": report.month,
        "findings": [asdict(found) for found in report.findings],
        "older": dict(report.older),
    }
    echo_result(context.as_json, facts, _praise(report) if report.holds else "")
    for found in report.findings:
        echo_error((f"第{found.index}条：" if found.index is not None else "") + f"{found.sentence}。")
    return 0 if report.holds else 1


@ledger.command("export")
@click.argument("file", type=NewFile())
@pass_context()
def export(context: CliContext, file: Path) -> None:
    """导出账本的公开部分（不含姓名和事由），供任何人核对。"""
    with context.database.reading() as session:
        village = context.village(session)
    lines = proof.export_lines(context.database, village=village)
    with writing_whole(file) as out:
        out.writelines(line + b"\n" for line in lines)
    echo_result(
        context.as_json, {"file": str(file), "lines": len(lines)}, f"已导出到 {file}（{len(lines)}行）。"
    )


def _praise(report: proof.Report) -> str:
    """Return the sentence about a ledger without findings."""
    words = f"账本完好：{report.size}条记录，{report.anchors}个月的存证码，根 {report.root.hex()[:16]}……。"
    older = sum(report.older.values())
    words += f"有{older}行早于留痕，只能核对留痕以后的改动。" if older else ""
    return words + (f"海报上的存证码与{report.month}相符。" if report.month else "")
