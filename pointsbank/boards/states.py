"""The state of a listing, from what has been recorded of it."""

RED, BLACK = "red", "black"
"""The two boards."""

PROPOSED, UP, REJECTED, WITHDRAWN, DOWN = "proposed", "up", "rejected", "withdrawn", "down"
EXPIRED = "expired"
"""As people see one that is up and whose days are over: nobody took it down, and it may be carried over."""
LAPSED = "lapsed"
"""A proposal for the red board of a month that was closed before people voted: its poster hangs."""

LISTING_WRONG, FACT_WRONG = "异议成立", "事实异议成立"
SCORE_WRONG, SCORE_CORRECTED = "评分异议成立", "评分已更正"
FOUND_WRONG = "上榜有误"
"""With what the reason begins when the committee itself says that a warning should not have gone up."""
WRONG = frozenset({LISTING_WRONG, FACT_WRONG, SCORE_WRONG, SCORE_CORRECTED})
"""Why a warning ends that should never have gone up; whatever else ends one leaves it true of its time."""

LIVE = frozenset({PROPOSED, UP})
"""States from which a listing may still go on; every other one is final."""


def state(votes: tuple[int, int] | None, *, ended: bool, lapsed: bool = False) -> str:
    """Return the word for a listing's state.

    Args:
        votes: votes for and against, once people decided; more for than against puts a listing up.
        ended: whether it was withdrawn or taken down.
        lapsed: whether nothing comes onto its board any more.

    >>> state(None, ended=False), state(None, ended=True)
    ('proposed', 'withdrawn')
    >>> state(None, ended=False, lapsed=True), state((5, 1), ended=False, lapsed=True)
    ('lapsed', 'up')
    >>> state((5, 1), ended=False), state((5, 1), ended=True)
    ('up', 'down')
    >>> state((2, 2), ended=False), state((0, 6), ended=False)
    ('rejected', 'rejected')
    """
    if votes is None:
        return WITHDRAWN if ended else LAPSED if lapsed else PROPOSED
    if votes[0] <= votes[1]:
        return REJECTED
    return DOWN if ended else UP
