"""`pointsbank card`: what happens to cards after they were printed."""

import click

from pointsbank import roster
from pointsbank.cli.answers import tell
from pointsbank.cli.desk import Desk, at_a_desk


@click.group()
def card() -> None:
    """积分卡。"""


@card.command("lost")
@click.argument("code")
@at_a_desk()
def lost(desk: Desk, code: str) -> None:
    """挂失：户号 CODE 的卡立即失效。"""
    with desk.writing() as session:
        village, by = desk.village(session), desk.by(session)
        roster.lose(session, village=village, code=code, by=by, at=desk.now)
    tell(desk.as_json, {"participant": code, "status": "revoked"}, f"{code} 的积分卡已挂失，立即失效。")
