"""States of a version of the scheme."""

from pointsbank.labels import Labels

SCHEME_STATUS = Labels("scheme_status", {"draft": "草案", "adopted": "已通过"})
