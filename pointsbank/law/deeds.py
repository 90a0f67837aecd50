"""Deeds in which a private word harms nobody: somebody else is helped, or people are told of a danger.

帮扶残疾邻居 tells of a deed, 残疾家庭 what a household is. A deed of help is believed only in the title of
an item that gives points, and never about one's own family. In what is written about one household it is not
believed: in a village everybody knows who that neighbour is.
"""

import re
from dataclasses import dataclass

_CLAUSE = "[^，。；！？,;!?]"
_REST = re.compile(f"{_CLAUSE}*")
_FAMILY = re.compile(
    "自家|自己|本户|家中|家里|家人|父|母|爸|妈|爷爷|奶奶|公婆|婆婆|公公|岳|妻|丈夫|老公|老婆|媳妇|儿子|女儿|儿媳|子女"
    "|孙子|孙女|外孙|兄弟|姐妹|哥|弟|姐|妹|爱人|配偶|老伴|亲属|亲人|家属|亲戚"
)
_NO_KIN = re.compile("(?:与自己)?(?:无|没有|非)[^，。；]{0,6}?(?:血缘|亲缘|亲属)(?:或?(?:亲缘|亲属))?关系")
_HELPS = (
    "帮扶|帮助|帮忙|帮|扶助|扶持|资助|捐助|援助|照料|照顾|照护|照看|看护|护理|看望|探望|关爱|关心|关怀|慰问|陪护|陪伴|陪同|陪|打扫"
    "|接送|护送|送邻居|服务|走访|结对|代办|代购|送餐|义诊|辅导|托管|助残|协助"
)
_FOR = (
    f"(?:为|给|替|向){_CLAUSE}{{1,14}}?(?:服务|送|提供|打扫|清扫|清洗|洗|修|理发|代|捐|购|办|搬|收割|做|讲)"
)
_NOT = "(?<![不未没无拒])(?<!不愿)(?<!拒绝)(?<!享受)(?<!接受)(?<!得到)"
_AFTER = (
    "(?:人|者|户|员|老人|家庭|儿童|群众|对象|群体)?"
    "(?:的|进行|开展|给予|房屋|生活|日常|结对|志愿|上门|定期){0,3}"
)


@dataclass(frozen=True, slots=True)
class Harmless:
    """A kind of deed by its wording: what stands before the private word, or after it."""

    before: re.Pattern[str]
    after: re.Pattern[str]
    uses: frozenset[str]
    not_own: bool = False

    def excuses(self, text: str, first: int, end: int, use: str) -> bool:
        """Return whether the word text[first:end] stands within such a deed."""
        if use not in self.uses:
            return False
        return self._stands_before(text, first, end) or self._stands_after(text, end)

    def _stands_before(self, text: str, first: int, end: int) -> bool:
        """Return whether the deed begins before the word and is about nobody of one's own family."""
        for match in self.before.finditer(text):
            if match.start() < first and end <= match.end():
                rest = _REST.match(text, end)
                about = text[match.start() : rest.end() if rest else end]
                return not (self.not_own and _FAMILY.search(_NO_KIN.sub("", about)))
        return False

    def _stands_after(self, text: str, end: int) -> bool:
        """Return whether the deed's verb follows the word."""
        return self.after.match(text, end) is not None


HELP = Harmless(
    before=re.compile(f"{_NOT}(?:(?:{_HELPS}){_CLAUSE}{{0,20}}|{_FOR}{_CLAUSE}{{0,8}})"),
    after=re.compile(f"{_AFTER}(?:帮扶|关爱|慰问|走访|服务|志愿服务|修缮|助学)"),
    uses=frozenset({"deed", "team"}),
    not_own=True,
)
"""Somebody who is not of the family is helped."""

# Whoever attends a talk about a danger is not in it; whoever attends 戒毒康复教育 is.
PUBLICITY = Harmless(
    before=re.compile(
        f"(?:参加|参与|组织|开展|协助|配合|做好|举办)(?:(?!戒毒|戒赌|矫正|帮教){_CLAUSE}){{0,16}}"
        "(?:宣传|宣讲|教育|讲座|培训|演练|劝导|知识|课堂)"
    ),
    after=re.compile(f"{_CLAUSE}{{0,6}}?(?:宣传|宣讲|讲座|知识)"),
    uses=frozenset({"deed", "fact", "heading", "group", "team"}),
)
"""People are told of a danger."""
