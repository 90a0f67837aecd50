"""What no command reads is refused in Chinese, with the code `usage` and status 2, at every verb."""

import json
import re
from collections.abc import Iterator

import click
import pytest

from pointsbank import cli
from pointsbank.cli.usage import in_words

CHINESE = re.compile(r"[\u4e00-\u9fff]")
ENGLISH = re.compile(r"\b(?:Error|Usage|Options|Commands|Show|Missing|Invalid|No such|value|required|Got)\b")


def commands(group: click.Group, *path: str) -> Iterator[tuple[list[str], click.Command]]:
    """Every command of the tree with the words that lead to it."""
    for name, command in group.commands.items():
        yield [*path, name], command
        if isinstance(command, click.Group):
            yield from commands(command, *path, name)


def misuses() -> Iterator[list[str]]:
    """For each command a line that it cannot read, each in another way."""
    for path, command in commands(cli.pointsbank):
        yield [*path, "--nonsense"]
        if isinstance(command, click.Group):
            yield [*path, "nonsense"]
            continue
        yield [*path, *["x"] * 9]
        yield [*path, "--village"]
        required = [one for one in command.params if one.required]
        if required:
            yield path
        for option in command.params:
            if isinstance(option, click.Option) and isinstance(
                option.type, click.Choice | click.IntRange | click.DateTime | click.types.IntParamType
            ):
                yield [*path, option.opts[0], "nonsense"]


MISUSES = list(misuses())


def test_every_command_refuses_what_it_cannot_read_in_chinese(capsys: pytest.CaptureFixture[str]):
    wrong = []
    for words in MISUSES:
        status = cli.main(words)
        out, err = capsys.readouterr()
        first, *_ = err.splitlines()
        if status != 2 or out or not CHINESE.search(first) or ENGLISH.search(err):
            wrong.append((words, status, err))

    assert len(MISUSES) > 200 and wrong == []


def test_a_machine_reads_one_problem_object(capsys: pytest.CaptureFixture[str]):
    wrong = []
    for words in MISUSES[::7]:
        status = cli.main([words[0], "--json", *words[1:]])
        out, err = capsys.readouterr()
        problem = json.loads(err)
        facts = (status, out, problem["reason"], problem["status"], problem["type"])
        if facts != (2, "", "usage", 422, "urn:pointsbank:problem:usage"):
            wrong.append((words, facts))

    assert wrong == []


def test_help_has_no_word_of_another_language(capsys: pytest.CaptureFixture[str]):
    english = {}
    for path, _ in [([], cli.pointsbank), *commands(cli.pointsbank)]:
        assert cli.main([*path, "--help"]) == 0
        shown = capsys.readouterr().out
        if found := ENGLISH.findall(shown):
            english[" ".join(path)] = found

    assert english == {}


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("exprt", "没有“exprt”这个命令，是不是“export”“print”？"),
        ("import roster --confirmd", "没有“--confirmd”这个选项，是不是“--confirmed”？"),
        ("month close", "缺少 YYYY-MM，请写上。"),
        ("serve --port 0", "--port：0超出范围，应当是1至65535。"),
        ("serve --port abc", "--port：“abc”不是数，请写数字。"),
        (
            "staff add x --role king",
            "--role：“king”不在可选范围内，可以写：committee、clerk、supervisor、admin",
        ),
        ("import goods /none.csv", "FILE：没有“/none.csv”这个文件。"),
        ("import goods /", "FILE：“/”是文件夹，请写一个文件。"),
        ("month close 2026-01 02", "多写了“02”，这里不要它"),
        ("month close --data", "“--data”后面要写一个值。"),
        ("import scores x --on 2026-99-99", "--on：“2026-99-99”不是日期，请写成 2026-09-01 这样的形式。"),
    ],
)
def test_a_sentence_says_what_to_write(words: str, sentence: str, capsys: pytest.CaptureFixture[str]):
    assert cli.main(words.split()) == 2
    assert capsys.readouterr().err.startswith(sentence)


def test_what_click_says_in_words_unknown_here_is_still_ours():
    assert in_words(click.UsageError("Something new.")) == "命令写得不对（Something new.）。"
    assert in_words(click.UsageError("--first 和 --second 要一起写。")) == "--first 和 --second 要一起写。"
