"""A choice that people make on a page: of a closed list, by its Chinese names."""

from typing import Any

from pointsbank.labels import Labels
from pointsbank.schemas.fields import Choice


class Select(Choice):
    """One code of a closed list; pages offer its name, and a refusal tells what may be chosen by name."""

    default_error_messages = {"invalid": "没有这个选项，只能选：{choices}。"}  # noqa: RUF012 - read from the class

    def __init__(self, family: Labels, *codes: str, **options: Any) -> None:
        """Take the list, and those of its codes that are on offer, in order; none given are all.

        Raises:
            ValueError: a code is not in the list.
        """
        strange = set(codes) - set(family.codes)
        if strange:
            raise ValueError(f"{family.family} has no {sorted(strange)}")
        super().__init__(*(codes or family.codes), **options)
        self.family = family

    @property
    def options(self) -> list[tuple[str, str]]:
        """What is on offer: each code with its name."""
        return [(code, self.family.name(code)) for code in self.choices]

    def read(self, value: Any) -> str:
        """Return the code; raises ValidationError, as a post does that no page of ours sends."""
        if value not in self.choices:
            raise self.make_error("invalid", choices="、".join(name for _, name in self.options))
        return str(value)
