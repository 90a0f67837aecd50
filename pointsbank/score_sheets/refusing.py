"""Why a page or its photo is not taken, each by a sentence of its own."""

from pointsbank.errors import Invalid, NotFound, Refused


class SheetPageUnknown(NotFound):
    """There is no such page, or it is none of this person's business."""

    code = "sheet_page_unknown"
    sentence = "没有找到这张评分表，请从评议会的“纸质评分表”页重新选择。"
    fixed_by = "本人"


class SheetForeign(Invalid):
    """The page on the photo was not printed here: by another village, or before the data was put back."""

    code = "sheet_foreign"
    sentence = (
        "表号{number}不是本村打印的评分表，没有读入。请看表头的村名：别村的表交还给那个村；"
        "是本村的，请重新打印一份再打勾。"
    )
    fixed_by = "村委"


class SheetOfOtherMeeting(Refused):
    """The page was printed for another meeting."""

    code = "sheet_of_other_meeting"
    sentence = (
        "这是给“{title}”（{day}）打印的评分表（表号{number}），没有读入。"
        "请打开那次评议会，在那里上传这张照片。"
    )
    fixed_by = "村委"


class SheetMeetingClosed(Refused):
    """The page's meeting is closed: what stands on an old sheet is not entered any more."""

    code = "sheet_meeting_closed"
    sentence = (
        "“{title}”（{day}）已经结束，这张评分表（表号{number}）过期了，没有读入。漏掉的，下次开评议会时补录。"
    )
    fixed_by = "村委"


class SheetOfOtherGroup(Refused):
    """The page is of a group that this person does not lead."""

    code = "sheet_of_other_group"
    sentence = "表号{number}不是您这个小组的评分表，没有读入。请交给村委会的人上传。"
    fixed_by = "村委"


class SheetEntered(Refused):
    """The page was entered before: a sheet that is read twice enters once."""

    code = "sheet_entered"
    sentence = (
        "{group}第{page}页（表号{number}）已经录入过{count}条，没有再读。后来补打的勾，请在“表格录入”里录。"
    )
    fixed_by = "本人"
