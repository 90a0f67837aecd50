"""What was tried at the counter."""

from pointsbank.labels import Labels

ATTEMPT_KIND = Labels("attempt_kind", {"scan": "扫卡", "sale": "兑换", "reversal": "撤销", "pin": "密码"})
