"""What an import did, or would do, and how people are told: the same words on a page and on the screen."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What an import did, or with `dry_run` would do: rows that were new, changed something or nothing.

    `found` says in sentences what of the file was read, and how; `warnings` what should be looked at.
    """

    added: int
    changed: int = 0
    unchanged: int
    ignored_columns: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    found: list[str] = field(default_factory=list)


def notes_of(result: Imported) -> list[str]:
    """Return what people are told of an import beside its counts: what was found, what was left, warnings."""
    ignored = [f"没有用到的列：{'、'.join(result.ignored_columns)}。"] if result.ignored_columns else []
    return [*result.found, *ignored, *map(str, result.warnings)]


def counts_of(result: Imported) -> str:
    """Return how many rows were new, changed something or nothing.

    Example:
        >>> counts_of(Imported(added=2, unchanged=1)), counts_of(Imported(added=0, unchanged=3))
        ('新增2，更改0，未变1。', '没有变化：3行与现有内容相同。')
    """
    removed = getattr(result, "removed", 0)
    if result.added or result.changed or removed:
        gone = f"，去掉{removed}" if removed else ""
        return f"新增{result.added}，更改{result.changed}，未变{result.unchanged}{gone}。"
    return f"没有变化：{result.unchanged}行与现有内容相同。"
