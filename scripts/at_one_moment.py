"""Runs one command of pointsbank while clock and chance stand still: what is drawn of it twice is the same.

    python scripts/at_one_moment.py serve --port 8123

For pictures only: keys and cards that are made so are known to everybody.
"""

import os
import random
import runpy
import sys
from datetime import UTC, datetime

import time_machine

MOMENT = datetime(2026, 11, 2, 2, 0, tzinfo=UTC)
"""The morning after the sample village's last day, when one of its notices still hangs."""


def main() -> None:
    """Run the command that was given, as `python -m pointsbank` would."""
    drawn = random.Random("pictures").randbytes
    # What `secrets`, `uuid` and the database take their chance from.
    for module, name in ((os, "urandom"), (random, "_urandom")):
        setattr(module, name, drawn)
    sys.argv[0] = "pointsbank"
    with time_machine.travel(MOMENT, tick=False):
        runpy.run_module("pointsbank", run_name="__main__")


if __name__ == "__main__":
    main()
