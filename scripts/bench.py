"""How fast we are: every figure against the plain driver or library doing the same work, one JSON line each.

.venv/bin/python scripts/bench.py [--quick] [--only NAME] [--data DIR] [--database-url URL]
"""

import argparse
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benching import (  # noqa: E402 - the checkout must be on the path first
    bulk,
    gridded,
    history,
    lists,
    photographing,
    printing,
    redeeming,
    serving,
    uploading,
    verifying,
    villagers,
)
from benching.rounds import Plan, disk  # noqa: E402
from cluster import PostgresMissing  # noqa: E402

FIGURES: dict[str, Callable[[Plan], None]] = {
    "disk": disk,
    "redeem-sqlite": redeeming.sqlite_one,
    "redeem-sqlite-8": redeeming.sqlite_eight,
    "redeem-stub": redeeming.with_a_stub,
    "redeem-postgresql": redeeming.postgresql,
    "redeem-http-sqlite": serving.on_sqlite,
    "redeem-http-postgresql": serving.on_postgresql,
    "settling": bulk.settling,
    "import-roster": bulk.importing_roster,
    "import-scores": bulk.importing_scores,
    "import-memory": bulk.importing_memory,
    "history": history.histories,
    "verify": verifying.verifying,
    "lists": lists.pages,
    "villagers": villagers.beside_tills,
    "grid": gridded.grid,
    "cards": printing.cards,
    "folder": printing.folder,
    **printing.papers(),
    "photos": photographing.photographed,
    "uploads": uploading.beside_tills,
    "uploads-alone": uploading.alone,
    "uploads-photos": uploading.photos_beside_tills,
    "uploads-imports": uploading.imports_beside_tills,
}


def main() -> None:
    """Read the options and print the figures."""
    options = _options()
    folder = options.data.resolve() if options.data else None
    if folder:
        folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="pointsbank-bench-", dir=folder) as made:
        # PostgreSQL's own user has to pass through.
        Path(made).chmod(0o755)
        plan = Plan(
            Path(made), options.rounds or (3 if options.quick else 7), options.quick, options.database_url
        )
        for name in _wanted(options.only):
            try:
                FIGURES[name](plan)
            except PostgresMissing as missing:
                print(f"{name} left out: {missing}", file=sys.stderr, flush=True)


def _wanted(only: str | None) -> list[str]:
    """The figure of this name, else those whose name holds it."""
    return [only] if only in FIGURES else [name for name in FIGURES if only is None or only in name]


def _options() -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small amounts, ends within two minutes")
    parser.add_argument(
        "--only", metavar="NAME", help=f"this figure, or those whose name holds it: {', '.join(FIGURES)}"
    )
    parser.add_argument("--data", type=Path, metavar="DIR", help="a folder on the disk to be measured")
    parser.add_argument("--database-url", metavar="URL", help="an empty PostgreSQL database to use")
    parser.add_argument("--rounds", type=int, metavar="N", help="how often (7; 3 when quick)")
    return parser.parse_args()


if __name__ == "__main__":
    main()
