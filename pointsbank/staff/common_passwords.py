"""Which passwords are guessed first: a rule of our own over what people in a village put together.

A password is cut into the cheapest pieces: a common word, a name, a syllable of pinyin, a walk over the
keyboard, a repeat or a date costs little however long it is, a digit half of any other character. What costs
less than eight free letters is refused. So `jifenyinhang2026` falls and so does a telephone number, six
unrelated syllables stand, and nobody has to put a capital and a sign anywhere.
"""

import re
from collections.abc import Iterable
from functools import cache
from itertools import product
from typing import TYPE_CHECKING

from pointsbank.errors import Invalid
from pointsbank.lazy import LazyModule
from pointsbank.text import narrow

if TYPE_CHECKING:
    import pypinyin
else:
    pypinyin = LazyModule("pypinyin")

NEEDED = 16
"""What a password must cost: as much as eight letters of no word."""
_LETTER, _DIGIT, _PIECE = 2, 1, 3

_PROGRAM = """
pointsbank points point bank jifenyinhang jifen yinhang jifenka jifenzhi jifenguanli jifenduihuan wenming
wenmingcun wenmingchaoshi chaoshi xiaomaibu shangdian dianyuan dianzhang shouyin shouyinyuan duihuan saoma
erweima hongbang heibang paihangbang gongshi pingyi pingyihui jiancha jiandu
"""
_VILLAGE = """
cunzi cunwei cunweihui cunmin cunmindahui cunzhang zhishu shuji dangzhibu dangyuan zhibu xiaozu zuzhang china
zhongguo beijing xiangcun xiangcunzhenxing zhenxing meilixiangcun fuwu renmin weirenminfuwu guanliyuan guanli
kuaiji chuna wenshu fuzhuren zhuren laoshi village county admin administrator root user guest test tester
manager operator staff clerk committee supervisor system sample
"""
_EVERYBODY = """
password passwd pass pwd mima wodemima secret login denglu welcome huanying hello nihao love iloveyou woaini
woaizhongguo woaiwojia jiating baobao baobei laopo laogong mama baba xiaoming abc money facai gongxifacai
fuqi pingan jiankang kuaile shengri xinnian chunjie dragon monkey tiger sunshine princess football weixin
wechat alipay zhifubao taobao letmein master access computer internet windows changeme default temp temporary
chushi chushimima linshi whatever nothing something anything everything trust trustno baseball basketball
softball volleyball soccer hockey tennis golf starwars star wars jesus christ jesuschrist batman superman
spiderman pokemon naruto michael jordan jessica jennifer ashley charlie daniel thomas summer winter spring
autumn flower family freedom forever friends lovely angel shadow killer hunter ranger pepper cookie cheese
banana orange purple chocolate samsung huawei xiaomi apple google facebook mustang ferrari mercedes yankees
"""
WORDS = frozenset(f"{_PROGRAM}{_VILLAGE}{_EVERYBODY}".split())
"""The program and what it is for, the village and its offices, and what everybody types first."""

_INITIALS = "b p m f d t n l g k h j q x zh ch sh r z c s y w"
_FINALS = """
a o e ai ei ao ou an en ang eng ong i ia ie iao iu ian in iang ing iong u ua uo uai ui uan un uang ue v
"""
_BARE = frozenset(["a", "ai", "an", "ang", "ao", "er", "en"])
SYLLABLES = _BARE | frozenset(map("".join, product(_INITIALS.split(), _FINALS.split())))
"""Syllables of pinyin, and some that it does not have; none of those is a password either."""

_ROWS = (
    "1234567890",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
    "qazwsxedcrfvtgbyhnujmikolp",
    "147258369",
    "abcdefghijklmnopqrstuvwxyz",
    "~!@#$%^&*()_+",
)
_DAY = r"(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])"
_YEAR = re.compile(rf"(19|20)\d\d({_DAY}|0[1-9]|1[0-2])?|\d\d{_DAY}")
_LIKE = str.maketrans("013457@$!", "oieastasi")
_LONGEST = 24


class PasswordCommon(Invalid):
    """The password is put together from what is guessed first."""

    code = "password_common"
    sentence = (
        "这个密码太容易猜到：去掉常用词、人名、村名、拼音、年份和键盘上相连的字符，剩下的不够。"
        "请用几个互不相干的词，别用本村和自己的名字。"
    )
    fixed_by = "本人"
    at = ("password", "new")


def check_uncommon(password: str, *, names: Iterable[str] = ()) -> None:
    """Raise if a password is among what is guessed first.

    Args:
        names: of the village, of its people, their logins: each is a common word here, in pinyin too.

    Raises:
        PasswordCommon: it costs a guesser less than eight free letters.

    Example:
        >>> check_uncommon("chuanghu maotouying lajiao 57")  # stands; "jifenyinhang2026" is refused
    """
    if cost(password, names=names) < NEEDED:
        raise PasswordCommon()


def cost(password: str, *, names: Iterable[str] = ()) -> int:
    """Return what a password costs a guesser: 2 a free letter, 1 a digit, 3 a piece that is known.

    Example:
        >>> cost("pointsbank"), cost("k7#mQz!p"), cost("wangwei1985", names=["王伟"])
        (3, 15, 6)
    """
    typed = narrow(password).lower()
    known = WORDS | names_in_passwords(names)
    # The cheapest way to the beginning of each length.
    cheapest = [0]
    for end in range(1, len(typed) + 1):
        ways = [cheapest[end - 1] + (_DIGIT if typed[end - 1].isdigit() else _LETTER)]
        for start in range(max(0, end - _LONGEST), end - 1):
            if cheapest[start] + _PIECE < min(ways) and _is_known(typed[start:end], known):
                ways.append(cheapest[start] + _PIECE)
        cheapest.append(min(ways))
    return cheapest[-1]


def names_in_passwords(names: Iterable[str]) -> frozenset[str]:
    """Return how names are typed: as they are, in pinyin, without the first or last syllable, by initials.

    Example:
        >>> sorted(names_in_passwords(["茶源村"]))
        ['chayuan', 'chayuancun', 'cyc', 'yuancun', '茶源村']
    """
    found: set[str] = set()
    for name in names:
        syllables = _syllables(name.strip())
        found |= {name.strip().lower(), "".join(syllables), "".join(each[:1] for each in syllables)}
        found |= {"".join(syllables[:-1]), "".join(syllables[1:])}
    return frozenset(word for word in found if len(word) > 2)


@cache
def _syllables(name: str) -> list[str]:
    if name.isascii():
        return [name.lower()]
    return list(pypinyin.lazy_pinyin(name.lower()))


def _is_known(piece: str, known: frozenset[str]) -> bool:
    """Return whether a piece of at least two characters is one that guessers have in their lists."""
    plain = piece.translate(_LIKE)
    if piece in known or plain in known or piece[::-1] in known:
        return True
    if piece in SYLLABLES:
        return True
    if len(piece) < 3:
        return False
    return _is_walk(piece) or _repeats(piece) or _is_two_walks(piece) or bool(_YEAR.fullmatch(piece))


def _is_walk(piece: str) -> bool:
    return any(piece in row or piece in row[::-1] for row in _ROWS)


def _is_two_walks(piece: str) -> bool:
    """Return whether every other character is a walk, and the others too, as in a1b2c3."""
    return len(piece) >= 5 and all(_is_walk(part) or _repeats(part) for part in (piece[::2], piece[1::2]))


def _repeats(piece: str) -> bool:
    """Return whether a piece is one to four characters again and again, or a longer one twice."""
    size = len(piece)
    if size >= 10 and size % 2 == 0 and piece[: size // 2] == piece[size // 2 :]:
        return True
    return any(size >= 2 * part and piece == (piece[:part] * size)[:size] for part in range(1, 5))
