"""An example of a sheet with other words in the place of those that people typed."""

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any

from pointsbank.law import Cleared
from pointsbank.text import Replaceable


def retyped(value: Any, change: Callable[[str], str], *, also_plain: bool = False) -> Any:
    """The value with every name and every cleared text exchanged; what has Chinese in it too, if asked."""
    if isinstance(value, Replaceable):
        return type(value)(change(value), value.instead)
    if isinstance(value, Cleared) or (also_plain and isinstance(value, str) and _is_chinese(value)):
        return str.__new__(type(value), change(value))
    if isinstance(value, tuple) and not hasattr(value, "_fields"):
        return tuple(retyped(part, change, also_plain=also_plain) for part in value)
    if is_dataclass(value) and not isinstance(value, type):
        changed = {
            field.name: retyped(getattr(value, field.name), change, also_plain=also_plain)
            for field in fields(value)
        }
        return replace(value, **changed)
    return value


def _is_chinese(text: str) -> bool:
    return not isinstance(text, Enum) and any("\u4e00" <= one <= "\u9fff" for one in text)
