"""`pointsbank base`: base points of this period, and giving them without waiting for the program."""

from typing import Any

import click

from pointsbank import scoring
from pointsbank.cli.answers import echo_result
from pointsbank.cli.context import CliContext, pass_context
from pointsbank.cli.listing import list_command
from pointsbank.points import show


@click.group("base")
def base_group() -> None:
    """基础分：按细则每期发给每户，服务开着就由程序自动发放。"""


@base_group.command("show")
@pass_context()
def show_base(context: CliContext) -> None:
    """列出这一期每种基础分发了多少户、还有多少没有发。"""
    with context.database.reading() as session:
        village = context.village(session)
        ahead, over = scoring.base_ahead(session, village=village, at=context.now)
    facts: list[dict[str, Any]] = [
        {
            "item": one.base.item.code,
            "title": one.base.item.title,
            "period": one.base.period.code,
            "points": show(one.base.item.points or 0),
            "given": one.given,
            "waiting": one.waiting,
            "later": one.later,
        }
        for one in ahead
    ]
    lines = [
        "  ".join(
            [
                one.base.item.code,
                one.base.item.title,
                one.base.period.in_words,
                f"{show(one.base.item.points or 0)}分",
                f"已发{one.given}份",
                f"待发{one.waiting}份",
                *([f"期满后发{one.later}份"] if one.later else []),
            ]
        )
        for one in ahead
    ]
    lines += [f"期满待收回{over}份"] if over else []
    echo_result(context.as_json, {"items": facts, "over": over}, "\n".join(lines) or "现行细则里没有基础分。")


@base_group.command("give")
@pass_context()
def give(context: CliContext) -> None:
    """现在发放这一期的基础分，期满的先收回剩下的；发过的不会再发。"""
    with context.database.reading() as session:
        common = context.common(session)
    done = scoring.give_all_base(context.database, **common)
    facts = {"given": done.given, "ended": done.ended}
    echo_result(context.as_json, facts, f"已发放{done.given}份基础分，收回{done.ended}份期满的。")


base_group.add_command(
    list_command("base_grants", "列出发放过的基础分：谁、哪一期、多少、收回多少。"), "list"
)
