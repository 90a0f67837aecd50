"""From a fresh checkout to a running site with a village in it. Needs only Python 3.11 or newer.

    python3 scripts/run.py [--host H] [--port N] [--data DIR] [--groups N] [--no-serve]

Started a second time it is quick and changes nothing.
"""

import argparse
import os
import subprocess
import sys
from pathlib import Path

from environment import PYTHON, ROOT, ready, say, speak_anything


def main() -> int:
    """Install, migrate, fill an empty data directory, serve."""
    speak_anything()
    chosen = _arguments()
    ready()
    environment = {**os.environ, "POINTSBANK_DATA": str(chosen.data.resolve()), "PYTHONUTF8": "1"}
    address = [
        *(("--host", chosen.host) if chosen.host else ()),
        *(("--port", str(chosen.port)) if chosen.port else ()),
    ]
    # A database that is there is never filled, and asking it would only make the second start slower.
    steps = [["db", "upgrade"]]
    if not _holds_something(chosen.data / "pointsbank.sqlite3"):
        few = ("--groups", str(chosen.groups)) if chosen.groups else ()
        steps.insert(0, ["sample", "load", "--if-empty", *address, *few])
    for step in steps:
        code = _pointsbank(step, environment)
        if code:
            return code
    if chosen.no_serve:
        say("完成。去掉 --no-serve 再运行一次就会开始服务。")
        return 0
    return _serve(["serve", *address], environment)


def _holds_something(file: Path) -> bool:
    """Whether there is a database; one that was only opened, never written, is an empty file."""
    return file.exists() and file.stat().st_size > 0


def _arguments() -> argparse.Namespace:
    """What was asked for on the command line."""
    parser = argparse.ArgumentParser(description="积分银行：安装、准备数据并启动。")
    parser.add_argument("--host", help="监听地址，默认 127.0.0.1。")
    parser.add_argument("--port", type=int, help="端口，默认8000。")
    parser.add_argument("--data", type=Path, default=ROOT / "data", help="数据目录，默认 data。")
    parser.add_argument("--groups", type=int, help="示例村只建前几个组，装得快，默认全部20个组。")
    parser.add_argument("--no-serve", action="store_true", help="只准备，不启动服务。")
    return parser.parse_args()


def _pointsbank(arguments: list[str], environment: dict[str, str]) -> int:
    """Run one verb of the command line and wait for it."""
    return subprocess.run([str(PYTHON), "-m", "pointsbank", *arguments], env=environment, cwd=ROOT).returncode


def _serve(arguments: list[str], environment: dict[str, str]) -> int:
    """Become the server, so that whoever stops us stops it; Windows has no such thing and waits instead."""
    if os.name != "nt":
        os.chdir(ROOT)
        os.execve(PYTHON, [str(PYTHON), "-m", "pointsbank", *arguments], environment)
    try:
        return _pointsbank(arguments, environment)
    except KeyboardInterrupt:
        return 0


if __name__ == "__main__":
    sys.exit(main())
