"""`pointsbank wall` and `pointsbank listing`: papers on walls, helpers, the end of the black board.

What leads to a listing (proposal, letter, countersignature, vote) takes a person's own sign-in on
the page: here nobody shows who he is.
"""

from datetime import datetime

import click

from pointsbank import boards, helping, publicity, walls
from pointsbank.cli.answers import echo_result
from pointsbank.cli.context import CliContext, pass_context
from pointsbank.cli.listing import list_command
from pointsbank.labels.help_form import HELP_FORM
from pointsbank.labels.help_outcome import HELP_OUTCOME
from pointsbank.labels.paper_size import PAPER_SIZE
from pointsbank.walls import WallCopy

_day = click.DateTime(["%Y-%m-%d"])
_size = click.option(
    "--size", type=click.Choice(PAPER_SIZE.codes), default=walls.A4, help="纸张大小，默认 a4。"
)
_place = click.option("--place", required=True, metavar="PLACE", help="贴在哪里，例如村务公开栏。")
_on = click.option("--on", "day", type=_day, metavar="YYYY-MM-DD", help="哪天；不写就是今天。")


@click.group("wall")
def wall_group() -> None:
    """墙上的纸：登记张贴、撤下、更正贴在原处。"""


@click.group("listing")
def listing_group() -> None:
    """上榜记录：帮教、取消黑榜；提名、送达、签字、表决在网页上本人登录办。"""


@wall_group.command("poster")
@click.argument("month")
@_place
@_size
@_on
@pass_context()
def put_up_poster(context: CliContext, month: str, place: str, size: str, day: datetime | None) -> None:
    """登记 MONTH（如 2026-09，季度写 2026-Q3）的海报贴在哪里。"""
    with context.database.writing() as session:
        hung_on = day.date() if day else None
        copy = walls.put_up_poster(
            session, month=month, place=place, size=size, hung_on=hung_on, **context.common(session)
        )
    _echo(context, copy)


@wall_group.command("listing")
@click.argument("listing")
@_place
@_size
@_on
@pass_context()
def put_up_listing(context: CliContext, listing: str, place: str, size: str, day: datetime | None) -> None:
    """登记一条黑榜 LISTING 的单张贴在哪里。"""
    with context.database.writing() as session:
        hung_on = day.date() if day else None
        copy = walls.put_up_listing(
            session, listing=listing, place=place, size=size, hung_on=hung_on, **context.common(session)
        )
    _echo(context, copy)


@wall_group.command("correction")
@click.argument("listing")
@_place
@pass_context()
def hang_correction(context: CliContext, listing: str, place: str) -> None:
    """登记黑榜 LISTING 的更正声明贴在原来贴错的地方，纸一样大。"""
    with context.database.writing() as session:
        copy = publicity.hang_listing_correction(
            session, listing=listing, place=place, **context.common(session)
        )
    _echo(context, copy)


@wall_group.command("down")
@click.argument("copy")
@_on
@pass_context()
def take_down(context: CliContext, copy: str, day: datetime | None) -> None:
    """登记墙上的一张纸 COPY 撤下。"""
    with context.database.writing() as session:
        on = day.date() if day else None
        taken = walls.take_down(session, copy=copy, on=on, **context.common(session))
    echo_result(context.as_json, _facts(taken), f"已登记：{taken.place}，{taken.taken_on}撤下。")


@listing_group.command("helper")
@click.argument("listing")
@click.argument("name")
@pass_context()
def assign_helper(context: CliContext, listing: str, name: str) -> None:
    """安排 NAME 帮教黑榜 LISTING 那一户。"""
    with context.database.writing() as session:
        made = helping.assign_helper(session, listing=listing, name=name, **context.common(session))
    echo_result(context.as_json, {"listing": listing, "number": made.number}, "已安排帮教人。")


@listing_group.command("visit")
@click.argument("listing")
@click.option("--on", "day", type=_day, required=True, metavar="YYYY-MM-DD", help="哪天。")
@click.option("--form", type=click.Choice(HELP_FORM.codes), required=True, help="谈心、劝导、调解。")
@click.option("--words", required=True, metavar="TEXT", help="谈了什么；只在村里看。")
@pass_context()
def record_visit(context: CliContext, listing: str, day: datetime, form: str, words: str) -> None:
    """登记帮教人的一次走访。"""
    with context.database.writing() as session:
        made = helping.record_visit(
            session, listing=listing, on=day.date(), form=form, words=words, **context.common(session)
        )
    echo_result(
        context.as_json, {"listing": listing, "number": made.number}, f"已登记第{made.number}次走访。"
    )


@listing_group.command("outcome")
@click.argument("listing")
@click.argument("outcome", type=click.Choice(HELP_OUTCOME.codes))
@click.option("--words", required=True, metavar="TEXT", help="说明；只在村里看。")
@pass_context()
def end_help(context: CliContext, listing: str, outcome: str, words: str) -> None:
    """登记帮教结果。"""
    with context.database.writing() as session:
        made = helping.end_help(
            session, listing=listing, outcome=outcome, words=words, **context.common(session)
        )
    echo_result(context.as_json, {"listing": listing, "number": made.number}, "已登记帮教结果。")


@listing_group.command("end-black-board")
@click.argument("resolution")
@click.option("--on", "day", type=_day, required=True, metavar="YYYY-MM-DD", help="决议的日期。")
@pass_context()
def end_black_board(context: CliContext, resolution: str, day: datetime) -> None:
    """登记村民会议取消黑榜的决议 RESOLUTION：榜上的马上撤下。"""
    with context.database.writing() as session:
        ended = boards.end_black_board(
            session, resolution=resolution, on=day.date(), **context.common(session)
        )
    echo_result(
        context.as_json,
        {"id": ended.id, "ended_on": ended.ended_on},
        "已登记，黑榜上的都已撤下；贴着的请从墙上撤下（pointsbank wall list）。",
    )


def _facts(copy: WallCopy) -> dict[str, object]:
    """Return a paper as a program reads it."""
    names = ("id", "paper", "subject_id", "place", "size", "hung_on", "take_down_on", "taken_on")
    return {name: getattr(copy, name) for name in names}


def _echo(context: CliContext, copy: WallCopy) -> None:
    """Say that a paper hangs, and until when."""
    words = f"已登记：{copy.place}，{copy.hung_on}张贴，最迟{copy.take_down_on}撤下（{copy.id}）。"
    echo_result(context.as_json, _facts(copy), words)


wall_group.add_command(list_command("wall_copies", "列出墙上的纸：贴在哪里，最迟哪天撤。"), "list")
listing_group.add_command(list_command("listings", "列出上榜记录：哪一户、哪个月、到哪一步。"), "list")
listing_group.add_command(list_command("helping", "列出帮教：谁帮哪一户，走访几次，结果。"), "helpers")
