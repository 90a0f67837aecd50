"""`pointsbank counter`: enters what a household brings to the counter, and lists the day books.

Whoever enters signs in: for whom somebody may not enter depends on who it is.
"""

from decimal import Decimal

import click

from pointsbank import points, roster, scoring, staff
from pointsbank.cli.answers import echo_result
from pointsbank.cli.context import CliContext, pass_context
from pointsbank.cli.listing import list_command
from pointsbank.cli.two_people import sign_in_one
from pointsbank.database import new_id
from pointsbank.errors import NotAllowed


class NotAtTheCounter(NotAllowed):
    """The person has no role by which things are entered at the counter."""

    code = "not_at_the_counter"
    sentence = "{login}不能在柜台登记，请由店员或评议小组的人登记。"
    fixed_by = "管理员"


@click.group("counter")
def counter_group() -> None:
    """柜台登记：交来的可回收物等，当场入账；录错了的用 pointsbank score correct 更正。"""


@counter_group.command("enter")
@click.argument("code")
@click.argument("item")
@click.option("--by", "clerk", metavar="LOGIN", required=True, help="登记的人，输入本人的密码。")
@click.option("--password-stdin", is_flag=True, help="从标准输入读密码；否则在屏幕上输入。")
@click.option("--quantity", metavar="NUMBER", help="数量，按量条目要写。")
@click.option("--request-id", metavar="ID", help="请求编号，重试时写同一个，只记一次；不写就是新的。")
@pass_context()
def enter(
    context: CliContext,
    code: str,
    item: str,
    clerk: str,
    password_stdin: bool,
    quantity: str | None,
    request_id: str | None,
) -> None:
    """给户号 CODE 登记条目 ITEM，当场入账；本户和近亲属的户，请由另一位登记。"""
    amount = _amount(quantity)
    person_in = sign_in_one(context, context.database, clerk, from_stdin=password_stdin)
    with context.database.writing() as session:
        village = context.village(session)
        if not staff.may(person_in, village, staff.Permission.COUNTER_ENTER):
            raise NotAtTheCounter(login=clerk)
        done = scoring.enter_at_counter(
            session,
            participant=code,
            item=item,
            quantity=amount,
            request_id=request_id or new_id(session),
            village=village,
            by=person_in.staff.id,
            at=context.now,
        )
        person = roster.by_id(session, village=village, id=done.participant)
    facts = {
        "score": done.score,
        "status": done.status,
        "participant": person.code,
        "points": points.to_decimal(done.points),
        "balance": points.to_decimal(done.balance),
        "remark": done.remark,
    }
    less = f"（{done.remark}）" if done.remark else ""
    words = f"已登记入账：{person.code} {person.name} +{points.show(done.points)}分{less}。"
    echo_result(context.as_json, facts, words)


def _amount(typed: str | None) -> Decimal | None:
    """Return a quantity as a number.

    Raises:
        PointsInvalid: it is none, or has more than two decimals.
    """
    return None if typed is None else points.to_decimal(points.parse(typed))


counter_group.add_command(list_command("day_books", "列出每天的柜台登记：条数、户数、计分。"), "list")
