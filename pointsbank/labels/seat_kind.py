"""As what somebody sits on a panel: one of the four kinds of elders, or for the whole village also others."""

from pointsbank.labels import Labels

SEAT_KIND = Labels(
    "seat_kind",
    {
        "village_elder": "寨老",
        "worthy": "乡贤",
        "old_party_member": "老党员",
        "old_cadre": "老干部",
        "representative": "村民代表",
        "cadre": "村干部",
    },
)

ELDERS = ("village_elder", "worthy", "old_party_member", "old_cadre")
"""The kinds of which the panel of a group is made."""
