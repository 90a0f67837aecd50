"""The file that anybody may keep and run, `verify.py`; what proof does not cover is said in it alone."""

import ast
from functools import cache
from pathlib import Path

from pointsbank import paths


def verifier_file() -> Path:
    """Return where verify.py lies.

    Example:
        proof.verifier_file().name  # "verify.py"
    """
    return paths.shipped("templates") / "open" / "verify.py"


@cache
def not_covered() -> tuple[str, ...]:
    """Return what no proof shows, one Chinese sentence each, as verify.py says it.

    Raises:
        LookupError: verify.py does not say it any more.

    Example:
        proof.not_covered()[0]  # "记下的事是不是真的：…"
    """
    for node in ast.parse(verifier_file().read_text("utf-8")).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "NOT_COVERED":
            return tuple(chinese for chinese, _ in ast.literal_eval(node.value))
    raise LookupError("NOT_COVERED")
