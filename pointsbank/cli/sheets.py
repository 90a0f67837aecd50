"""`pointsbank print NAME`: a command for each sheet, made from its options; files for their owner only."""

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
from marshmallow.fields import Field

from pointsbank import sheets
from pointsbank.cli.answers import echo_progress, echo_result
from pointsbank.cli.context import CliContext, pass_context
from pointsbank.cli.new_files import NewFile
from pointsbank.durable import writing_whole
from pointsbank.duties import printed_files
from pointsbank.errors import NotAllowed
from pointsbank.schemas.fields import Choice
from pointsbank.schemas.options import Codes, Signed, Ticked


class SignatureNotHere(NotAllowed):
    """Somebody would sign on the command line, where --as names anybody and proves nothing."""

    code = "signature_not_here"
    sentence = (
        "“{label}”是签字，要用自己的账号登录来签，命令行里不能签：请去掉 {option} 打印，"
        "交卡时再到“发放新卡”页签字，由第二个人确认。"
    )
    fixed_by = "村委"


class _Sheets(click.Group):
    """The group whose commands are the sheets; they are loaded only when it is used."""

    @property
    def commands(self) -> dict[str, click.Command]:
        """Return the commands by name."""
        return {sheet.name: _command(sheet.name) for sheet in sheets.every()}

    @commands.setter
    def commands(self, _: object) -> None:
        """Leave out what click would keep: it has no commands of its own."""


@click.group("print", cls=_Sheets)
def print_group() -> None:
    """打印成 PDF。"""


def _command(name: str) -> click.Command:
    sheet = sheets.find(name)
    kind = "" if sheet.put else " PDF "

    @click.command(name, help=f"{sheet.title}：{sheet.about}{sheet.caution}", short_help=sheet.title)
    @click.option("--out", type=NewFile(), required=True, help=f"写到哪个{kind}文件。")
    @pass_context()
    def run(context: CliContext, /, out: Path, thermal: bool = False, **typed: Any) -> None:
        _refuse_signatures(sheet.options().fields, typed)
        given = {option: as_text(value) for option, value in typed.items() if value}
        print_sheet(context, name, sheet.read_options(given), out=out, thermal=thermal)

    if sheet.put:
        about = "写成小票机的文件（ESC/POS），不写 PDF。"
        run.params.append(click.Option(["--escpos", "thermal"], is_flag=True, help=about))
    run.params[:0] = [option_of(option, field) for option, field in sheet.options().fields.items()]
    return run


def option_of(name: str, field: Field[Any]) -> click.Option:
    """Return the option of the command line that a field of a sheet's options becomes."""
    note = "：".join(filter(None, (field.metadata["title"], field.metadata.get("description"))))
    named: dict[str, Any] = {"help": f"{note}。", "required": field.required}
    if isinstance(field, Choice):
        named |= {"type": click.Choice(field.choices), "default": field.load_default, "show_default": True}
    elif isinstance(field, Ticked):
        named |= {"is_flag": True, "hidden": isinstance(field, Signed)}
    elif isinstance(field, Codes):
        named |= {"multiple": True, "metavar": "CODE", "help": f"{note}；可写多次。"}
    return click.Option([_dashed(name), name], **named)


def _dashed(name: str) -> str:
    return f"--{name.replace('_', '-')}"


def _refuse_signatures(fields: Mapping[str, Field[Any]], typed: Mapping[str, Any]) -> None:
    """Raise SignatureNotHere for an option that is a signature: old scripts hear what to do."""
    for name, field in fields.items():
        if isinstance(field, Signed) and typed.get(name):
            raise SignatureNotHere(label=field.metadata["title"], option=_dashed(name))


def as_text(value: Any) -> Any:
    """Return what click read as it would be typed on a form."""
    return "1" if value is True else list(value) if isinstance(value, tuple) else value


def print_sheet(
    context: CliContext,
    name: str,
    options: Mapping[str, Any],
    *,
    out: Path,
    quiet: bool = False,
    thermal: bool = False,
) -> None:
    """Gather a sheet, write it as a file and say so unless `quiet`; options may hold another `at`."""
    sheet = sheets.find(name)
    out_dir = context.settings.out_dir
    if complaint := printed_files.complaint(out_dir):
        echo_progress(complaint)
    printed_files.list_for_removal(out_dir, [out, *out_dir.glob(f"{name}*.pdf")], days=sheet.kept_days)
    printed_files.remove_old(out_dir, at=context.now)
    with context.database.reading() as session:
        common = context.common(session)
    given = common | dict(options)
    value = sheet.gather_from(context.database, public_url=context.settings.public_url, **given)
    echo_progress(f"绘制{value.description}")
    fonts = sheets.fonts_of(context.settings)
    drawable, undrawn = sheet.legible(value, fonts=fonts)
    for sentence in (*(refusal.detail for refusal in fonts.unusable), *undrawn):
        echo_progress(str(sentence))
    out.parent.mkdir(parents=True, exist_ok=True)
    with writing_whole(out) as file:
        if thermal:
            file.write(sheet.thermal(drawable, fonts=fonts))
        else:
            sheet.render(drawable, fonts=fonts, out=file)
        file.flush()
        sheet.finish_in(context.database, value, village=given["village"], by=given["by"], at=given["at"])
    if not quiet:
        kept = out.parent.resolve() == out_dir.resolve()
        going = f"{sheet.kept_days}天后自动删除。" if kept else ""
        sentence = f"{value.description}已写到 {out}。{going}{sheet.caution}"
        facts = {"file": str(out), **value.facts, "undrawn": [asdict(one) for one in undrawn]}
        echo_result(context.as_json, facts, sentence)
