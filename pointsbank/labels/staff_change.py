"""What may be changed of somebody's standing in a village."""

from pointsbank.labels import Labels

STAFF_CHANGE = Labels("staff_change", {"roles": "更换角色", "remove": "取消角色", "disable": "停用账号"})
