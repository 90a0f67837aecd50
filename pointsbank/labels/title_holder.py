"""Who a kind of title is given to: kinds of participant, or a person of a household."""

from pointsbank.labels import Labels

TITLE_HOLDER = Labels(
    "title_holder",
    {
        "household": "户",
        "person": "户里的个人",
        "party_member": "党员",
        "party_branch": "党支部",
        "volunteer_team": "志愿队",
        "organisation": "组织",
        "group": "小组",
        "street": "街路",
        "keeper": "管护员",
    },
    spellings={"household": ("家庭", "农户"), "person": ("个人", "成员"), "group": ("村民小组", "院落")},
)
