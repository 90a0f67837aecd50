"""Lets a module of `pages/` declare itself: its routes with their permission, its tab, what its forms do.

A page is one module with `page = Page()` and its template. Three kinds of view are declared on it:

- `page.get` and `page.post`: a plain Flask view, for whatever the other two do not fit;
- `page.form`: a page that shows a form, drawn when it is opened and again when an action on it is refused;
- `page.action`: one write sent from such a page. Its function runs inside one transaction with the bound form
  and returns the sentence that is flashed. A refusal is kept on the form and nothing is written. A script of
  the page that asks for JSON gets the same sentences as an object, see `scripted`.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from flask import Blueprint, Response, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from pointsbank.labels.tab_group import TAB_GROUP
from pointsbank.web import access, errors, forms, scripted, typed_values
from pointsbank.web.access import Needed
from pointsbank.web.forms import BoundForm, Form

View = TypeVar("View", bound=Callable[..., ResponseReturnValue])
Arguments = ParamSpec("Arguments")


@dataclass(frozen=True)
class Tab:
    """A tab of the village's navigation and a tile of its home page, shown to those who may open the page.

    Args:
        label: the word on the tab.
        purpose: what the page is for, in a few words, as the tile says it.
        after: endpoint of the tab that this one follows; None only for the first.
        icon: name of its drawing, one of `icons.ICONS`.
        group: the job it belongs to, a code of `labels.tab_group`.
    """

    label: str
    purpose: str
    after: str | None = None
    icon: str = "page"
    group: str = "village"
    endpoint: str = ""
    permission: Needed = access.PUBLIC


class SeeOther:
    """Where an action leads when it is done: an endpoint of a page and the sentence flashed there."""

    def __init__(self, endpoint: str, message: str = "", **arguments: str | list[str] | None) -> None:
        """Keep the endpoint's name (without `pages.`), the sentence, and the arguments of `url_for`."""
        self.endpoint, self.message, self.arguments = endpoint, message, arguments

    def address(self) -> str:
        """Return the address of the page."""
        return url_for(f"pages.{self.endpoint}", **self.arguments)  # type: ignore[arg-type]

    def response(self) -> ResponseReturnValue:
        """Flash the sentence and redirect with 303, so that the browser opens the page by GET."""
        if self.message:
            flash(self.message)
        return redirect(self.address(), 303)


@dataclass(frozen=True)
class FormPage:
    """A page that shows a form: its endpoint, its address' arguments, the function that draws it.

    `parts`: the forms that are sent from it, by the action that each is sent to. `beside`: a page whose forms
    this one shows too.
    """

    endpoint: str
    arguments: frozenset[str]
    draw: Callable[..., str | Response]
    beside: "FormPage | None" = None
    parts: dict[str, type[Form]] = field(default_factory=dict)

    def show(self, form: BoundForm, **arguments: str) -> ResponseReturnValue:
        """Draw the page around a form, with the form's status; arguments of other addresses are left out."""
        headers = dict(errors.HEADERS.get(form.status, {}))
        drawn = self.draw(self.carried(form), **self.own(arguments))
        # A file, or the way to another page, has a status of its own.
        return drawn if isinstance(drawn, Response) else (drawn, form.status, headers)

    def carried(self, form: BoundForm) -> BoundForm:
        """Tell a form which others stand on this page, for a view that draws the page by itself."""
        form.parts = {**(self.beside.parts if self.beside else {}), **self.parts}
        return form

    def own(self, arguments: dict[str, str]) -> dict[str, str]:
        """Return the arguments that this page's address takes."""
        return {name: value for name, value in arguments.items() if name in self.arguments}


class Page:
    """What one module of `pages/` declares."""

    def __init__(self) -> None:
        """Begin without routes and tabs."""
        self.tabs: list[Tab] = []
        self._routes: list[tuple[str, str, Callable[..., ResponseReturnValue]]] = []

    def register(self, blueprint: Blueprint) -> None:
        """Add every declared route to the blueprint; an endpoint is named after its function."""
        for method, rule, view in self._routes:
            blueprint.add_url_rule(rule, view.__name__, view, methods=[method])

    def get(
        self, rule: str, permission: Needed, *, tab: Tab | None = None, in_group: bool = False
    ) -> Callable[[View], View]:
        """Declare a page without a form; `in_group` as `access.declare`."""
        return lambda view: self._add("GET", rule, permission, view, tab, in_group=in_group)

    def post(
        self,
        rule: str,
        permission: Needed,
        *,
        form: type[Form] | None = None,
        on: FormPage | None = None,
        in_group: bool = False,
    ) -> Callable[[View], View]:
        """Declare a post that does not follow the usual course of `action`.

        Args:
            form: what the view reads from the post.
            on: the page with the form; None where the view draws it by itself.
            in_group: as `access.declare`.
        """
        return lambda view: self._sent(view, rule, permission, form, on, in_group=in_group)

    def form(
        self,
        rule: str,
        permission: Needed,
        *,
        tab: Tab | None = None,
        beside: FormPage | None = None,
        in_group: bool = False,
    ) -> Callable[[Callable[Concatenate[BoundForm, Arguments], str | Response]], FormPage]:
        """Declare a page that shows forms; the function gets what was sent through one of them and draws it.

        Args:
            beside: a page whose forms this one shows too; a refusal of theirs is shown there.
        """

        def declare(draw: Callable[Concatenate[BoundForm, Arguments], str | Response]) -> FormPage:
            drawn = FormPage(draw.__name__, frozenset(re.findall(r"<(\w+)>", rule)), draw, beside)

            @wraps(draw)
            def view(**arguments: str) -> ResponseReturnValue:
                return drawn.show(forms.unbound(), **arguments)

            self._add("GET", rule, permission, view, tab, in_group=in_group)
            return drawn

        return declare

    def action(
        self,
        rule: str,
        permission: Needed,
        *,
        on: FormPage,
        form: type[Form] | Callable[[], BoundForm] = forms.unbound,
        in_group: bool = False,
    ) -> Callable[[Callable[Concatenate[Session, BoundForm, Arguments], str | SeeOther]], None]:
        """Declare one write sent from a page.

        The function gets the session of one transaction, the valid form and the arguments of the address. It
        returns the sentence that is flashed when `on` is opened again, or a SeeOther that leads elsewhere.

        Args:
            on: the page with the form; after a refusal it is drawn with all that was typed.
            form: what is read from the post, or a function that binds it; without it only the address counts.
        """

        def declare(act: Callable[Concatenate[Session, BoundForm, Arguments], str | SeeOther]) -> None:
            @wraps(act)
            def view(*args: Arguments.args, **arguments: Arguments.kwargs) -> ResponseReturnValue:
                bound = forms.bind(form) if isinstance(form, type) else form()
                done = forms.submit(bound, lambda session: act(session, bound, *args, **arguments))
                given = {name: str(value) for name, value in arguments.items()}
                if done is None:
                    return scripted.refused(bound) if scripted.asks() else on.show(bound, **given)
                if isinstance(done, str):
                    done = SeeOther(on.endpoint, done, **on.own(given))
                return scripted.done(done.message, done.address()) if scripted.asks() else done.response()

            self._sent(view, rule, permission, forms.schema_of(form), on, in_group=in_group)

        return declare

    def _sent(
        self,
        view: View,
        rule: str,
        permission: Needed,
        form: type[Form] | None,
        on: FormPage | None,
        *,
        in_group: bool = False,
    ) -> View:
        """Add a route that is posted to, and its form to the page that shows it."""
        if form is not None and on is not None:
            on.parts[view.__name__] = form
        return self._add("POST", rule, permission, typed_values.declare(view, form), in_group=in_group)

    def _add(
        self,
        method: str,
        rule: str,
        permission: Needed,
        view: View,
        tab: Tab | None = None,
        *,
        in_group: bool = False,
    ) -> View:
        self._routes.append((method, rule, access.declare(view, permission, in_group=in_group)))
        if tab is not None:
            self.tabs.append(replace(tab, endpoint=view.__name__, permission=permission))
        return view


def in_order(tabs: Iterable[Tab]) -> list[Tab]:
    """Return the tabs, job by job (`labels.tab_group`), each behind the one it follows.

    Raises:
        ValueError: a tab follows an endpoint that has no tab.
    """
    followers: dict[str | None, list[Tab]] = {}
    for tab in tabs:
        followers.setdefault(tab.after, []).append(tab)
    ordered: list[Tab] = []

    def place(after: str | None) -> None:
        # Of several tabs behind one, a tab that nothing follows comes first: a new one lands where it says.
        waiting = followers.pop(after, [])
        for tab in sorted(waiting, key=lambda tab: (tab.endpoint in followers, tab.endpoint)):
            ordered.append(tab)
            place(tab.endpoint)

    place(None)
    if followers:
        raise ValueError(f"tabs follow what is no tab: {sorted(map(str, followers))}")
    return sorted(ordered, key=lambda tab: TAB_GROUP.codes.index(tab.group))
