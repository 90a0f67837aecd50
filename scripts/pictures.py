"""Makes every picture of the documents and of the help, from the sample village, as people see it.

    python3 scripts/pictures.py

Needs Chromium and pdftoppm; what is drawn: `picturing.py`. Look at what changed before you commit it.
"""

import os
import subprocess
import sys
from pathlib import Path

from environment import PYTHON, ready, speak_anything


def main() -> int:
    """Draw them all, in our own environment: the browser's driver lies there."""
    speak_anything()
    ready("dev")
    drawing = Path(__file__).with_name("picturing.py")
    return subprocess.run([str(PYTHON), str(drawing)], env={**os.environ, "PYTHONUTF8": "1"}).returncode


if __name__ == "__main__":
    sys.exit(main())
