"""Every Chinese string that people see stands in docs/strings.pot, and all of them speak as one."""

import re
from collections import defaultdict
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from tests.house.catalogue import LEFT_OUT, PAGE, catalogue, entries, everything
from tests.house.source import ROOT, Module, modules
from tests.house.strings_of_python import texts_in_module
from tests.house.strings_of_templates import texts_in_template
from tests.house.wording import ENDED, faults, is_ended, twins

_NOT_SHOWN = re.compile("{#.*?#}|<!--.*?-->|[!=]= '[^']*'", re.DOTALL)
"""Comments, and what a template compares with."""


def test_the_catalogue_is_what_the_program_shows(write: bool) -> None:
    now = catalogue()
    if write:
        PAGE.write_text(now, encoding="utf-8")

    assert PAGE.read_text("utf-8") == now, "run pytest tests/house/test_catalogue.py --write"


def test_gettext_s_tools_read_every_entry() -> None:
    read = read_po(BytesIO(PAGE.read_bytes()), abort_invalid=True)

    assert {message.id for message in read if message.id} == entries().keys()


def test_no_word_of_a_template_is_missed() -> None:
    known, missed = defaultdict[str, list[str]](list), []
    for found in everything():
        known[found.place].append(found.text)
    for path in sorted((ROOT / "templates").rglob("*.html")):
        shown = re.findall("[\u3400-\u9fff]+", _NOT_SHOWN.sub("", path.read_text("utf-8")))
        kept = "\n".join(known[path.relative_to(ROOT).as_posix()])
        missed += [f"{path.name}: {words}" for words in shown if words not in kept]

    assert missed == []


def test_what_is_left_out_is_there() -> None:
    holders = {
        name
        for module in modules("pointsbank")
        for each in texts_in_module(module)
        for name in (module.place, f"{module.place} {each.holder}")
    }

    assert LEFT_OUT.keys() - holders == set()


def test_entries_keep_to_the_rules() -> None:
    wrong = [f"{text}: {what} ({entries()[text][0]})" for text in entries() for what in faults(text)]

    assert wrong == []


def test_the_same_words_are_written_in_one_way() -> None:
    assert twins(entries()) == []


def test_sentences_end_like_sentences() -> None:
    assert [found for found in everything() if found.kind in ENDED and not is_ended(found.text)] == []


@pytest.mark.parametrize(
    "text",
    [
        "账簿完好。",
        "请先结账。",
        "请联系村管理员。",
        "你没有这项权限。",
        "请先登录,再试一次。",
        "请打开“首页”:那里有。",
        '请点"保存"。',
        "已保存。。",
        "请稍等...",
        "请稍等 ，马上好。",
        "请先登录， 再试一次。",
        "要提前 5 个工作日。",
        "只有 {left}件，一次最多 9 件。",
        "用Excel打开。",
        "请填1到60之间的数。",
        "请填{least} 到 {most}。",
        "例如 茶源村",
        "不填就不限。收紧马上生效",
    ],
)
def test_what_breaks_a_rule_is_found(text: str) -> None:
    assert list(faults(text))


@pytest.mark.parametrize(
    "text",
    [
        "可用积分只有{balance}分，需要{amount}分，请减少数量或换一种。",
        "请写成 2026-09-01 这样的形式，或留空。",
        "请填数字，最多两位小数，例如 5 或 2.5。",
        "请打开 https://jf.example.cn 或 http://192.168.1.20:8000。",
        "在 Excel 里打开，另存为 .xlsx 再上传；U盘先插好。",
        "还没有通过。<a>起草细则</a>",
        "花名册：户号、户主……",
        "必须写明；登录须知。",
    ],
)
def test_what_keeps_the_rules_is_left_alone(text: str) -> None:
    assert list(faults(text)) == []


@pytest.mark.parametrize(
    "texts, alike",
    [
        (["已申请，请另一位确认。", "已申请请另一位确认"], True),
        (["这一户还没有设密码", "这一户，还没有设密码，"], True),
        (["这一户还没有设密码", "这一户还没有设密码。"], False),
        (["{name}不再属于乡镇。", "{village} 不再属于乡镇。"], False),
    ],
)
def test_twins_differ_in_more_than_their_ends(texts: list[str], alike: bool) -> None:
    assert bool(twins(texts)) == alike


@pytest.mark.parametrize(
    "template, texts",
    [
        ("<p>共{{ rows | length }}户</p>", ["共{rows}户"]),
        ("<p>请先<a href='/'>登录</a>。</p>", ["请先<a>登录</a>。"]),
        ("<p><a>甲</a> <a>乙</a></p>", ["甲", "乙"]),
        ("<p>共{{ n }}户{% if m %}，缺{{ m }}户{% endif %}。</p>", ["共{n}户，缺{m}户。", "共{n}户。"]),
        ("<p>{% if a %}有{% else %}没有{% endif %}</p>", ["有", "没有"]),
        ("<p>{% for x in xs %}{{ x }}、{% endfor %}等</p>", ["{x}等"]),
        ("<img alt='{{ n }}的卡'><input placeholder='户号'>", ["{n}的卡", "户号"]),
        ("{{ empty('还没有' ~ what ~ '。', act='上架' if can else '') }}", ["还没有{what}。", "上架"]),
        ("{% if kind == '户' %}<li{% if x %} class='y'{% endif %}>甲</li>{% endif %}", ["甲"]),
        ("{# 说明 #}<p>{{ icon('check') }}已办</p>", ["已办"]),
    ],
)
def test_sentences_of_a_template(template: str, texts: list[str]) -> None:
    assert list(texts_in_template(template)) == texts


@pytest.mark.parametrize(
    "source, texts",
    [
        ('"""户: a household."""', []),
        ('def close():\n    """月结：封存这个月。"""', ["月结：封存这个月。"]),
        ('x = f"{goods.name}只剩{show(left)}件" "。"', ["{name}只剩{left}件。"]),
        ('x = "共" + str(n) + "户"', ["共", "户"]),
        ('x = f"到{at.astimezone(SHANGHAI):%d}"', ["到{at}"]),
        ('x = re.compile("第([0-9]+)组")', []),
        ('x = text.removesuffix("组") if text != "组" else "无"', ["无"]),
        ('x = Labels("kind", {"team": "志愿队"}, spellings={"team": ("队",)})', ["志愿队"]),
        ('x = Rule(pattern="病", because="不能公布")', ["不能公布"]),
    ],
)
def test_texts_of_a_module(source: str, texts: list[str], tmp_path: Path) -> None:
    path = tmp_path / "module.py"
    path.write_text(source, encoding="utf-8")

    assert [each.text for each in texts_in_module(Module(path))] == texts
