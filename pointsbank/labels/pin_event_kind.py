"""What happened to a household's PIN."""

from pointsbank.labels import Labels

PIN_EVENT_KIND = Labels("pin_event_kind", {"set": "设置密码", "reset": "重设密码", "changed": "本户改密码"})
