"""What can go wrong, in four families; each concrete error stands beside the rule that raises it."""

import string
from typing import Any, ClassVar


class _Blank(dict[str, Any]):
    """Leaves a placeholder empty rather than failing while telling somebody about a failure."""

    def __missing__(self, key: str) -> str:
        return ""


class Problem(Exception):
    """Something a person should be told: a stable code and one Chinese sentence saying what to do next."""

    code: ClassVar[str] = "problem"
    sentence: ClassVar[str] = "操作没有完成，请稍后再试。"
    fixed_by: ClassVar[str] = "村委"

    def __init__(self, **fields: Any) -> None:
        """Keep the fields that fill the sentence's placeholders."""
        self.fields = fields
        super().__init__(self.detail)

    @property
    def detail(self) -> str:
        """The sentence with its placeholders filled."""
        return string.Formatter().vformat(self.sentence, (), _Blank(self.fields))


class Invalid(Problem):
    """What was typed or sent cannot be understood; nothing was written."""

    code = "invalid"
    sentence = "填写的内容有误，请检查后重新提交。"


class NotAllowed(Problem):
    """This person may not do this."""

    code = "not_allowed"
    sentence = "您没有这项权限，请联系村管理员。"
    fixed_by = "管理员"


class NotFound(Problem):
    """There is no such thing, or it belongs to another village: the two look exactly alike."""

    code = "not_found"
    sentence = "没有找到，请核对后再试。"


class Refused(Problem):
    """Understood, allowed, but a rule stands against it now."""

    code = "refused"
    sentence = "现在不能这样做，请核对后再试。"
