"""`pointsbank draw`: how many are drawn, the dice, what they draw, what was found, two signatures.

Whoever enters what was found, or signs, signs in: for whom somebody may not enter depends on who it is.
"""

import click

from pointsbank import spot_checks, staff
from pointsbank.cli.answers import echo_result
from pointsbank.cli.context import CliContext, pass_context
from pointsbank.cli.listing import list_command
from pointsbank.cli.two_people import sign_in_one
from pointsbank.errors import NotAllowed
from pointsbank.labels.spot_check_answer import SPOT_CHECK_ANSWER
from pointsbank.spot_checks import DEFAULT_SIZE, MAXIMUM_SIZE, Found, SpotCheck


class NotAtTheDraw(NotAllowed):
    """The person has no role that looks into drawn entries."""

    code = "not_at_the_draw"
    sentence = "{login}不能登记抽查、不能签字，请由村务监督、评议小组或管理员来办。"
    fixed_by = "管理员"


@click.group("draw")
def draw_group() -> None:
    """掷骰抽查：定条数、记骰子、看抽到哪几条，登记去看的结果，两人签字。"""


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


@draw_group.command("answer")
@click.argument("month", metavar="YYYY-MM")
@click.argument("result", type=click.Choice(SPOT_CHECK_ANSWER.codes))
@click.argument("entries", nargs=-1, required=True, type=click.IntRange(min=0), metavar="INDEX...")
@click.option("--first", required=True, metavar="CODE", help="去看的第一个人是哪一户：户号。")
@click.option("--second", required=True, metavar="CODE", help="去看的第二个人是哪一户：户号，另一户。")
@click.option("--note", default="", metavar="TEXT", help="备注，只留在村里，说事不说人。")
@click.option("--by", "login", metavar="LOGIN", required=True, help="登记的人，输入本人的密码。")
@click.option("--password-stdin", is_flag=True, help="从标准输入读密码；否则在屏幕上输入。")
@pass_context()
def answer(
    context: CliContext,
    month: str,
    result: str,
    entries: tuple[int, ...],
    first: str,
    second: str,
    note: str,
    login: str,
    password_stdin: bool,
) -> None:
    """登记抽到的条目 INDEX（可以写几条）去看的结果；本户和近亲属的户，请由另一位登记。"""
    by = _signed_in(context, login, from_stdin=password_stdin)
    answers = {index: Found(result, note) for index in entries}
    with context.database.writing() as session:
        village = context.village(session)
        one = spot_checks.answer(
            session,
            village=village,
            month=month,
            answers=answers,
            first=first,
            second=second,
            by=by,
            at=context.now,
        )
    _echo(context, one, f"已登记{len(entries)}条，还有{one.open}条没有结果。")


@draw_group.command("sign")
@click.argument("month", metavar="YYYY-MM")
@click.option("--by", "login", metavar="LOGIN", required=True, help="签字的人，输入本人的密码。")
@click.option("--password-stdin", is_flag=True, help="从标准输入读密码；否则在屏幕上输入。")
@pass_context()
def sign(context: CliContext, month: str, login: str, password_stdin: bool) -> None:
    """签字：第一个，或者由另一个人、另一种角色签第二个，签了就定，上公开栏。"""
    by = _signed_in(context, login, from_stdin=password_stdin)
    with context.database.writing() as session:
        village = context.village(session)
        one = spot_checks.sign(session, village=village, month=month, by=by, at=context.now)
    _echo(context, one, one.result or "已签第一个字，请另一位角色不同的人签第二个字。")


@draw_group.command("show")
@click.argument("month", metavar="YYYY-MM")
@pass_context()
def show(context: CliContext, month: str) -> None:
    """看一个月的骰子、存证码、抽到的条目编号和结果，可以照着重算。"""
    with context.database.reading() as session:
        one = spot_checks.spot_check(session, village=context.village(session), month=month)
    _echo(context, one, _drawn(one))


def _signed_in(context: CliContext, login: str, *, from_stdin: bool) -> str:
    """Return who (id) has just given a password and may look into what was drawn; raise NotAtTheDraw."""
    person = sign_in_one(context, context.database, login, from_stdin=from_stdin)
    with context.database.reading() as session:
        village = context.village(session)
    if not staff.may(person, village, staff.Permission.SPOT_CHECK):
        raise NotAtTheDraw(login=login)
    return person.staff.id


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
