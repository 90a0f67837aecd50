"""Writes the next migration from what the models say and the migrations do not: read it, mend it, test it.

.venv/bin/python -m scripts.make_migration "cards remember who lost them"
"""

import sys
import tempfile
from pathlib import Path

from alembic import command
from alembic.config import Config

from pointsbank import migrating
from pointsbank.database import Database
from pointsbank.paths import shipped


def main(message: str) -> int:
    """Compare a freshly migrated database with the models and write the difference."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder, 'empty.sqlite3')}")
        migrating.upgrade(database)
        number = f"{int((migrating.head() or '0')[:4]) + 1:04d}"
        config = Config()
        config.set_main_option("script_location", str(shipped("migrations")).replace("%", "%%"))
        config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
        with database.engine.begin() as connection:
            config.attributes["connection"] = connection
            command.revision(config, message, autogenerate=True, rev_id=number)
        database.dispose()
    return 0


if __name__ == "__main__":
    sys.exit(main(" ".join(sys.argv[1:])))
