"""The family of refusals that say why a database cannot be used."""

from pointsbank.errors import Refused


class DatabaseUnusable(Refused, family=True):
    """The database cannot be used as it is; nothing was written."""

    code = "database_unusable"
    sentence = "数据库不能使用，请管理员检查。"
    fixed_by = "管理员"
