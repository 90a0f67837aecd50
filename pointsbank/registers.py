"""Finds the modules of a package, so that a kind of thing is one file that declares itself.

A register is a package whose modules each declare one thing (an item shape, a printed sheet, a page). Whoever
lists such things calls `discover` and loops over what was declared; nothing is named a second time.
"""

import importlib
import pkgutil
from types import ModuleType


def import_all(package: str) -> None:
    """Import every module of a package and of the packages inside it, but those that start a program.

    Args:
        package: dotted name of the package, e.g. ``"pointsbank"``.

    Raises:
        ImportError: something that one of the modules imports is not there.
    """
    found = importlib.import_module(package)
    for module in pkgutil.walk_packages(found.__path__, f"{package}."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)


def discover(package: str) -> list[ModuleType]:
    """Import every module directly inside a package and return them, ordered by name.

    Args:
        package: dotted name of the package, e.g. ``"pointsbank.sheets"``.

    Raises:
        ImportError: the package, or something that one of its modules imports, is not there.
    """
    found = importlib.import_module(package)
    names = sorted(module.name for module in pkgutil.iter_modules(found.__path__))
    return [importlib.import_module(f"{package}.{name}") for name in names]
