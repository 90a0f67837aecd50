"""Who may sign what was found: two of two roles and two households, neither of a drawn entry's household.

Pure rules; each says the same whoever of the two signs first.
"""

from collections.abc import Collection, Mapping

from pointsbank.errors import NotAllowed
from pointsbank.spot_checks.states import entries_of


class SignerInvolved(NotAllowed):
    """Nobody signs for what was found at the own household, or at a near relative's."""

    code = "spot_check_signer_involved"
    sentence = "{entries}是您本户或近亲属的户，要回避：请另一位同样角色的人来签字。"
    fixed_by = "监督委员会"


class SameHousehold(NotAllowed):
    """Two people of two households sign."""

    code = "spot_check_same_household"
    sentence = "两个签字的是一户人，请另一户的人来签。"
    fixed_by = "监督委员会"


class SameRole(NotAllowed):
    """The two signatures come from two roles, whoever signs first."""

    code = "spot_check_same_role"
    sentence = "两个签字要来自两种角色，请村务监督和评议小组各签一个。"
    fixed_by = "监督委员会"


def check_signer(owners: Mapping[int, str], theirs: Collection[str]) -> None:
    """Refuse who would sign for entries of their own household or a near relative's.

    Args:
        owners: the household (id) of each drawn entry, by its number.
        theirs: the households (ids) that the signer leaves to others.

    Raises:
        SignerInvolved: one is theirs.

    Example:
        >>> check_signer({7: "k2"}, {"k4"})
    """
    if own := entries_of(owners, theirs):
        raise SignerInvolved(entries=own)


def check_households(first: Collection[str], second: Collection[str]) -> None:
    """Refuse two signers who live in one household; where somebody lives that is not noted is nobody's.

    Raises:
        SameHousehold: they do.

    Example:
        >>> check_households({"k2"}, {"k4"}), check_households((), ())
        (None, None)
    """
    if set(first) & set(second):
        raise SameHousehold()


def check_roles(first: Collection[str], second: Collection[str]) -> None:
    """Refuse two people of whom one has no role that the other lacks; whoever came first, it is the same.

    Who has none any more was of another role than whoever has one.

    Raises:
        SameRole: it is so.

    Example:
        >>> check_roles({"supervisor"}, {"committee"}), check_roles((), {"committee"})
        (None, None)
    """
    if not set(second) - set(first) or (first and not set(first) - set(second)):
        raise SameRole()
