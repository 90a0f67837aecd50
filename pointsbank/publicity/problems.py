"""What stands against publishing, objecting and settling: each refusal with what to do next."""

from pointsbank.errors import Invalid, NotAllowed, NotFound, Refused


class NoticeUnknown(NotFound):
    """There is no such notice in this village."""

    code = "notice_unknown"
    sentence = "没有找到这份公示，请从公示列表中重新选择。"


class NoticeStillOpen(Refused):
    """The notice still hangs: nothing is posted before everybody had their days."""

    code = "notice_still_open"
    sentence = "公示到 {ends_on} 结束，请从 {from_day} 起再办理入账。"


class ObjectionUnknown(NotFound):
    """There is no such objection in this village."""

    code = "objection_unknown"
    sentence = "没有找到这条异议，请从列表中重新选择。"


class NotOnNotice(Refused):
    """The score does not hang on a notice, or it was withdrawn."""

    code = "not_on_notice"
    sentence = "这条评分不在公示中，不能提出异议。请核对公示内容。"


class ObjectionTooLate(Refused):
    """The score is posted: what is wrong is corrected by a new entry."""

    code = "objection_too_late"
    sentence = "公示期已过，这条评分已经入账。如有错误，请向村委申请更正。"


class ObjectionStands(Refused):
    """There is an open objection to this score already."""

    code = "objection_stands"
    sentence = "这条评分已有异议正在处理，请等待书面答复。"


class ObjectionDecided(Refused):
    """The objection has been answered; the answer stays."""

    code = "objection_decided"
    sentence = "这条异议已经书面答复，答复不能更改。"


class EntererCannotDecide(NotAllowed):
    """Who entered a score does not decide the objection against it."""

    code = "enterer_cannot_decide"
    sentence = "录入这条评分的人不能处理对它的异议，请由监督委员会或其他人员处理。"
    fixed_by = "监督委员会"


class ConsentInvalid(Invalid):
    """A household is shown by name or by number; nothing else can be asked for."""

    code = "consent_invalid"
    sentence = "公示方式请选“实名”或“户号代称”。"


class ConsentNotNeeded(Refused):
    """An organisation, branch, team or group is no person and is always named."""

    code = "consent_not_needed"
    sentence = "{name}不是个人或家庭，公示时本来就用全称，无需登记。"


class ConsentJustGiven(Refused):
    """Somebody else recorded this household's word at the same moment."""

    code = "consent_just_given"
    sentence = "刚才有人登记了这一户的公示方式，请刷新页面查看。"


class ConsentUnknown(NotFound):
    """There is no consent on record for this household."""

    code = "consent_unknown"
    sentence = "没有这一户的公示方式登记，名字本来就会隐去，无需撤回。"
