"""Imports every models module, so that the metadata is whole, and gathers the guards that stand on it."""

import importlib
from pathlib import Path

from sqlalchemy.engine import Connection
from sqlmodel import SQLModel

from pointsbank.guards import Guard, replace_guards

GUARDS: list[Guard] = []
for _path in sorted(Path(__file__).parent.glob("*/models.py")):
    _module = importlib.import_module(f"pointsbank.{_path.parent.name}.models")
    GUARDS.extend(getattr(_module, "GUARDS", ()))

metadata = SQLModel.metadata


def make_guards(connection: Connection) -> None:
    """Make every guard anew; ends every migration."""
    replace_guards(connection, GUARDS)
