"""What a village may choose: each setting, its value, its last change, and the one way to change it.

Owns no table. A setting is declared once, in the room that keeps it: most in `villages.setting_list`, the
shop's hours in `market.hours_setting`. Pages, commands, the API and the tests loop over `every`.
"""

from pointsbank.choosing.changes import LastChange, change, change_alone, check_unchanged, last_changes
from pointsbank.choosing.headings import check_heading
from pointsbank.choosing.register import about, every, find, values
