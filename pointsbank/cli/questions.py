"""`pointsbank question`: what villagers ask, who answers it, and the answers.

Whoever answers signs in: only the role that was named may.
"""

import click

from pointsbank import questions
from pointsbank.cli.answers import echo_result
from pointsbank.cli.context import CliContext, pass_context
from pointsbank.cli.listing import list_command
from pointsbank.cli.two_people import sign_in_one
from pointsbank.labels.answering_role import ANSWERING_ROLE
from pointsbank.labels.question_kind import QUESTION_KIND
from pointsbank.labels.question_status import QUESTION_STATUS
from pointsbank.labels.unpublished_reason import UNPUBLISHED_REASON
from pointsbank.questions import Question


@click.group("question")
def question_group() -> None:
    """点题公开：村民的点题、疑问和建议，由谁答复，怎样答复。"""


@question_group.command("record")
@click.argument("kind", type=click.Choice(QUESTION_KIND.codes))
@click.argument("words")
@click.option("--household", metavar="CODE", help="哪一户；不愿说是谁的不写。")
@click.option("--role", type=click.Choice(ANSWERING_ROLE.codes), help="由谁答复；不写就照村里的设置。")
@pass_context()
def record(context: CliContext, kind: str, words: str, household: str | None, role: str | None) -> None:
    """登记一条提问，WORDS 是原话，只留在村里。"""
    with context.database.writing() as session:
        asked = questions.record(
            session, kind=kind, words=words, participant=household, role=role, **context.common(session)
        )
    who = ANSWERING_ROLE.name(asked.role)
    _echo(context, asked, f"第{asked.number}号已登记（{asked.id}）：由{who}在{asked.due_on}以前答复。")


@question_group.command("answer")
@click.argument("question")
@click.argument("words")
@click.option("--by", "login", metavar="LOGIN", required=True, help="答复的人，输入本人的密码。")
@click.option("--password-stdin", is_flag=True, help="从标准输入读密码；否则在屏幕上输入。")
@click.option("--shown-as", default="", metavar="TEXT", help="公开的问题；不写就用原话。")
@click.option(
    "--inside", type=click.Choice(UNPUBLISHED_REASON.codes), help="不公开，写明原因；公开栏上只计一条。"
)
@pass_context()
def answer(
    context: CliContext,
    question: str,
    words: str,
    login: str,
    password_stdin: bool,
    shown_as: str,
    inside: str | None,
) -> None:
    """答复提问 QUESTION，和问题一起公开；以前答复过的，换成这一次的。"""
    person_in = sign_in_one(context, context.database, login, from_stdin=password_stdin)
    with context.database.writing() as session:
        done = questions.answer(
            session,
            village=context.village(session),
            question_id=question,
            words=words,
            question_words=shown_as,
            published=inside is None,
            reason=inside,
            by=person_in.staff.id,
            at=context.now,
        )
    _echo(context, done, f"第{done.number}号：{QUESTION_STATUS.name(done.status)}。")


@question_group.command("forward")
@click.argument("question")
@click.argument("role", type=click.Choice(ANSWERING_ROLE.codes))
@pass_context()
def forward(context: CliContext, question: str, role: str) -> None:
    """把提问 QUESTION 转给 ROLE 答复，期限不变。"""
    with context.database.writing() as session:
        moved = questions.pass_on(session, question_id=question, role=role, **context.common(session))
    _echo(context, moved, f"第{moved.number}号转{ANSWERING_ROLE.name(moved.role)}答复，期限不变。")


@question_group.command("withdraw")
@click.argument("question")
@pass_context()
def withdraw(context: CliContext, question: str) -> None:
    """替本人撤回提问 QUESTION，公开栏上不再有这一条。"""
    with context.database.writing() as session:
        gone = questions.withdraw(session, question_id=question, **context.common(session))
    _echo(context, gone, f"第{gone.number}号已撤回。")


def _echo(context: CliContext, one: Question, words: str) -> None:
    facts = {
        "question": one.id,
        "number": one.number,
        "role": one.role,
        "status": one.status,
        "due_on": one.due_on,
    }
    echo_result(context.as_json, facts, words)


question_group.add_command(list_command("questions", "列出提问：由谁在哪天以前答复，怎样答复的。"), "list")
