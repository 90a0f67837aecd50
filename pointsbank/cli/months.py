"""`pointsbank month`: closes months."""

import click

from pointsbank import proof
from pointsbank.cli.answers import echo_result
from pointsbank.cli.context import CliContext, pass_context


@click.group()
def month() -> None:
    """月份。"""


@month.command("close")
@click.argument("month", metavar="YYYY-MM")
@pass_context()
def close(context: CliContext, month: str) -> None:
    """月结：封存这个月，定下名次，生成存证码。"""
    with context.database.writing() as session:
        closed = proof.close_month(session, month=month, **context.common(session))
    facts = {"month": month, "digits": closed.digits, "size": closed.fields["size"]}
    echo_result(context.as_json, facts, f"{month} 已月结。存证码：{closed.digits}")


@month.command("list")
@pass_context()
def list_months(context: CliContext) -> None:
    """列出已经月结的月份和各自的存证码。"""
    with context.database.reading() as session:
        sealed = proof.anchors(session, village=context.village(session))
    facts = [{"month": one.month, "digits": one.digits, "at": one.made_at} for one in sealed]
    lines = [f"{one.month}  {one.digits}" for one in sealed]
    echo_result(context.as_json, {"items": facts}, "\n".join(lines) or "还没有月结过。")
