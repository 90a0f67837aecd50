"""Why something about a case, a mark or a judge's code is refused."""

from pointsbank.errors import Invalid, NotFound, Refused


class CaseUnknown(NotFound):
    """There is no such case in this meeting."""

    code = "case_unknown"
    sentence = "这次评议会没有这件打分，请刷新页面再看。"
    fixed_by = "本人"


class CaseEnded(Refused):
    """The case has its score, or was dropped: no mark comes or changes any more."""

    code = "case_ended"
    sentence = "{whose}这一件已经计入评分或者撤下，不能再打分；请刷新页面，打其余的。"
    fixed_by = "村委"


class CaseComplete(Refused):
    """Everybody has marked, and the marks are read: who changed one now would not judge by himself."""

    code = "case_complete"
    sentence = "{whose}这一件大家都打完了，分已经公开，不能再改；确实打错的，请记录员撤下这件，重新打分。"
    fixed_by = "村委"


class MarksMissing(Refused):
    """Somebody who is present has not marked."""

    code = "marks_missing"
    sentence = "{whose}这一件还有{names}没有打分：请打完再计入；已经离场的，请先登记缺席。"
    fixed_by = "村委"


class CasesOpen(Refused):
    """The minutes would be sealed while cases have no score."""

    code = "cases_open"
    sentence = "还有{count}件打分没有结果：请在“评议员打分”页计入评分，或者撤下，再结束评议。"
    fixed_by = "村委"


class JudgeRecused(Refused):
    """A judge marks the own household or that of a near relative."""

    code = "judge_recused"
    sentence = "{name}要回避{whose}：本户和亲属的户不能打分，请把这一格留空。"
    fixed_by = "本人"


class JudgeAway(Refused):
    """Who is not present marks nothing."""

    code = "judge_away"
    sentence = "这位评议员没有登记到场，不能打分：已经到场的，请先在评议会页登记到场。"
    fixed_by = "村委"


class NothingMarked(Refused):
    """No mark was given."""

    code = "nothing_marked"
    sentence = "一件也没有打，请至少填一格再提交。"
    fixed_by = "本人"


class MarkInvalid(Invalid):
    """A mark lies outside the item's bounds."""

    code = "mark_invalid"
    sentence = "{whose}：{reason}"
    fixed_by = "本人"
    at = ("mark",)

    case = ""
    """The id of the case that it is about."""


class MarkCodeWrong(Refused):
    """No judge has such a code now; which of the causes it is is not said to whoever guesses."""

    code = "mark_code_wrong"
    sentence = "打分码不对，或者已经用过、已经作废，请核对九位数字；还是不行的，请记录员重新出一个。"
    fixed_by = "村委"


class MarkingOver(Refused):
    """A telephone's way in has ended."""

    code = "marking_over"
    sentence = "这部手机不能再打分了：评议会已经结束，或者换了打分码。请看会场的屏幕，或者找记录员。"
    fixed_by = "村委"
