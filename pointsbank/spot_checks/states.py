"""How a draw stands, and what may happen to it: one pure function for each rule."""

import re
from collections.abc import Collection, Mapping, Sequence

from pointsbank.errors import Invalid, NotAllowed, NotFound, Refused
from pointsbank.spot_checks.rule import DICE

PLANNED, THROWN, SIGNED, SEALED = "planned", "thrown", "signed", "sealed"
TRUE, NOT_TRUE, NOT_FINDABLE = "true", "not_true", "not_findable"

DEFAULT_SIZE = 20
MINIMUM_SIZE = 10
"""Fewer say nothing, true or not; where there are not so many, all are drawn."""

MAXIMUM_SIZE = 100
"""More than so many nobody walks to."""

MAXIMUM_NOTE = 200


class SpotCheckUnknown(NotFound):
    """No draw was announced for this month."""

    code = "spot_check_unknown"
    sentence = "{month}还没有定掷骰抽查，请先在“掷骰抽查”页定下抽几条。"
    fixed_by = "监督委员会"


class SpotCheckPlanned(Refused):
    """The number is fixed already: it is not chosen again once it is known what is drawn from."""

    code = "spot_check_planned"
    sentence = "{month}已经定了抽{size}条，定了就不再改：请在大会上掷骰。"
    fixed_by = "监督委员会"


class NothingToDraw(Refused):
    """In the month no score was posted."""

    code = "spot_check_nothing"
    sentence = "{month}没有入账的评分，没有可以抽的：请选别的月份。"
    fixed_by = "监督委员会"


class SizeInvalid(Invalid):
    """So many cannot be looked at."""

    code = "spot_check_size_invalid"
    sentence = "抽查条数应在1至{maximum}之间，请重新填写。"
    fixed_by = "本人"
    at = ("size",)


class SizeTooSmall(Invalid):
    """So few would say nothing, and who fixed the number alone would have chosen that."""

    code = "spot_check_size_too_small"
    sentence = (
        "{month}有{population}条，至少要抽{least}条（不满10条的全部看）：抽得太少，看不出什么，请重新填写。"
    )
    fixed_by = "本人"
    at = ("size",)


class DiceInvalid(Invalid):
    """What was typed is not ten dice."""

    code = "dice_invalid"
    sentence = "骰子应是10个数字，每个是1至6，按掷出的先后填，请看着骰子重新填写。"
    fixed_by = "本人"
    at = ("dice",)


class SameWitness(Invalid):
    """Who throws does not see to it himself."""

    code = "dice_same_witness"
    sentence = "掷骰的和看着的要是两户，请改正其中一个。"
    fixed_by = "本人"
    at = ("witness",)


class DiceThrown(Refused):
    """The dice are thrown once; a slip of the pen is put right once, by somebody else."""

    code = "dice_thrown"
    sentence = (
        "{month}已经掷过骰子（{dice}），不能再掷。记错了数字的，由另一位角色不同的人在这一页更正，要写原因。"
    )
    fixed_by = "监督委员会"


class DicePutRight(Refused):
    """They were put right once, or something was looked at already."""

    code = "dice_put_right"
    sentence = "{why}，骰子的记录不能再更正：就按现在的数字去看。"
    fixed_by = "监督委员会"


class DiceReasonMissing(Invalid):
    """Why the record was wrong is said."""

    code = "dice_reason_missing"
    sentence = "更正骰子的记录要写明原因，例如第三个数看错了。"
    fixed_by = "本人"
    at = ("reason",)


class DiceNotThrown(Refused):
    """Nothing is drawn as long as no dice were thrown."""

    code = "dice_not_thrown"
    sentence = "还没有掷骰，不知道要看哪几条：请先把大会上掷的10个骰子记下来。"
    fixed_by = "监督委员会"


class EntryNotDrawn(Invalid):
    """The entry was not drawn."""

    code = "entry_not_drawn"
    sentence = "第{index}条不在这次抽到的条目里，请按核查单上的编号填写。"
    fixed_by = "本人"


class AnswersMissing(Invalid):
    """Nothing was answered."""

    code = "spot_check_answers_missing"
    sentence = "一条结果也没有填，请至少选一条：属实、不属实或查不到。"
    fixed_by = "本人"


class SameInspector(Invalid):
    """Two people of two households go."""

    code = "spot_check_same_inspector"
    sentence = "去看的要是两户的两个人，请改正其中一个。"
    fixed_by = "本人"
    at = ("second",)


class OwnEntry(NotAllowed):
    """Nobody looks into the own household's entries, nor into a near relative's."""

    code = "spot_check_own_entry"
    sentence = "{entries}是{who}自己家或近亲属家的，要回避：这几条请另外两位去看，其余的照常登记。"
    fixed_by = "监督委员会"


class EntererInvolved(NotAllowed):
    """Who writes answers down leaves the own household's entries, and a near relative's, to somebody else."""

    code = "spot_check_enterer_involved"
    sentence = "{entries}是您本户或近亲属的户，要回避：这几条请另一位来登记，其余的照常登记。"
    fixed_by = "监督委员会"


class SpotCheckSealed(Refused):
    """The result stands."""

    code = "spot_check_sealed"
    sentence = "{month}的抽查结果已经两人签字，不能再改。不属实的请办更正。"
    fixed_by = "监督委员会"


class SpotCheckUnanswered(Refused):
    """Some entries have no answer yet."""

    code = "spot_check_unanswered"
    sentence = "还有{count}条没有结果，全部看完、填好才能签字；实在查不到的也照实选。"
    fixed_by = "监督委员会"


class SpotCheckChanged(Refused):
    """It is no longer what the signer saw."""

    code = "spot_check_changed"
    sentence = "抽查结果刚刚有变化，请重新核对以后再签字。"
    fixed_by = "本人"


def read_dice(typed: str) -> str:
    """Return ten digits from 1 to 6, of what was typed with or without spaces and commas.

    Raises:
        DiceInvalid: they are none.

    Example:
        >>> read_dice("3 1 6 4 5，2、2 6 1 4"), read_dice("３１６４５２２６１４")
        ('3164522614', '3164522614')
    """
    plain = re.sub(r"[\s,，、.。;；-]", "", typed)
    digits = "".join(str(int(each)) if each.isdecimal() else each for each in plain)
    if not re.fullmatch(rf"[1-6]{{{DICE}}}", digits):
        raise DiceInvalid()
    return digits


def minimum_of(population: int) -> int:
    """Return how many entries are drawn at least: ten, or all where there are not so many.

    Example:
        >>> [minimum_of(population) for population in (1, 7, 10, 11, 3000)]
        [1, 7, 10, 10, 10]
    """
    return min(MINIMUM_SIZE, population)


def size_of(wanted: int, population: int, *, month: str = "") -> int:
    """Return how many entries are drawn: as many as the village chose, never more than there are.

    Args:
        month: in words, for the refusal.

    Raises:
        SizeInvalid: the number is below 1 or above 100.
        SizeTooSmall: it is below what is drawn at least.

    Example:
        >>> size_of(20, 300), size_of(10, 300), size_of(20, 7), size_of(7, 7)
        (20, 10, 7, 7)
    """
    if not 1 <= wanted <= MAXIMUM_SIZE:
        raise SizeInvalid(maximum=MAXIMUM_SIZE)
    if wanted < (minimum := minimum_of(population)):
        raise SizeTooSmall(month=month, population=population, least=minimum)
    return min(wanted, population)


def status_of(*, throws: int, signed: bool, sealed: bool) -> str:
    """Return how far a draw is, a code of `labels.spot_check_status`.

    Example:
        >>> status_of(throws=0, signed=False, sealed=False), status_of(throws=2, signed=True, sealed=False)
        ('planned', 'signed')
    """
    if sealed:
        return SEALED
    if signed:
        return SIGNED
    return THROWN if throws else PLANNED


def check_own(
    owners: Mapping[int, str], *inspectors: tuple[str, Collection[str]], enterer: Collection[str] = ()
) -> None:
    """Refuse who would look into entries of their own household or a near relative's, or write them down.

    Args:
        owners: the household (id) of each entry that is answered, by its number.
        inspectors: of each what they are called, and the households (ids) that they leave to others.
        enterer: the households (ids) that whoever writes it down leaves to others.

    Raises:
        OwnEntry, EntererInvolved: one would.

    Example:
        >>> check_own({7: "k2"}, ("王建国（0101）", {"k4", "k5"}), ("李秀英（0303）", {"k6"}), enterer={"k7"})
    """
    for who, theirs in inspectors:
        if own := entries_of(owners, theirs):
            raise OwnEntry(entries=own, who=who)
    if own := entries_of(owners, enterer):
        raise EntererInvolved(entries=own)


def entries_of(owners: Mapping[int, str], households: Collection[str]) -> str:
    """Return the entries of these households in words; empty where there are none."""
    return "、".join(f"第{index}条" for index, owner in owners.items() if owner in households)


def mark_of(status: str, answers: int) -> str:
    """Return a text that changes with every answer, so that a signer signs what they saw.

    Example:
        >>> mark_of("thrown", 21)
        'thrown-21'
    """
    return f"{status}-{answers}"


def counts_of(answers: Sequence[str]) -> dict[str, int]:
    """Return how many answers there are of each kind, by the names that `bound.in_words` takes.

    Example:
        >>> counts_of(["true", "not_true", "true"])
        {'true': 2, 'not_true': 1, 'not_findable': 0}
    """
    return {kind: list(answers).count(kind) for kind in (TRUE, NOT_TRUE, NOT_FINDABLE)}
