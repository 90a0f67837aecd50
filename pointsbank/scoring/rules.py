"""Which rule held on which day: the adopted versions of a scheme with their items. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from pointsbank.scoring.values import Item, Scheme


@dataclass(frozen=True, slots=True)
class Rulebook:
    """Adopted versions, oldest first, with their items by code: which rule held on which day."""

    schemes: tuple[Scheme, ...]
    items: Mapping[str, Mapping[str, Item]]
    _on: dict[date, Mapping[str, Item] | None] = field(default_factory=dict, compare=False, repr=False)
    _titled: dict[tuple[int, Callable[[str], str]], Mapping[str, Sequence[Item]]] = field(
        default_factory=dict, compare=False, repr=False
    )

    def scheme_on(self, day: date) -> Scheme | None:
        """Return the version in force on a day; of two from the same day the later one."""
        begun = [scheme for scheme in self.schemes if scheme.from_date and scheme.from_date <= day]
        return max(begun, key=lambda scheme: (scheme.from_date, scheme.version), default=None)

    def items_on(self, day: date) -> Mapping[str, Item] | None:
        """Return the items in force on a day by code; None when no scheme was adopted yet."""
        # Many deeds share a few days.
        if day not in self._on:
            scheme = self.scheme_on(day)
            self._on[day] = None if scheme is None else self.items.get(scheme.id, {})
        return self._on[day]

    def titled_on(self, day: date, spelling: Callable[[str], str] = str) -> Mapping[str, Sequence[Item]]:
        """Return the items in force on a day by title, of which some may be alike.

        Args:
            spelling: makes titles alike that are written in several ways.
        """
        items = self.items_on(day) or {}
        # Ten thousand rows that name two thousand items would be compared twenty million times.
        key = id(items), spelling
        if items and key not in self._titled:
            titled: dict[str, list[Item]] = {}
            for item in items.values():
                titled.setdefault(spelling(item.title), []).append(item)
            self._titled[key] = titled
        return self._titled.get(key, {})
