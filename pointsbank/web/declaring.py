"""The permission that each route declares on its view, and how the guard and the matrix read it."""

import functools
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeVar, cast

from flask import Flask

from pointsbank.staff import Permission

View = TypeVar("View", bound=Callable[..., Any])

PUBLIC: Final = "public"
CARD: Final = "card"
"""Of a route that shows a household its own file: open to a telephone on which its card was just scanned."""


@dataclass(frozen=True)
class PermissionByName:
    """The permission of a route that serves many things: by the name in its address.

    Args:
        argument: which part of the address is the name.
        choices: returns every name that this route serves, with the permission it needs.
    """

    argument: str
    choices: Callable[[], Mapping[str, Permission]]


Needed = Permission | Literal["public", "card"] | PermissionByName


def declare(view: View, needed: Needed, *, in_group: bool = False) -> View:
    """Write the permission that a route needs on its view, where the guard reads it.

    Args:
        in_group: open to who has it for a group alone; the view then shows and takes nobody else (`groups`).
    """
    setattr(view, "permission", needed)  # noqa: B010
    setattr(view, "in_group", in_group)  # noqa: B010
    return view


def permission(needed: Permission | PermissionByName) -> Callable[[View], View]:
    """Declare the permission that a route needs."""
    return lambda view: declare(view, needed)


def public(view: View) -> View:
    """Declare that a route is open to everybody."""
    return declare(view, PUBLIC)


def opened(view: Callable[..., Any]) -> Callable[..., Any]:
    """Wrap a library's view (static files, documents) in a public one."""

    @public
    @functools.wraps(view)
    def open_view(*args: Any, **kwargs: Any) -> Any:
        return view(*args, **kwargs)

    return open_view


def declared(view: Callable[..., Any], method: str) -> str | PermissionByName | None:
    """Return the permission declared on a view function, or on that method of a view class."""
    return cast("str | PermissionByName | None", getattr(_answering(view, method), "permission", None))


def is_in_group(view: Callable[..., Any], method: str) -> bool:
    """Return whether a view, or that method of a view class, is open to who leads a group alone."""
    return bool(getattr(_answering(view, method), "in_group", False))


def _answering(view: Callable[..., Any], method: str) -> object:
    place = getattr(view, "view_class", None)
    return view if place is None else getattr(place, method.lower(), None)


def routes(app: Flask) -> Iterator[tuple[str, str, str | None]]:
    """Yield method, rule and declared permission of every route, pages and API, ordered by rule.

    Example:
        ``("GET", "/v/<village>/goods", "goods.view")`` is one of them; `docs/permissions.md` shows all.
    """
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: (rule.rule, rule.endpoint)):
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            needed = declared(app.view_functions[rule.endpoint], method)
            if isinstance(needed, PermissionByName):
                part = re.compile(rf"<(\w+:)?{needed.argument}>")
                for name, each in sorted(needed.choices().items()):
                    yield method, part.sub(name, rule.rule), each
            else:
                yield method, rule.rule, needed
