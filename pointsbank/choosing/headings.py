"""Whether a heading in another language may be printed, and would be drawn as it is written."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from sqlmodel import Session

from pointsbank import governing, law
from pointsbank.choosing.register import Value
from pointsbank.errors import Invalid
from pointsbank.law import Use
from pointsbank.lazy import LazyModule
from pointsbank.villages import Heading, Setting

if TYPE_CHECKING:
    from pointsbank import printing
else:
    printing = LazyModule("pointsbank.printing", seldom=True)


class HeadingUnjoined(Invalid):
    """Its letters join or stack, and would stand one beside the other: that is not the word."""

    code = "heading_unjoined"
    sentence = (
        "“{characters}”是{scripts}，要连写或叠写，本程序画不对，所以不印。请改用拉丁字母的写法，或者留空。"
    )
    fixed_by = "管理员"
    at = ("value",)


class HeadingUndrawn(Invalid):
    """No font at hand draws it."""

    code = "heading_undrawn"
    sentence = (
        "现有字体画不出{scripts}（{characters}）。请管理员找一个有这种文字的 .ttf 字体文件，"
        "先用 pointsbank fonts try 看样张，再写进 pointsbank.toml 的 fonts，重新启动后再设。"
    )
    fixed_by = "管理员"
    at = ("value",)


def check_heading(
    session: Session, setting: Setting, value: Value, *, village: str, lacking: Callable[[str], str]
) -> None:
    """Refuse a heading that may not hang or cannot be drawn; other settings pass.

    Args:
        lacking: returns the characters of a text that no font draws.

    Raises:
        Wording, NamesSomebody: it holds what the law keeps private, or names somebody; as `law.check`.
        HeadingUnjoined: it is in a script that is never drawn.
        HeadingUndrawn: a font for it is missing.
    """
    if not isinstance(setting, Heading) or not value:
        return
    words = str(value)
    people = governing.named_people(session, village=village)
    law.check(words, Use.HEADING, field=setting.label, people=people, at=("value",))
    astray = "".join(dict.fromkeys(one for one in words if not printing.is_set_alone(one)))
    if astray:
        raise HeadingUnjoined(characters=_letters(words, astray), scripts=_scripts(astray))
    if missing := lacking(words):
        raise HeadingUndrawn(characters=missing, scripts=_scripts(missing))


def _letters(words: str, astray: str) -> str:
    """Return what stands wrongly as it is read: a mark with the letter before it."""
    found = [
        words[max(0, place - 1) : place + 1] if printing.script_of(one) == "Zinh" else one
        for place, one in enumerate(words)
        if one in astray
    ]
    return "".join(dict.fromkeys(found))


def _scripts(characters: str) -> str:
    """Return the scripts of some characters in words."""
    return "、".join(dict.fromkeys(printing.script_in_words(printing.script_of(one)) for one in characters))
