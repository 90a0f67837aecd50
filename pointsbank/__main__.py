"""Starts the command line: `python -m pointsbank` and the `pointsbank` command."""

import gc
import sys
from importlib import import_module


def main() -> int:
    """Load the program, run one command, and return its exit status."""
    # What is loaded stays. To look through it for cycles again and again took a sixth of every start, and
    # would take its time from every request later.
    gc.disable()
    command_line = import_module("pointsbank.cli")
    gc.freeze()
    gc.enable()
    return int(command_line.main())


if __name__ == "__main__":
    sys.exit(main())
