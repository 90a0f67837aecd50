"""Finds what ships beside the code: beside the package in a checkout, inside it when installed."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def shipped(name: str) -> Path:
    """Return the folder `templates` or `migrations`, wherever this copy of pointsbank keeps it.

    Raises:
        FileNotFoundError: the installation is incomplete.
    """
    for place in (PACKAGE / name, PACKAGE.parent / name):
        if place.is_dir():
            return place
    raise FileNotFoundError(f"{name}/ is missing beside {PACKAGE.name}/: reinstall pointsbank")
