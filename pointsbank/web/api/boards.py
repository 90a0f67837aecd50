"""A month's boards."""

from pointsbank import boards, publicity
from pointsbank.schemas.boards import BoardSchema
from pointsbank.staff import Permission
from pointsbank.web import access
from pointsbank.web.api.routes import Routes

routes = Routes("boards", "红黑榜")


@routes.get("/boards/<key:month>", "查看某月的红黑榜", Permission.BOARD_VIEW)
@routes.json(BoardSchema)
def show_board(village: str, month: str) -> dict[str, object]:
    """Show the boards of a month as they may hang at this moment."""
    with access.database().reading() as session:
        board = publicity.public_board(session, village=village, month=month, at=access.now())
        closed = boards.is_frozen(session, village=village, month=month)
    return {
        "month": board.month,
        "closed": closed,
        "red": board.red,
        "black": board.black,
        "groups": board.groups,
    }
