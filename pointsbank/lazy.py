"""Libraries that take long to load and are seldom needed: loaded when something of them is first used.

A server that is started again must be ready at once, and most requests neither print nor read names aloud.
The import itself stands at the top of its module as ever, under TYPE_CHECKING, where readers and checkers see
it.
"""

from importlib import import_module
from typing import Any

_names: set[str] = set()


class LazyModule:
    """A stand-in for a module, which is imported when one of its attributes is first read.

    Example:
        >>> json = LazyModule("json")
        >>> json.loads("[1]")
        [1]
    """

    def __init__(self, name: str, *, seldom: bool = False) -> None:
        """Remember the dotted name; import nothing yet.

        Args:
            seldom: most servers never use it, so `load_all` leaves it alone.
        """
        self._name = name
        if not seldom:
            _names.add(name)

    def __getattr__(self, attribute: str) -> Any:
        """Import the module, once, and return its attribute."""
        return getattr(import_module(self._name), attribute)


def load_all() -> None:
    """Import every lazy module now, so that nobody imports one while others wait for the transaction.

    Reading names aloud takes 0.3 s to load: the first household entered after a start stopped every till.
    """
    for name in sorted(_names):
        import_module(name)
