"""A sentence that sends somebody to a button, page, field, setting or command names one that exists."""

import re
from collections.abc import Iterable, Iterator

import click
import pytest

from pointsbank import config
from pointsbank.cli import pointsbank
from tests.house.interface import names_on_pages, sentences, words_of_lists

OTHER_PROGRAMS = {"文本", "转置", "CSV UTF-8", "设置 → 网络和 Internet → 属性", "IPv4 地址"}
"""Quoted words of Excel's (a cell's format, a kind of file) and of Windows' settings."""

OTHER_PLACES = {
    "首": "the home page, behind the village's name at the top",
    "第一": "the first page of a long list",
    "文件": "the table that somebody sends",
    "Excel": "the program",
    "服务器窗口": "where the server was started",
    "档案": "a household's page, headed by its name",
}

QUOTED = re.compile(r"[“「]([^”」{}]+)[”」]")
SENT_TO = re.compile(
    r"(?:请|或)[^，。；：“]*?(?:在|到|去|从)(?:这一户的)?([\u4e00-\u9fffA-Za-z]{1,8}?)(?:页面|页|里)"
)
SETTING = re.compile(r"POINTSBANK_[A-Z_]+")
COMMAND = re.compile(r"pointsbank ((?:[a-z]+ ?)+)")


def astray(texts: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield place and word wherever a text names something that is not there."""
    settings = {f"POINTSBANK_{name.upper()}" for name in config.NAMES}
    for place, text in texts:
        for sentence in re.split("[。\n]", text):
            yield from (f"{place}: {word}" for word in _unknown_words(sentence))
            yield from (f"{place}: {word}" for word in SETTING.findall(sentence) if word not in settings)
            yield from (f"{place}: {word}" for word in COMMAND.findall(sentence) if not _is_command(word))


def _unknown_words(sentence: str) -> Iterator[str]:
    """Yield the quoted words and the places of one sentence that no page has."""
    chooses = re.search("改为|请选|请填|写成", sentence)
    for found in QUOTED.finditer(sentence):
        known = found[1] in names_on_pages() | OTHER_PROGRAMS
        is_cell = chooses and found[1] in words_of_lists()
        if not known and not is_cell and not sentence[: found.start()].endswith("例如"):
            yield found[1]
    for place in SENT_TO.findall(sentence):
        if place.removesuffix("列表") not in names_on_pages() | set(OTHER_PLACES):
            yield place


def _is_command(words: str) -> bool:
    """Whether the words begin with a command of ours; what follows a command are its arguments."""
    command: click.Command = pointsbank
    for word in words.split():
        if not isinstance(command, click.Group):
            return True
        if word not in command.commands:
            return False
        command = command.commands[word]
    return True


def test_sentences_name_what_is_there():
    assert list(astray(sentences())) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "请先点“不存在的按钮”，再签字。",
        "请先在「发卡」里登记发放。",
        "请在选项里添加字体文件后再打印。",
        "请从公告栏页重新进入。",
        "请设置 POINTSBANK_COLOUR 后再打印。",
        "请运行 pointsbank font add 后再打印。",
    ],
)
def test_a_sentence_that_sends_people_astray_would_be_found(sentence: str):
    assert list(astray([("here", sentence)]))


@pytest.mark.parametrize(
    "sentence",
    [
        "请先点“保存清点”，再签字。",
        "没有找到户号“{given}”，请核对户号。",
        "请只写事情本身，例如“门前杂物堆放”。",
        "要扣分请把方向改为“扣分”。",
        "请设置 POINTSBANK_PUBLIC_URL。",
        "请运行 pointsbank village create 代码 村名。",
    ],
)
def test_a_sentence_that_names_what_is_there_is_left_alone(sentence: str):
    assert list(astray([("here", sentence)])) == []


def test_buttons_tabs_fields_and_headings_are_read():
    assert {"保存清点", "盘点", "销户或并户", "6位密码", "已核对，确认兑换"} <= names_on_pages()
