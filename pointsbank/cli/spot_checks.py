"""`pointsbank draw`: fixes how many are drawn, writes dice down, shows what they draw."""

import click

from pointsbank import spot_checks
from pointsbank.cli.answers import echo_result
from pointsbank.cli.context import CliContext, pass_context
from pointsbank.cli.listing import list_command
from pointsbank.spot_checks import DEFAULT_SIZE, MAXIMUM_SIZE, SpotCheck


@click.group("draw")
def draw_group() -> None:
    """掷骰抽查：定条数、记骰子、看抽到哪几条；结果由去看的人在“抽查”页登记、签字。"""


@draw_group.command("plan")
@click.argument("month", metavar="YYYY-MM")
@click.option(
    "--size",
    type=click.IntRange(1, MAXIMUM_SIZE),
    default=DEFAULT_SIZE,
    metavar="N",
    help="抽几条，不写就是20条；定了不能再改。",
)
@pass_context()
def plan(context: CliContext, month: str, size: int) -> None:
    """定下一个已月结的月份抽几条，掷骰以前定。"""
    with context.database.writing() as session:
        one = spot_checks.plan(session, month=month, size=size, **context.common(session))
    _echo(context, one, f"{month}：从{one.population}条里抽{one.size}条，请在大会上掷10个骰子。")


@draw_group.command("dice")
@click.argument("month", metavar="YYYY-MM")
@click.argument("dice", metavar="DICE")
@click.option("--thrower", required=True, metavar="CODE", help="掷骰的人是哪一户：户号。")
@click.option("--witness", required=True, metavar="CODE", help="看着的人是哪一户：户号，另一户。")
@pass_context()
def throw(context: CliContext, month: str, dice: str, thrower: str, witness: str) -> None:
    """记下大会上掷的10个骰子，例如3164522614；记错了的在“抽查”页更正。"""
    with context.database.writing() as session:
        one = spot_checks.throw(
            session, month=month, dice=dice, thrower=thrower, witness=witness, **context.common(session)
        )
    _echo(context, one, _drawn(one))


@draw_group.command("show")
@click.argument("month", metavar="YYYY-MM")
@pass_context()
def show(context: CliContext, month: str) -> None:
    """看一个月的骰子、存证码、抽到的条目编号和结果，可以照着重算。"""
    with context.database.reading() as session:
        one = spot_checks.spot_check(session, village=context.village(session), month=month)
    _echo(context, one, _drawn(one))


def _drawn(one: SpotCheck) -> str:
    """Return what was drawn in words."""
    lines = [f"{one.month}：从{one.population}条里抽{one.size}条，存证码 {one.digest}"]
    if one.throws:
        lines.append(f"骰子 {one.dice}，抽到第{'、'.join(map(str, one.drawn))}条。")
    return "\n".join([*lines, *filter(None, [one.result])])


def _echo(context: CliContext, one: SpotCheck, words: str) -> None:
    """Write what a draw is."""
    facts = {"month": one.month, "size": one.size, "population": one.population, "digest": one.digest}
    more = {"dice": one.dice, "drawn": list(one.drawn), "status": one.status, "result": one.result}
    echo_result(context.as_json, facts | more, words)


draw_group.add_command(list_command("spot_checks", "列出抽到的条目：谁家、什么事、结果。"), "list")
