"""Where a role counts: everywhere (None), in a township, in a village (its code), or in one group of it.

A place is text, as it stands in the log: `@` and the township's id, `cy`, or `cy/` and the group's id. No
village's code holds a slash or begins with `@`.
"""


def group_place(village: str, group: str) -> str:
    """Return the place that is one group (id) of a village.

    Example:
        >>> group_place("cy", "k2")
        'cy/k2'
    """
    return f"{village}/{group}"


def township_place(township: str) -> str:
    """Return the place that is one township (id).

    Example:
        >>> township_place("k2")
        '@k2'
    """
    return f"@{township}"


def place_of(village: str | None, group: str | None, township: str | None) -> str | None:
    """Return the place of a role as its row names it: a village, a group of it, a township, or none."""
    if township is not None:
        return township_place(township)
    return village if village is None or group is None else group_place(village, group)


def scope_of(place: str | None) -> str:
    """Return a place as the key of its row holds it.

    Example:
        >>> scope_of("cy/k2"), scope_of(None)
        ('cy/k2', '*')
    """
    return place or "*"


def village_of(place: str | None) -> str | None:
    """Return the village that a place is, or lies in; None for a township and for the whole installation.

    Example:
        >>> village_of("cy/k2"), village_of("cy"), village_of("@k2"), village_of(None)
        ('cy', 'cy', None, None)
    """
    return None if place is None or place.startswith("@") else place.partition("/")[0]


def township_of(place: str | None) -> str | None:
    """Return the township (id) that a place is; None for any other.

    Example:
        >>> township_of("@k2"), township_of("cy"), township_of(None)
        ('k2', None, None)
    """
    return place[1:] if place is not None and place.startswith("@") else None


def group_of(place: str | None) -> str | None:
    """Return the group (id) that a place is; None for any other.

    Example:
        >>> group_of("cy/k2"), group_of("cy"), group_of(None)
        ('k2', None, None)
    """
    return (place or "").partition("/")[2] or None
