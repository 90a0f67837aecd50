"""What stands against a listing: each refusal with the sentence that says what to do next."""

from pointsbank.errors import Invalid, NotFound, Refused


class ListingUnknown(NotFound):
    """There is no such listing in this village."""

    code = "listing_unknown"
    sentence = "没有找到这条上榜记录，请从列表中重新选择。"


class ListingObjectionUnknown(NotFound):
    """There is no such objection in this village."""

    code = "listing_objection_unknown"
    sentence = "没有找到这条异议，请从列表中重新选择。"


class BlackBoardOff(Refused):
    """The village has not resolved to have a black board."""

    code = "black_board_off"
    sentence = "本村没有设立黑榜的决议，不能提名黑榜。请先召开村民会议表决，并登记决议。"


class BlackBoardOn(Refused):
    """A resolution is already in force."""

    code = "black_board_on"
    sentence = "本村设立黑榜的决议已经登记，无需重复登记。"


class AlreadyListed(Refused):
    """The participant already stands on this board for this month."""

    code = "already_listed"
    sentence = "{name}在{month}已有同一榜单的提名或上榜记录，请直接处理那一条。"


class ProposedMeanwhile(Refused):
    """Somebody else proposed the same at the same moment."""

    code = "proposed_meanwhile"
    sentence = "刚才有人提交了同样的提名，请刷新页面查看。"


class CarriedTooEarly(Invalid):
    """A listing is carried over to a later month only."""

    code = "carried_too_early"
    sentence = "黑榜只能结转到 {month} 之后的月份，请重新选择月份。"


class RuleUnfit(Invalid):
    """The rule named is an item that praises."""

    code = "rule_unfit"
    sentence = "条目“{rule}”是加分条目，不能作为黑榜依据，请填写扣分或一票否决条目的编号，或村规民约的条款。"


class FactUnfit(Invalid):
    """The fact names somebody or carries a number that identifies."""

    code = "fact_unfit"
    sentence = "{field}{why}，请只写事情本身，例如“门前杂物堆放，三次提醒未清理”。"


class NotToldYet(Refused):
    """The household has not been told, or not long enough ago."""

    code = "not_told_yet"
    sentence = "黑榜上榜前须提前 5 个工作日告知该户：{when}。"


class ObjectionOpen(Refused):
    """An objection is still open: nothing is published before it is answered."""

    code = "objection_open"
    sentence = "该户的异议还没有书面答复，答复之前不能上榜，请先处理异议。"


class ListingNotProposed(Refused):
    """The listing has been decided or withdrawn."""

    code = "listing_not_proposed"
    sentence = "这条提名已经处理过，请刷新页面查看结果。"


class ListingNotUp(Refused):
    """The listing is neither proposed nor up."""

    code = "listing_not_up"
    sentence = "这条记录已经不在榜上，无需再次撤下。"


class ListingDecidedAlready(Refused):
    """The objection has been answered; the answer stays on the record."""

    code = "listing_objection_decided"
    sentence = "这条异议已经书面答复，答复不能更改。"


class ListingObjectionStands(Refused):
    """There is an open objection to this listing already."""

    code = "listing_objection_stands"
    sentence = "这条上榜记录已有异议正在处理，请等待书面答复。"


class ProposerCannotDecide(Refused):
    """Who proposed a listing does not decide the objection against it."""

    code = "proposer_cannot_decide"
    sentence = "提名人不能处理针对该提名的异议，请由监督委员会或其他人员处理。"
    fixed_by = "监督委员会"


class VotesInvalid(Invalid):
    """The votes are not two counts with at least one vote cast."""

    code = "votes_invalid"
    sentence = "票数有误：赞成和反对都要填 0 或正整数，并且至少有一票。"


class DaysInvalid(Invalid):
    """A black listing lasts from one to ninety days."""

    code = "days_up_invalid"
    sentence = "黑榜公示天数应为 1 到 90 天，请重新填写。"


class DayInvalid(Invalid):
    """A day that cannot be: in the future, or before what it follows."""

    code = "listing_day_invalid"
    sentence = "日期“{day}”有误：{why}，请重新填写。"


class StandingFrozen(Refused):
    """The month's standing is frozen; it cannot be frozen twice."""

    code = "standing_frozen"
    sentence = "{month} 的积分排名已经定榜，不能重复定榜。"
