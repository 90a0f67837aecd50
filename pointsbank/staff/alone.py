"""Acts that one person does alone, and what keeps them honest all the same; acts of rooms that know no staff.

What needs a second person is declared beside its rule. Here stands the rest, so that nothing is forgotten:
a house test finds a permission to change something that no control names.
"""

from pointsbank.staff.controls import Control, declare, declared
from pointsbank.staff.permissions import Permission

_ALONE = tuple(
    declare(Control(act, controlled, controls, f"pointsbank.{where}", permissions))
    for act, controlled, controls, where, permissions in (
        (
            "开评议会、录入评分",
            "the committee, which judges and enters scores",
            "a judge's mark on the own household does not count; the notice, and anybody's objection to it",
            "scoring.judging",
            (Permission.MEETING_HOLD, Permission.SCORE_ENTER),
        ),
        (
            "改评议小组",
            "the committee, which could leave out a near relative whom a judge must not score",
            "each change is an entry of the log; a closed meeting names who sat, who was recused, from whom",
            "panels.relatives",
            (Permission.PANEL_CHANGE,),
        ),
        (
            "通过积分细则",
            "the committee, which says what a deed counts",
            "the villagers' resolution is named in it; the rules hang in public, old ones are never changed",
            "scoring.scheme",
            (Permission.SCHEME_ADOPT,),
        ),
        (
            "改花名册",
            "the committee, which keeps the households",
            "points are no part of it; the household reads its file, and consent can be taken back any day",
            "roster.participants",
            (Permission.ROSTER_CHANGE,),
        ),
        (
            "记账开始以前导入期初积分",
            "the committee, which could give a household points out of a table",
            "before anything was earned or spent, each household once, named in the log; then two",
            "governing.openings",
            (Permission.BALANCES_OPEN,),
        ),
        (
            "打印积分卡",
            "the committee, which prints cards",
            "a printed card counts for nothing until two people have signed that it was handed out",
            "roster.cards",
            (Permission.PRINT_CARDS,),
        ),
        (
            "改兑换密码",
            "who keeps the till",
            "the household, with its card and its old PIN: nobody of the staff has both; an entry of the log",
            "market.pin_tries",
            (Permission.PIN_SET,),
        ),
        (
            "在服务台打开一户、打印对账条",
            "who serves at a counter, who could look into a neighbour's file",
            "each opening and each slip stands in the file, by name, for committee and supervisors to read",
            "staff.access_log",
            (Permission.RECEPTION,),
        ),
        (
            "挂失积分卡",
            "who writes down a loss",
            "it takes away and gives nothing: the household gets another card from the committee",
            "roster.cards",
            (Permission.CARDS_LOSE,),
        ),
        (
            "上架新商品、涨价",
            "the committee, which sets prices",
            "lowering takes two; prices are only added; who entered a stock does not sign second for it",
            "market.prices",
            (Permission.GOODS_CHANGE,),
        ),
        (
            "进货、捐赠、损耗",
            "who keeps the shop",
            "the second signature under a stocktake, never by who wrote off; the goods' journal of moves",
            "market.written_off",
            (Permission.STOCK_MOVE,),
        ),
        (
            "撤销兑换",
            "who sold at the till",
            "once for each sale, all of it, into the log and the household's statement; two sign the shelf",
            "market.reversal",
            (Permission.TILL_REVERSE,),
        ),
        (
            "添加人员、分配角色、重设密码、重新启用",
            "the admin, who could be everybody",
            "the owner, by his own password: a day later the login counts; the supervisor has no other role",
            "staff.independence",
            (Permission.STAFF_MANAGE,),
        ),
        (
            "停用账号、取消角色",
            "the admin, who could silence who controls him",
            "what needs the silenced one stays shut, and the home page says so",
            "staff.controls",
            (Permission.STAFF_MANAGE,),
        ),
        (
            "划分乡镇",
            "the admin of the installation, who says which township a village lies in",
            "the village, in whose log each move and who sees it then stand; a township sees no person",
            "governing.townships",
            (Permission.TOWNSHIP_MANAGE,),
        ),
        (
            "选定公开网址",
            "the admin of the installation or of its only village, who says where the codes on cards lead",
            "supervisors: each choice stands in every village's sign-in records; the till opens none",
            "web.pages.public_address",
            (Permission.ADDRESS_SET,),
        ),
        (
            "代人生成访问令牌",
            "who makes a program act as somebody else",
            "as long as the token is there, the login is no second for its maker, nor he for it",
            "staff.independence",
            (),
        ),
        (
            "在服务器上运行命令",
            "who sits at the machine",
            "what is done to a login there counts against everybody; stubs, log and posters notice the rest",
            "cli.context",
            (),
        ),
    )
)


def controls() -> list[Control]:
    """Return every act that is declared, here or beside its rule, ordered by the module of the rule.

    Example:
        [one.act for one in staff.controls() if one.people]
    """
    return declared()
