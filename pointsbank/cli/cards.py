"""`pointsbank card`: revokes lost cards."""

import click

from pointsbank import roster
from pointsbank.cli.answers import echo_result
from pointsbank.cli.context import CliContext, pass_context


@click.group()
def card() -> None:
    """积分卡。"""


@card.command("lost")
@click.argument("code")
@pass_context()
def lost(context: CliContext, code: str) -> None:
    """挂失：户号 CODE 的卡立即失效。"""
    with context.database.writing() as session:
        roster.lose(session, code=code, **context.common(session))
    echo_result(
        context.as_json, {"participant": code, "status": "revoked"}, f"{code} 的积分卡已挂失，立即失效。"
    )
