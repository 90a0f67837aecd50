"""The seat of a role: nobody has two roles of one seat in one place."""

_JUDGEMENT = ("committee", "supervisor")


def seat_of(role: str) -> str:
    """Return the seat of a role by its code: who judges and who supervises have the same one.

    Example:
        >>> seat_of("supervisor"), seat_of("clerk")
        ('judgement', 'clerk')
    """
    return "judgement" if role in _JUDGEMENT else role
