"""Libraries that take long to load and are seldom needed: loaded when something of them is first used.

A server that is started again must be ready at once, and a till neither prints nor reads names aloud. The
import itself stands at the top of its module as ever, under TYPE_CHECKING, where readers and checkers see it.
"""

from importlib import import_module
from typing import Any


class Late:
    """Stands for a module until something is asked of it."""

    def __init__(self, name: str) -> None:
        """Say which module is meant; it is not loaded yet."""
        self._name = name

    def __getattr__(self, attribute: str) -> Any:
        """What the module calls by that name."""
        return getattr(import_module(self._name), attribute)
