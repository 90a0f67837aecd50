"""Refusals: what a person is told when something cannot be done.

A refusal is a class beside the rule that raises it, with a stable code, one Chinese sentence that says what
to do next, and who can mend it. Defining the class registers it: `every_problem` lists them all, and
`<capability>.problems` (made by `problems_of`) gives those of one capability by name.
"""

import re
import string
import sys
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any, ClassVar, Literal, get_args

from pointsbank.registers import discover, import_all

Mender = Literal["本人", "店员", "村民", "村委", "监督委员会", "管理员"]
"""Who can mend what was refused; 本人 is whoever typed it or may simply look again."""

_MONTH = re.compile(r"(20[0-9]{2})-(0[1-9]|1[0-2])")

_REGISTERED: dict[str, "type[Problem]"] = {}


class Problem(Exception):
    """A refusal told to a person: a stable code and one Chinese sentence saying what to do next.

    A subclass is either a concrete refusal or a family of refusals (`family=True`); nobody raises a family.

    Raises:
        TypeError: a subclass is defined without a code and a sentence of its own, with the code of another
            class, with a sentence that does not end in 。 or a placeholder, or without one who can mend it;
            a refusal is raised without a field that its sentence names.
    """

    code: ClassVar[str] = "problem"
    sentence: ClassVar[str] = "操作没有完成，请稍后再试。"
    fixed_by: ClassVar[Mender]
    placeholders: ClassVar[frozenset[str]] = frozenset()
    family: ClassVar[bool] = True

    def __init_subclass__(cls, *, family: bool = False) -> None:
        """Check code and sentence of a refusal, and register it."""
        lacking = {"code", "sentence"} - vars(cls).keys()
        # A refusal that only narrows another one may keep its sentence.
        if "code" in lacking or (lacking and cls.family):
            raise TypeError(f"{cls.__qualname__} needs {' and '.join(sorted(lacking))} of its own")
        cls.family = family
        if not cls.sentence.endswith(("。", "}")):
            raise TypeError(f"{cls.__qualname__}: its sentence must end in 。 or a placeholder")
        if not family and getattr(cls, "fixed_by", None) not in get_args(Mender):
            raise TypeError(f"{cls.__qualname__} must say in fixed_by who can mend it")
        taken = _REGISTERED.setdefault(cls.code, cls)
        if (taken.__module__, taken.__qualname__) != (cls.__module__, cls.__qualname__):
            raise TypeError(
                f"{cls.__qualname__}: {taken.__module__}.{taken.__qualname__} has the code {cls.code}"
            )
        fields = (field for _, field, _, _ in string.Formatter().parse(cls.sentence))
        cls.placeholders = frozenset(field for field in fields if field)

    def __init__(self, **fields: Any) -> None:
        """Keep the fields that fill the sentence's placeholders."""
        missing = sorted(self.placeholders - fields.keys())
        if missing:
            raise TypeError(f"{type(self).__qualname__} is raised without {', '.join(missing)}")
        self.fields = fields
        super().__init__(self.detail)

    @property
    def detail(self) -> str:
        """Return the sentence with its placeholders filled, days and months as people here write them."""
        filled = {name: _as_written(name, value) for name, value in self.fields.items()}
        return self.sentence.format_map(filled)


def _as_written(name: str, value: Any) -> Any:
    """Return a day as 2026年9月3日, a month as 2026年9月, and all else as it is."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return f"{value.year}年{value.month}月{value.day}日"
    month = _MONTH.fullmatch(value) if name == "month" and isinstance(value, str) else None
    return f"{month[1]}年{int(month[2])}月" if month else value


class Invalid(Problem, family=True):
    """What was typed or sent cannot be understood; nothing was written."""

    code = "invalid"
    sentence = "填写的内容有误，请检查后重新提交。"
    fixed_by: ClassVar[Mender] = "本人"
    at: tuple[str, ...] = ()
    """Names under which what is wrong is sent, the likeliest first: there a page and the API point it out."""

    def __init__(self, *, at: tuple[str, ...] = (), **fields: Any) -> None:
        """Keep the fields, and where one refusal is of several fields the names of the one that is meant."""
        super().__init__(**fields)
        if at:
            self.at = at


class NotAllowed(Problem, family=True):
    """This person may not do this."""

    code = "not_allowed"
    sentence = "您没有这项权限，请联系管理员。"
    fixed_by: ClassVar[Mender] = "管理员"


class NotFound(Problem, family=True):
    """There is no such thing, or it belongs to another village: the two look exactly alike."""

    code = "not_found"
    sentence = "没有找到，请核对后再试。"


class Refused(Problem, family=True):
    """Understood, allowed, but a rule stands against it now."""

    code = "refused"
    sentence = "现在不能这样做，请核对后再试。"


def every_problem() -> list[type[Problem]]:
    """Return every refusal of the program, families left out, ordered by code.

    Imports the whole program first, since a rule may be a file nobody names; not for the start of a program.
    """
    import_all(__name__.rpartition(".")[0])
    return [_REGISTERED[code] for code in sorted(_REGISTERED) if not _REGISTERED[code].family]


def sentence_of(code: str) -> str:
    """Return the sentence of a refusal with … for what it names; the code where nobody has defined it yet.

    Example:
        >>> sentence_of("no_such_code")
        'no_such_code'
    """
    found = _REGISTERED.get(code)
    return code if found is None else re.sub(r"\{\w+\}", "…", found.sentence)


def problems_of(module: str) -> Callable[[str], type[Problem]]:
    """Return the `__getattr__` of a module `<capability>.problems`: refusals of the capability by class name.

    Example:
        ``__getattr__ = problems_of(__name__)`` in ``pointsbank/market/problems.py``, and elsewhere
        ``except market.problems.SoldOut``.
    """
    package = module.rpartition(".")[0]

    def find(name: str) -> type[Problem]:
        found = _defined_in(package, name)
        if found is None and not name.startswith("_"):
            # The rule that defines it may not be imported yet, or be a file that nobody names.
            discover(package)
            found = _defined_in(package, name)
        if found is None:
            raise AttributeError(f"{package} has no refusal {name}")
        setattr(sys.modules[module], name, found)
        return found

    return find


def _defined_in(package: str, name: str) -> type[Problem] | None:
    """Return the registered refusal of this class name defined in a package."""
    of_package: Iterator[type[Problem]] = (
        problem for problem in _REGISTERED.values() if problem.__module__.startswith(f"{package}.")
    )
    return next((problem for problem in of_package if problem.__name__ == name), None)
