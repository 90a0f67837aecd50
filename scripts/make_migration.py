"""Writes the next migration from what the models say and the migrations do not: read it, mend it, test it.

.venv/bin/python -m scripts.make_migration "cards remember who lost them"

Changed CHECK constraints are written too. Every migration ends by making the guards anew, from the models, so
a changed guard is no difference here; but databases in use get it only with a migration: `--guards` writes
one without a step. Otherwise none is written where nothing differs.
"""

import sys
import tempfile
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import renderers
from alembic.autogenerate.api import AutogenContext
from alembic.config import Config
from alembic.operations.ops import DowngradeOps, MigrateOperation, UpgradeOps

from pointsbank import migrating
from pointsbank.database import Database
from pointsbank.drift import RuleDifference, rule_differences
from pointsbank.paths import shipped


class ReplaceChecks(MigrateOperation):
    """A table's CHECK constraints that become others: SQL by name, None for one that goes."""

    def __init__(self, table: str, checks: Mapping[str, str | None]) -> None:
        """Take the table and its constraints."""
        self.table, self.checks = table, checks


@renderers.dispatch_for(ReplaceChecks)
def _render_checks(context: AutogenContext, step: ReplaceChecks) -> str:
    """Return the line that replaces the checks."""
    context.imports.add("from pointsbank.drift import replace_checks")
    return f"replace_checks(op, {step.table!r}, {dict(step.checks)!r})"


def main(message: str, folder: Path | None = None, *, guards: bool = False) -> int:
    """Compare a freshly migrated database with the models and write the difference; 1 if there is none."""
    with tempfile.TemporaryDirectory() as temporary:
        database = Database(f"sqlite:///{Path(temporary, 'empty.sqlite3')}")
        migrating.upgrade(database)
        with database.engine.connect() as connection:
            rules = rule_differences(connection)
        written = _write(database, message, rules, folder, even_empty=guards)
        database.dispose()
    if not written:
        print("nothing to write: the migrations make what the models say; changed guards want --guards")
    return 0 if written else 1


def _write(
    database: Database, message: str, rules: list[RuleDifference], folder: Path | None, *, even_empty: bool
) -> bool:
    """Let Alembic write the migration, with the rules it does not compare; whether there was anything."""
    config = Config()
    config.set_main_option("script_location", str(shipped("migrations")).replace("%", "%%"))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    if folder is not None:
        config.set_main_option("version_locations", f"{shipped('migrations')}/versions;{folder}")
        config.set_main_option("path_separator", ";")
    written = False

    def complete(_context: Any, _revision: Any, directives: list[Any]) -> None:
        nonlocal written
        [script] = directives
        _add(script.upgrade_ops, rules, {rule: rule.in_models for rule in rules})
        _add(script.downgrade_ops, rules, {rule: rule.in_database for rule in rules})
        written = even_empty or not script.upgrade_ops.is_empty()
        if not written:
            directives.clear()

    number = f"{int((migrating.head() or '0')[:4]) + 1:04d}"
    with database.engine.begin() as connection:
        config.attributes["connection"] = connection
        command.revision(
            config,
            message,
            autogenerate=True,
            rev_id=number,
            version_path=None if folder is None else str(folder),
            process_revision_directives=complete,
        )
    return written


def _add(
    steps: UpgradeOps | DowngradeOps, rules: list[RuleDifference], texts: Mapping[RuleDifference, str | None]
) -> None:
    """Add the CHECKs of tables that are neither made nor dropped to the steps; Alembic does not see them."""
    made = {getattr(step, "table_name", "") for step in steps.ops if type(step).__name__.endswith("TableOp")}
    checks: dict[str, dict[str, str | None]] = defaultdict(dict)
    for rule in rules:
        if rule.kind == "check" and rule.table not in made:
            checks[rule.table][rule.name] = texts[rule]
    steps.ops += [ReplaceChecks(table, some) for table, some in checks.items()]


if __name__ == "__main__":
    words = [word for word in sys.argv[1:] if word != "--guards"]
    sys.exit(main(" ".join(words), guards="--guards" in sys.argv))
