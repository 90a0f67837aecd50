"""Villages: the tenants, their groups, their settings and which of their months are closed.

Owns village, village_settings, village_group and closed_month. Knows nothing of points, people or goods.
"""

from pointsbank.villages.groups import Group, ensure_groups, groups
from pointsbank.villages.periods import (
    MonthClosed,
    closed_months,
    closed_months_as_stored,
    counted_in,
    hold_months,
    is_closed,
    mark_closed,
    month_that_counts,
)
from pointsbank.villages.settings import Settings, VillageSettingInvalid, change_settings, settings
from pointsbank.villages.village import (
    Village,
    VillageCodeInvalid,
    VillageExists,
    VillageNameInvalid,
    VillageUnknown,
    create,
    everyone,
    get,
    lock,
)

__all__ = [
    "Group",
    "MonthClosed",
    "Settings",
    "Village",
    "VillageCodeInvalid",
    "VillageExists",
    "VillageNameInvalid",
    "VillageSettingInvalid",
    "VillageUnknown",
    "change_settings",
    "closed_months",
    "closed_months_as_stored",
    "counted_in",
    "create",
    "ensure_groups",
    "everyone",
    "get",
    "groups",
    "hold_months",
    "is_closed",
    "lock",
    "mark_closed",
    "month_that_counts",
    "settings",
]
