"""`pointsbank watermark`: shows, begins and renews the stubs outside the data that tell old copies."""

import click

from pointsbank import watermark
from pointsbank.cli.answers import echo_result
from pointsbank.cli.context import CliContext, pass_context
from pointsbank.cli.two_people import sign_in_both, two_people
from pointsbank.errors import Refused
from pointsbank.watermark import Comparison, Standing


class NoWatermark(Refused):
    """No place for stubs is set."""

    code = "no_watermark"
    sentence = (
        '还没有设置账外存根。请在 pointsbank.toml 里写 watermark = ["文件夹"]，最好再加一个U盘上的文件夹。'
    )
    fixed_by = "管理员"


class NothingToAccept(Refused):
    """The logs hold all that the stubs saw."""

    code = "nothing_to_accept"
    sentence = "账本与存根没有矛盾，不需要承认什么，可以直接启动。"
    fixed_by = "管理员"


@click.group("watermark")
def watermark_group() -> None:
    """账外存根：发现账本被换成旧副本。"""


@watermark_group.command()
@pass_context()
def show(context: CliContext) -> int:
    """逐村逐处比较账本与存根，列出账本缺少的每一条。"""
    _refuse_unset(context)
    stood = watermark.examine(context.database, context.places)
    refusal = watermark.refusal_of(stood)
    lost = refusal.fields.get("lines", []) if refusal else []
    words = [watermark.in_words(one) for one in stood] + [f"  {line}" for line in lost]
    echo_result(context.as_json, {"stubs": list(map(_facts, stood)), "lost": lost}, "\n".join(words))
    return 1 if refusal else 0


@watermark_group.command()
@pass_context()
def begin(context: CliContext) -> None:
    """在新设置的文件夹或U盘上开始存根；账本要有别的存根作证，或还没有记录。"""
    _refuse_unset(context)
    stood = watermark.begin(context.database, context.places)
    words = "\n".join(watermark.in_words(one) for one in stood) or "已准备好，有记录时开始。"
    echo_result(context.as_json, {"stubs": list(map(_facts, stood))}, words)


@watermark_group.command()
@two_people(required=True)
@pass_context()
def accept(context: CliContext, first: str, second: str, passwords_stdin: bool) -> None:
    """两位角色不同的人承认账本缺少存根里的记录，并用现在的账本继续；写入账本。"""
    _refuse_unset(context)
    context.check_file()
    context.checked.set()  # what a write would be refused for is what is accepted here
    stood = watermark.examine(context.database, context.places)
    if not watermark.troubled(stood):
        raise NothingToAccept()
    people = sign_in_both(context, context.database, first, second, from_stdin=passwords_stdin)
    with context.database.writing() as session:
        entries = watermark.accept(session, stood=stood, people=people, at=context.now)
    watermark.renew(context.database, context.places, stood)
    written = "、".join(f"{village} 第{index}条" for village, index in entries.items())
    words = f"已承认并写入账本（{written}），存根已按现在的账本重新建立，可以启动。"
    echo_result(context.as_json, {"entries": entries}, words)


def _refuse_unset(context: CliContext) -> None:
    if not context.settings.watermark:
        raise NoWatermark()


def _facts(one: Comparison) -> dict[str, object]:
    """Return a comparison for machines."""
    return {
        "village": one.village,
        "folder": str(one.place.folder),
        "standing": one.standing.value,
        "missing": len(one.missing),
        "late": one.late if one.standing is Standing.AGREES else None,
    }
