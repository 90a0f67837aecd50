"""What a page showed when it was opened: who replaces it later is stopped where somebody else was first.

A form that puts a whole in place of another (a table of rules, a set of roles, a name) carries a seal of what
its page showed. The seal it is drawn with the next time is that of now: who looked and sends again is heard.
See docs/decisions/1702-who-replaces-has-seen.md.
"""

import hashlib

from pointsbank.errors import Refused
from pointsbank.schemas.fields import Text


class ChangedMeanwhile(Refused):
    """Somebody changed what a form replaces after its page was opened."""

    code = "changed_meanwhile"
    sentence = "打开这一页以后，{what}已经被改过，什么也没有写入。请先核对现在的，还要改的再提交一次。"
    fixed_by = "本人"


class Seal(Text):
    """The seal that a page was drawn with; programs that fill in the form by themselves have none."""

    own_words = False

    def __init__(self) -> None:
        """Take what `seal` makes."""
        super().__init__(maximum=32, load_default=None)


def seal(*shown: object) -> str:
    """Return 32 characters that differ where what is shown differs.

    Example:
        >>> seal("一组") == seal("一组"), seal("一组") == seal("二组")
        (True, False)
    """
    return hashlib.sha256(repr(shown).encode()).hexdigest()[:32]


def check(sent: str | None, now: str, *, what: str) -> None:
    """Refuse to go on where what a page showed is no longer so.

    Args:
        sent: the seal that came with the form; None from whom sends none.
        now: the seal of what stands there now.
        what: what it is, in words.

    Raises:
        ChangedMeanwhile: it is no longer so.

    Example:
        seen.check(form.data["seen"], seen.seal(group.name), what="组名")
    """
    if sent is not None and sent != now:
        raise ChangedMeanwhile(what=what)
