"""The API tokens of the person for whom a program acts."""

from typing import Any

from pointsbank import staff
from pointsbank.schemas.base import PageQuery
from pointsbank.schemas.tokens import TokenPage, TokenSchema
from pointsbank.staff import Permission
from pointsbank.web import access
from pointsbank.web.api.cursors import page_of
from pointsbank.web.api.routes import Routes

routes = Routes("tokens", "访问令牌", prefix="/api/v1")


@routes.get("/tokens", "列出本人的访问令牌，不含令牌本身", Permission.HOME)
@routes.json(TokenPage, query=PageQuery)
def list_tokens(query: dict[str, Any]) -> dict[str, Any]:
    """List the tokens of the person who owns this one."""
    with access.database().reading() as session:
        mine = staff.api_tokens(session, login=access.signed_in().staff.login)
    return page_of(mine, query, lambda token: [token.id])


@routes.get("/tokens/<key:token>", "查看本人的一个访问令牌", Permission.HOME)
@routes.json(TokenSchema)
def show_token(token: str) -> object:
    """Show one token of the person who owns this one, by its id; raises TokenUnknown."""
    with access.database().reading() as session:
        mine = staff.api_tokens(session, login=access.signed_in().staff.login)
    found = next((one for one in mine if one.id == token), None)
    if found is None:
        raise staff.problems.TokenUnknown()
    return found
