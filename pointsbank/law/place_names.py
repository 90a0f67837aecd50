"""Words of real places and institutions that say nothing of who lives or works there: 寡妇桥, 天主堂, 幼儿园.

A group of people is no place, but it is often called after one. Only what is listed here is passed over.
"""

import re
from dataclasses import replace

from pointsbank.law.folding import Folded

_COUNTRY = "[山岭冲湾塆坪桥井塘沟坡坳垭岗寨洞屯潭河溪垸垄坝坟庵庙坑垱畈]"
_CALLED_AFTER = (
    "教堂|和尚|尼姑|道士|寡[妇婆]|光棍|哑[巴子]|聋子|瘸子|癞子|疯子|监狱"
    "|劳改|娃娃|病马|五保|孤儿|赌坊|贼佬?|[回苗瑶壮侗]民"
)
_BUILDINGS = (
    "天主堂|福音堂|教堂|清真寺|回民[街巷路]|幼儿园|残疾人(?:协会|联合会|之家)|残联|禁毒(?=志愿|服务|工作)"
)
_STANDING = re.compile(f"(?:{_CALLED_AFTER}){_COUNTRY}|{_BUILDINGS}")


def without_places(text: Folded) -> Folded:
    """Return a name as the rules read it: without the words of real places in it.

    Example:
        >>> from pointsbank.law.folding import fold
        >>> [without_places(fold(name)).words for name in ("寡妇桥组", "寡妇组")]
        ['，组', '寡妇组']
    """
    return replace(text, words=_STANDING.sub("，", text.words))
