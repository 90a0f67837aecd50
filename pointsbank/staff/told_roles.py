"""What an entry about somebody's roles says of the rows: each role that counts in the village, or counted."""

from collections.abc import Iterator

from pointsbank.naming import Stated, Words
from pointsbank.staff.places import scope_of
from pointsbank.staff.seats import seat_of


def stated_of_roles(words: Words) -> Iterator[Stated]:
    """Yield the roles that somebody has here from now on, and those that went."""
    now = {(scope_of(place), seat_of(role)): role for place, role in words["new"]}
    for place, role in words["old"]:
        if (key := (scope_of(place), seat_of(role))) not in now:
            yield Stated({"staff_id": words["staff"], "scope": key[0], "seat": key[1]}, gone=True)
    for (scope, seat), role in now.items():
        yield Stated({"staff_id": words["staff"], "scope": scope, "seat": seat, "role": role})
