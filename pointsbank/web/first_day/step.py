"""One step of a village's first day, and the facts by which it is seen to be done."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from pointsbank.public_address import Reach
from pointsbank.staff import Permission, Role


@dataclass(frozen=True, slots=True)
class Facts:
    """What a village has so far.

    Attributes:
        telephones: the village's number and that for complaints; empty where there is none.
        has_people: somebody is in the roster.
        scheme: the rules: "", "draft" or "adopted".
        has_goods: something is offered.
        missing: roles that nobody fills, of the least staff.
        reach: who can open the address that goes into the codes.
        cards: the states in which there are cards.
    """

    telephones: tuple[str, str] = ("", "")
    has_people: bool = False
    scheme: str = ""
    has_goods: bool = False
    missing: tuple[Role, ...] = ()
    reach: Reach = Reach.THIS_MACHINE
    cards: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step, declared in a module of `steps` as `STEP`.

    Attributes:
        order: its place among the steps, from 1.
        title: what is to be made, in a word or two.
        purpose: what for, and what one needs at hand, in one sentence.
        permission: who takes it.
        endpoint: the page on which it is taken; `arguments` are those of its address beside the village.
        pages: further pages that belong to it.
        imports: the import, by name, whose pages belong to it.
        is_done: whether these facts show it to be done; asks nobody else.
        state: what is there already though it is not done, in words; empty where nothing is.
    """

    order: int
    title: str
    purpose: str
    permission: Permission
    endpoint: str
    is_done: Callable[[Facts], bool]
    arguments: Mapping[str, str] = field(default_factory=dict)
    pages: frozenset[str] = frozenset()
    imports: str = ""
    state: Callable[[Facts], str] = lambda _facts: ""

    def is_taken_on(self, endpoint: str, arguments: Mapping[str, str]) -> bool:
        """Return whether a page, with the arguments of its address, belongs to the step."""
        if "what" in arguments:
            return arguments["what"] == self.imports
        return endpoint == self.endpoint or endpoint in self.pages
