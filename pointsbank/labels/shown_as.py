"""How a household wishes to be named in public."""

from pointsbank.labels import Labels

SHOWN_AS = Labels("shown_as", {"named": "公开姓名", "numbered": "只用序号"})
