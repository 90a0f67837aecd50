"""What a draw says of all entries: at nine to one, fewer than so many of a hundred are not true.

The bound is that of Clopper and Pearson, one-sided at nine tenths, rounded up to a whole percent by whole
numbers alone, so that nobody's rounding decides. It takes the draw as made with replacement: as it is made
without, the bound is rather too large than too small. Where every entry was looked at there is nothing to
bound.
"""

from math import comb

from pointsbank import spoken

_DOUBT = 10
"""One in so many times the bound may be wrong."""


def below_percent(looked: int, wrong: int) -> int:
    """Return the whole percent that the share of untrue entries is below, at nine to one; 100 for none.

    Args:
        looked: entries that were drawn, > 0.
        wrong: those of them that are not true or could not be found, 0 to `looked`.

    Example:
        >>> [below_percent(20, wrong) for wrong in (0, 1, 2, 20)]
        [11, 19, 25, 100]
        >>> [below_percent(looked, 0) for looked in (1, 5, 10, 50)]
        [90, 37, 21, 5]
    """
    return next(percent for percent in range(101) if percent == 100 or _refuted(looked, wrong, percent))


def _refuted(looked: int, wrong: int, percent: int) -> bool:
    """Return whether so few wrong ones are drawn at most one time in ten if so many percent are wrong."""
    few: int = sum(
        comb(looked, each) * percent**each * (100 - percent) ** (looked - each) for each in range(wrong + 1)
    )
    whole: int = 100**looked
    return few * _DOUBT <= whole


def in_words(*, population: int, true: int, not_true: int, not_findable: int) -> str:
    """Return what a finished draw says, as it stands on the public board.

    Example:
        >>> in_words(population=300, true=20, not_true=0, not_findable=0)
        '抽查20条，20条属实：至少九成把握，不属实的不到百分之十一。'
        >>> in_words(population=300, true=18, not_true=1, not_findable=1)
        '抽查20条，18条属实，1条不属实，1条查不到（按不属实算）：至少九成把握，不属实的不到百分之二十五。'
        >>> in_words(population=12, true=11, not_true=1, not_findable=0)
        '12条全部看了，11条属实，1条不属实。'
    """
    size, wrong = true + not_true + not_findable, not_true + not_findable
    counted = "，".join(
        [
            f"{true}条属实",
            *([f"{not_true}条不属实"] if not_true else []),
            *([f"{not_findable}条查不到（按不属实算）"] if not_findable else []),
        ]
    )
    if size >= population:
        return f"{size}条全部看了，{counted}。"
    percent = below_percent(size, wrong)
    if percent == 100:
        return f"抽查{size}条，{counted}：其余的有多少属实，看不出来。"
    return f"抽查{size}条，{counted}：至少九成把握，不属实的不到百分之{spoken.count(percent)}。"
