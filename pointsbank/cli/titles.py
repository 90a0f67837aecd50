"""`pointsbank title`: kinds of title, who is nominated, how the vote went, and how each stands."""

import click

from pointsbank import titles
from pointsbank.cli.context import CliContext, pass_context
from pointsbank.cli.listing import list_command
from pointsbank.cli.title_steps import STEPS, echo_title
from pointsbank.labels.title_nominator import TITLE_NOMINATOR
from pointsbank.titles import Vote


@click.group("title")
def title_group() -> None:
    """称号：办法、提名、核对、表决、公示、授牌、摘牌、礼遇、喜报；失去称号和异议在“称号”页办。"""


@title_group.command("nominate")
@click.argument("kind", metavar="NAME")
@click.argument("code")
@click.option(
    "--by", "nominated_by", type=click.Choice(TITLE_NOMINATOR.codes), required=True, help="谁提名。"
)
@click.option("--nominator", default="", metavar="TEXT", help="哪个小组、会议或者谁；只留在村里。")
@click.option("--person", default="", metavar="NAME", help="授给个人的称号：户里哪一位。")
@click.option("--reason", default="", metavar="TEXT", help="事迹。")
@pass_context()
def nominate(
    context: CliContext, kind: str, code: str, nominated_by: str, nominator: str, person: str, reason: str
) -> None:
    """提名户号 CODE 为称号 NAME。"""
    with context.database.writing() as session:
        one = titles.nominate(
            session,
            kind=kind,
            participant=code,
            person=person,
            nominated_by=nominated_by,
            nominator=nominator,
            reason=reason,
            **context.common(session),
        )
    echo_title(
        context,
        one,
        f"第{one.number}号已提名（{one.id}）：{one.who}，{one.kind.name}。请在“称号”页核对条件。",
    )


@title_group.command("vote")
@click.argument("title")
@click.argument("votes_for", type=click.IntRange(0, 9999), metavar="FOR")
@click.argument("votes_against", type=click.IntRange(0, 9999), metavar="AGAINST")
@pass_context()
def vote(context: CliContext, title: str, votes_for: int, votes_against: int) -> None:
    """登记称号 TITLE 的表决：赞成、反对的票数。"""
    with context.database.writing() as session:
        [one] = titles.vote(session, votes=[Vote(title, votes_for, votes_against)], **context.common(session))
    echo_title(context, one)


title_group.add_command(list_command("titles", "列出称号：哪一户、什么称号、到哪一步。"), "list")
title_group.add_command(
    list_command("title_kinds", "列出称号办法：条件、名额、复查、哪次会议通过。"), "kinds"
)
title_group.add_command(list_command("title_letters", "列出喜报、感谢信、推荐信。"), "letters")
title_group.add_command(list_command("title_benefits", "列出礼遇：给了没有，到哪天。"), "benefits")
for _step in STEPS:
    title_group.add_command(_step)
