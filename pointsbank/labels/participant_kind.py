"""Kinds of participant, the holders of points."""

from pointsbank.labels import Labels

PARTICIPANT_KIND = Labels(
    "participant_kind",
    {
        "household": "户",
        "party_member": "党员",
        "party_branch": "党支部",
        "volunteer_team": "志愿队",
        "organisation": "组织",
        "group": "小组",
        "village": "村",
        "street": "街路",
        "keeper": "管护员",
    },
    spellings={
        "household": ("农户", "家庭"),
        "party_branch": ("支部",),
        "volunteer_team": ("志愿服务队",),
        "organisation": ("企业", "社会组织", "企业/社会组织"),
        "group": ("村民小组", "网格"),
        "village": ("本村", "行政村"),
        "street": ("街道", "道路", "路段"),
        "keeper": ("保洁员", "网格员", "公共场所管护员"),
    },
)
