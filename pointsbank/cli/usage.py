"""Says what is wrong with how a command was written, and how it is written: click's sentences in Chinese.

click has no Chinese of its own, and its own catalogue is chosen by the machine's language, which in a village
is as often English. A sentence of click's that is not known here is shown as it is, behind our own words.
"""

import re
from collections.abc import Iterable, Sequence

import click

from pointsbank.errors import Invalid


class WrongUsage(Invalid):
    """A command line that no command reads: an unknown verb or option, something missing, no number."""

    code = "usage"
    sentence = "{reason}"


_SENTENCES = (
    (r"No such command '(.+)'\.", "没有“{0}”这个命令"),
    (r"No such option '(.+)'\.", "没有“{0}”这个选项"),
    (r"Missing command\.", "请写明命令"),
    (r"Option '(.+)' requires an argument\.", "“{0}”后面要写一个值"),
    (r"Option '(.+)' does not take a value\.", "“{0}”后面不写值"),
    (r"Got unexpected extra arguments? \((.+)\)", "多写了“{0}”，这里不要它；中间有空格的，请用双引号括起来"),
    (r"'(.*)' is not one of (.+)\.", "“{0}”不在可选范围内，可以写：{1}"),
    (r"'(.*)' is not ('.+')\.", "“{0}”不对，只能写：{1}"),
    (r"'(.*)' does not match the formats? (.+)\.", "“{0}”不是日期，请写成 2026-09-01 这样的形式"),
    (r"'(.*)' is not a valid (?:integer|float)(?: range)?\.", "“{0}”不是数，请写数字"),
    (r"(.+) is not in the range (.+)\.", "{0}超出范围，应当是{1}"),
    (r"'(.*)' is not a valid boolean\..*", "“{0}”要写 yes 或 no"),
    (r"(?:File|Path) '(.*)' does not exist\.", "没有“{0}”这个文件"),
    (r"Directory '(.*)' does not exist\.", "没有“{0}”这个文件夹"),
    (r"\w+ '(.*)' is a directory\.", "“{0}”是文件夹，请写一个文件"),
    (r"\w+ '(.*)' is a file\.", "“{0}”是文件，请写一个文件夹"),
    (r"\w+ '(.*)' is not readable\.", "“{0}”读不了，请检查权限"),
    (r"\w+ '(.*)' is not writable\.", "“{0}”写不了，请检查权限"),
    (r"Could not open file '(.*)': (.*)", "“{0}”打不开（{1}）"),
)
_KNOWN = tuple((re.compile(pattern, re.DOTALL), sentence) for pattern, sentence in _SENTENCES)
_RANGE = re.compile(r"(?:(-?[\d.]+)(<=?))?x(?:([<>]=?)(-?[\d.]+))?")
_LONGEST = 60


def in_words(error: click.UsageError) -> str:
    """Return what is wrong with a command line, as a sentence that says what to write.

    Example:
        in_words(click.UsageError("No such command 'foo'."))  # "没有“foo”这个命令。"
    """
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        return f"请在后面写明命令，有：{'、'.join(_commands(error.ctx))}。"
    if isinstance(error, click.MissingParameter):
        return f"缺少 {_named(error)}，请写上{_choices(error.param)}。"
    words = _translated(error.message)
    if isinstance(error, click.BadParameter) and (name := _named(error)):
        words = f"{name}：{words}"
    if isinstance(error, click.NoSuchOption | click.exceptions.NoSuchCommand) and error.possibilities:
        words += f"，是不是“{'”“'.join(sorted(error.possibilities)[:3])}”"
        return f"{words}？"
    return words if words.endswith(("。", "？")) else f"{words}。"


def how_it_is_written(error: click.UsageError) -> list[str]:
    """Return how the command is written and where more of it is said; nothing where no command is known."""
    if error.ctx is None:
        return []
    return [" ".join(_usage(error.ctx).split()), f"说明：{error.ctx.command_path} --help"]


def _usage(context: click.Context) -> str:
    pieces = [_PIECES.get(piece, piece) for piece in context.command.collect_usage_pieces(context)]
    return f"写法：{context.command_path} {' '.join(pieces)}"


def _commands(context: click.Context | None) -> list[str]:
    if context is None or not isinstance(context.command, click.Group):
        return []
    return context.command.list_commands(context)


def _named(error: click.BadParameter) -> str:
    """Return the option or argument as it is written."""
    hint = error.param_hint or (error.param.get_error_hint(error.ctx) if error.param is not None else "")
    text = " / ".join(hint) if isinstance(hint, Sequence) and not isinstance(hint, str) else str(hint)
    return text.replace("'", "").strip("[]")


def _choices(param: click.Parameter | None) -> str:
    if param is not None and isinstance(param.type, click.Choice):
        return f"，可以写：{'、'.join(map(str, param.type.choices))}"
    return ""


def _translated(message: str) -> str:
    """Return one of click's sentences in Chinese; what is ours already stays as it is."""
    first = message.partition(" Did you mean")[0].partition("\n")[0].strip()
    for pattern, sentence in _KNOWN:
        if found := pattern.fullmatch(first):
            parts = [part.replace("'", "")[:_LONGEST].replace(", ", "、") for part in found.groups()]
            return sentence.format(*(_range(part) for part in parts))
    return message if re.search(r"[\u4e00-\u9fff]", message) else f"命令写得不对（{message[:200]}）"


def _range(part: str) -> str:
    """Return bounds in words, and anything else as it is.

    Example:
        >>> _range("1<=x<=65535"), _range("x>=1"), _range("abc")
        ('1至65535', '不小于1', 'abc')
    """
    found = _RANGE.fullmatch(part)
    minimum, _, sign, other = found.groups() if found else (None,) * 4
    if not minimum and not other:
        return part
    if minimum and other:
        return f"{minimum}至{other}"
    bounds = {">=": "不小于", ">": "大于", "<=": "不大于", "<": "小于"}
    return f"不小于{minimum}" if minimum else f"{bounds[str(sign)]}{other}"


_PIECES = {"[OPTIONS]": "[选项]", "COMMAND [ARGS]...": "命令 参数"}
_HEADINGS = {"Options": "选项", "Commands": "命令", "Positional arguments": "参数"}
_HELP = (
    ("Show this message and exit.", "显示这份说明。"),
    ("Show the version and exit.", "显示版本。"),
    ("[required]", "[必填]"),
    ("; required]", "；必填]"),
    ("[default: ", "[默认 "),
)


class ChineseHelp(click.HelpFormatter):
    """`--help` with the few words that click puts around ours."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write how a command is written."""
        for piece, words in _PIECES.items():
            args = args.replace(piece, words)
        super().write_usage(prog, args, "写法：" if prefix is None else prefix)

    def write_heading(self, heading: str) -> None:
        """Write a heading."""
        super().write_heading(_HEADINGS.get(heading, heading))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Write options or commands, each with what it does."""
        shown = [(_NUMBER.sub(" N", name), _in_chinese(words)) for name, words in rows]
        super().write_dl(shown, col_max, col_spacing)


def _in_chinese(words: str) -> str:
    for english, chinese in _HELP:
        words = words.replace(english, chinese)
    return _BOUNDS.sub(lambda found: f"{found[1]}{_range(found[2])}", words)


_NUMBER = re.compile(r" (?:INTEGER|FLOAT)(?: RANGE)?")
_BOUNDS = re.compile(r"([\[；])(-?[\d.]*<?=?x[<>]?=?-?[\d.]*)(?=[\]；])")
