"""Takes a check out of the program, for the length of a test: what it kept out must then get in."""

import inspect
import textwrap
from types import FunctionType
from typing import Any

import pytest


def take_out(monkeypatch: pytest.MonkeyPatch, function: Any, check: str, instead: str = "") -> None:
    """Run a function of the program without one piece of its text, wherever it is called from.

    Fails if the text is not in it once: a control of a check that is no longer there proves nothing.
    """
    assert isinstance(function, FunctionType)
    source = textwrap.dedent(inspect.getsource(function))
    assert source.count(check) == 1, f"{function.__name__} has no such text, or has it twice: {check}"
    made: dict[str, Any] = {}
    code = compile(source.replace(check, instead), inspect.getfile(function), "exec")
    exec(code, function.__globals__, made)
    monkeypatch.setattr(function, "__code__", made[function.__name__].__code__)
