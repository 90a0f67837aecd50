"""`pointsbank card`: revokes lost cards, shows batches and makes the unused cards of one useless.

Handing out is signed by two people who sign in: no command does it.
"""

from dataclasses import asdict

import click

from pointsbank import roster
from pointsbank.cli.answers import echo_result
from pointsbank.cli.context import CliContext, pass_context
from pointsbank.labels.batch_scope import BATCH_SCOPE


@click.group()
def card() -> None:
    """积分卡。"""


@card.command("lost")
@click.argument("code")
@click.option("--card", "number", help="丢的那张的卡号；只有一张使用中的卡时可以不写。")
@pass_context()
def lost(context: CliContext, code: str, number: str | None) -> None:
    """挂失：户号 CODE 的卡立即失效；有几张卡的，只失效 --card 那一张。"""
    with context.database.writing() as session:
        roster.lose(session, code=code, number=number, **context.common(session))
    facts = {"participant": code, "card": number, "status": "revoked"}
    echo_result(context.as_json, facts, f"{code} 的积分卡已挂失，立即失效。")


@card.command("batches")
@pass_context()
def batches(context: CliContext) -> None:
    """列出最近的批次：每批打印多少张，使用中、待发放各多少张。"""
    with context.database.reading() as session:
        village = context.common(session)["village"]
        found = roster.batches(session, village=village)
    lines = [
        f"第{one.number}批 {BATCH_SCOPE.name(one.scope) if one.scope else '以前打印的卡'}："
        f"打印{one.cards}张，使用中{one.active}张，待发放{one.left}张"
        for one in found
    ]
    facts = {"items": [asdict(one) for one in found]}
    echo_result(context.as_json, facts, "\n".join(lines) or "还没有打印过积分卡。")


@card.command("void")
@click.argument("batch", type=click.IntRange(min=0))
@pass_context()
def void(context: CliContext, batch: int) -> None:
    """把第 BATCH 批没有发放的卡作废；各户使用中的卡不动。"""
    with context.database.writing() as session:
        count = roster.void_batch(session, number=batch, **context.common(session))
    sentence = f"第{batch}批没有发放的{count}张已作废，各户使用中的卡没有动。"
    echo_result(context.as_json, {"batch": batch, "voided": count}, sentence)
