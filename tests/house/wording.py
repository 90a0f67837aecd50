"""Rules over every entry of the catalogue: one word for one thing, one way to space and to punctuate."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

WORDS = {
    "账簿|台账": "账本",
    "结账": "月结 for a month; 结算 at the till",
    "(?<!登记)入库|报损": "进货, 损耗: the kinds of stock moves",
    "停兑|暂停兑换": "已下架",
    "监督委员(?!会)|监督员": "村务监督, the role; 监督委员会 is the committee",
    "(?<!^)村委(?![会、])": "评议小组, the role; 村委会, the body",
    "监督电话": "投诉电话",
    "评议成员": "评议小组, the role; 评议员 sits at a meeting",
    "村管理员|系统管理员": "管理员, the role",
    "对外网址|公网地址": "公开网址",
    "户册(?!\\.csv)": "花名册",
    "登录名|用户账号": "账号",
    "注销": "销户",
    "申报手机": "登记: 申报 is a claim",
    "(?<!扫卡)凭据": "小票; a scan's is 凭证",
    "防伪码|指纹码": "存证码",
    "第二道验证|两步验证": "第二步验证",
    "户的流水|库存流水": "明细, 库存变动",
    "更改(密码|状态)": "改密码, 修改",
    "首次(?!公布|上榜)": "第一次",
    "两遍输入|输入两遍": "两次",
    "该户|贵户": "这一户, 本户",
    "无需|无须": "不用",
    "(?<!必)须(?!知)": "要",
    "你": "您",
    "项目": "条目 of a scheme",
}
"""Words that are not used, with what to write instead: each once stood beside the other for one thing."""

_C = "[\u4e00-\u9fff]"
_LATIN = "(?:Excel|WPS|CSV|JSON|PDF|Word|XML|JPEG|TIFF|PostgreSQL|SQLite|JavaScript|Windows|USB|UTF-8|TOTP)"

PUNCTUATION = {
    "half-width punctuation beside Chinese": f"{_C}[,;!?()]|[,;!?()]{_C}|[”{_C[1:]}:",
    "straight quotes beside Chinese": f"(?<!\\[)[\"']{_C}|{_C}[\"'](?!\\])",
    "punctuation twice": "[。，、；：！？][。，、；：！？]|(?<!…)…(?!…)|\\.\\.\\.",
    "a space before full-width punctuation": "[^}A-Za-z0-9_ ·/.\0] +[，。；：、！？]",
    "a space after full-width punctuation": "[，；：、！？] +[^a-z0-9\\-{.\0]",
    "a space beside a number of things": f"{_C} \\d+ ?{_C}|(?<![A-Za-z0-9.])\\d+ {_C}",
    "a foreign word stuck to Chinese": f"{_C}{_LATIN}(?![A-Za-z_])|(?<![A-Za-z_]){_LATIN}{_C}",
    "a range without 至": "[0-9}] ?[到~～] ?[0-9{]",
    "例如 and a space before Chinese": f"例如 {_C}",
    "a sentence without its full stop after one that has it": "。[^。]*[^。？！：）”…>}*`a-z0-9\\n\0]$",
}
"""What is not written, by what it is."""

ENDED = {
    "sentence",
    "docstring",
    "help=",
    "about=",
    "empty=",
    "happens=",
    "purpose=",
    "invalid=",
    "metadata=",
    "_DONE",
    "SENTENCES",
}
"""The kinds of text that are sentences and end like one."""

_FREE = re.compile(
    r"<a[^>]*>[^<]*</a>$|<[^>]+>|\S*(?:://|=\[)\S*|`[^`]*`|例如 [\d.]+ 或 |/api[a-z0-9/]*"
    r"|\d{4}-\d\d(?:-\d\d)? |Python [\d.]+ |…/|POINTSBANK_…"
)
"""What the rules do not read: tags, addresses, settings, code, and example values."""

_APART = re.compile(r"<[^>]+>|[\s，。；：、！？“”（）《》…·,.:;!?'\"()-]")
SHORT = 7
"""Characters of an entry that is compared with others: of fewer, most are parts of sentences."""

_ENDS = " ，。；：·（）\n"


def faults(text: str) -> Iterator[str]:
    """Yield what is wrong with one entry by itself."""
    plain = _FREE.sub("\0", text)
    for word, instead in WORDS.items():
        if found := re.search(word, plain):
            yield f"“{found[0]}”: write {instead}"
    for what, pattern in PUNCTUATION.items():
        if re.search(pattern, plain):
            yield what


def is_ended(text: str) -> bool:
    """Whether a sentence ends like one; a placeholder at its end may hold the end."""
    return text.rstrip("\n")[-1] in "。！？：}" or text.endswith("……")


def twins(texts: Iterable[str]) -> list[list[str]]:
    """Return entries of the same words that differ in punctuation or spaces within them.

    What they begin or end with may differ: a label has no full stop.
    """
    alike = defaultdict[str, dict[str, str]](dict)
    for text in texts:
        # Beside a placeholder a space depends on what it holds: a path has one, a name has none.
        plain = re.sub(r" *{\w*} *", "{}", re.sub("<[^>]+>", "", text)).strip(_ENDS)
        alike[_APART.sub("", plain)].setdefault(plain, text)
    return [sorted(one.values()) for words, one in alike.items() if len(one) > 1 and len(words) >= SHORT]
