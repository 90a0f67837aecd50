"""Lets `python -m pointsbank` do what the `pointsbank` command does."""

import sys

from pointsbank.cli import main

if __name__ == "__main__":
    sys.exit(main())
