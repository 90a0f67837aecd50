"""`pointsbank meeting`, `panel` and `notice`: what there is, where it hangs; deeds: `import scores`."""

from datetime import datetime

import click

from pointsbank import publicity
from pointsbank.cli.answers import echo_result
from pointsbank.cli.context import CliContext, pass_context
from pointsbank.cli.listing import list_command
from pointsbank.labels.paper_size import PAPER_SIZE


@click.group("meeting")
def meeting_group() -> None:
    """评议会。"""


@click.group("panel")
def panel_group() -> None:
    """评议小组。"""


@click.group("notice")
def notice_group() -> None:
    """公示。"""


@notice_group.command("hang")
@click.argument("notice")
@click.option("--place", metavar="PLACE", required=True, help="贴在哪里，例如村务公开栏。")
@click.option(
    "--on", "day", type=click.DateTime(["%Y-%m-%d"]), metavar="YYYY-MM-DD", help="哪天贴的；不写就是今天。"
)
@click.option(
    "--size",
    type=click.Choice(PAPER_SIZE.codes),
    default="a4",
    help="纸张大小，默认 a4；以后更正用一样大的。",
)
@pass_context()
def hang(context: CliContext, notice: str, place: str, day: datetime | None, size: str) -> None:
    """登记公示 NOTICE 贴在哪里；公示期从第一处贴出的第二天算起。"""
    with context.database.writing() as session:
        common = context.common(session)
        hung = publicity.hang(
            session, notice=notice, place=place, hung_on=day.date() if day else None, size=size, **common
        )
        ends_on = publicity.notice(session, village=common["village"], notice_id=notice).notice.ends_on
    facts = {"notice": notice, "number": hung.number, "place": hung.place, "hung_on": hung.hung_on}
    words = f"已登记：{hung.place}，{hung.hung_on}张贴，公示到{ends_on}。"
    echo_result(context.as_json, {**facts, "ends_on": ends_on}, words)


meeting_group.add_command(list_command("meetings", "列出评议会：日期、编号、评分条数。"), "list")
notice_group.add_command(list_command("notices", "列出公示：从哪天到哪天，有没有异议。"), "list")
panel_group.add_command(list_command("panels", "列出评议小组：管哪里、打分规则、多少人。"), "list")
panel_group.add_command(list_command("panel_members", "列出评议小组成员，从哪天到哪天。"), "members")
