"""The register of steps, and how far a village has come with them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from pointsbank.registers import discover
from pointsbank.web.first_day.step import Facts, Step


@dataclass(frozen=True, slots=True)
class Course:
    """How far a village has come: its steps with whether each is done, and the one on the page shown."""

    steps: tuple[tuple[Step, bool], ...]
    facts: Facts
    here: Step | None = None

    @property
    def done(self) -> int:
        """How many steps are done."""
        return sum(is_done for _, is_done in self.steps)

    @property
    def missing(self) -> list[Step]:
        """The steps that are not done, in order."""
        return [step for step, is_done in self.steps if not is_done]

    @property
    def next(self) -> Step | None:
        """The next step to take: the first missing one behind that of this page, else the first of all."""
        behind = [step for step in self.missing if self.here is None or step.order > self.here.order]
        left = [step for step in [*behind, *self.missing] if step is not self.here]
        return left[0] if left else None

    @property
    def is_here_done(self) -> bool:
        """Whether the step of the page shown is done."""
        return self.here is not None and self.here not in self.missing


@cache
def every() -> tuple[Step, ...]:
    """Return all steps, in order.

    Raises:
        AttributeError: a module of `steps` declares none.

    Example:
        [step.title for step in first_day.every()]  # ["村", "花名册", "积分细则", …]
    """
    found: list[Step] = [module.STEP for module in discover("pointsbank.web.first_day.steps")]
    return tuple(sorted(found, key=lambda step: step.order))


def course(facts: Facts, *, endpoint: str = "", arguments: Mapping[str, str] | None = None) -> Course:
    """Return how far a village has come, seen from a page.

    Args:
        endpoint: the page's, without `pages.`.
        arguments: those of its address.

    Example:
        first_day.course(facts).done  # 3
    """
    here = step_on(endpoint, arguments or {})
    return Course(tuple((step, step.is_done(facts)) for step in every()), facts, here)


def step_on(endpoint: str, arguments: Mapping[str, str]) -> Step | None:
    """Return the step to which a page belongs; None where it belongs to none.

    Example:
        first_day.step_on("goods", {})
    """
    return next((step for step in every() if step.is_taken_on(endpoint, arguments)), None)
