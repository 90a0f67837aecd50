"""Villages: the tenants, their townships, groups and settings, and which of their months are closed.

Owns village, township, village_township, village_settings, village_group and closed_month. Knows nothing of
points, people or goods.
"""

from pointsbank.villages import problems
from pointsbank.villages.columns import group_name_column, groups_named
from pointsbank.villages.groups import (
    Group,
    add_groups,
    close_group,
    group,
    group_by_name,
    groups,
    rename_group,
)
from pointsbank.villages.loosening import loosens, protects
from pointsbank.villages.periods import (
    closed_at,
    closed_months,
    closed_months_as_stored,
    hold_months,
    is_closed,
    mark_closed,
    month_instead,
    month_that_counts,
)
from pointsbank.villages.setting_kinds import Heading, OneOf, Setting, Telephones
from pointsbank.villages.setting_list import SETTINGS, setting
from pointsbank.villages.settings import (
    SettingChange,
    change_settings,
    defaults,
    settings,
    settling_by_themselves,
    stored_settings,
)
from pointsbank.villages.townships import (
    Township,
    add_township,
    place_village,
    rename_township,
    township,
    township_by_name,
    township_of,
    townships,
    villages_by_township,
    with_villages_of,
)
from pointsbank.villages.village import (
    Village,
    create,
    everyone,
    get,
    lock,
    only_village,
    with_only_village,
)
