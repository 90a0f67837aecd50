"""Who confirmed a large redemption beside the clerk."""

from pointsbank.labels import Labels

SECOND_CHECK = Labels("second_check", {"none": "不用确认", "pin": "本户密码", "approver": "第二位工作人员"})
