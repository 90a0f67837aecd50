"""`pointsbank month`: sealing one."""

import click

from pointsbank import proof
from pointsbank.cli.answers import tell
from pointsbank.cli.desk import Desk, at_a_desk


@click.group()
def month() -> None:
    """月份。"""


@month.command("close")
@click.argument("month", metavar="YYYY-MM")
@at_a_desk()
def close(desk: Desk, month: str) -> None:
    """月结：封存这个月，定下名次，生成存证码。"""
    with desk.writing() as session:
        village, by = desk.village(session), desk.by(session)
        closed = proof.close_month(session, village=village, month=month, by=by, at=desk.now)
    facts = {"month": month, "digits": closed.digits, "size": closed.fields["size"]}
    tell(desk.as_json, facts, f"{month} 已月结。存证码：{closed.digits}")
