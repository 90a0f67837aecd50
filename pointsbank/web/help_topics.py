"""The topics of the help, in order; each has a page in `pages/help_pages.py` and a template `help/NAME.html`.

Help is open to everybody: who cannot sign in needs it most, and it says nothing of any village.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Topic:
    """A page of the help.

    Attributes:
        name: in the address, and of its template.
        title: its Chinese title.
        sentence: whom it is for and what it answers.
    """

    name: str
    title: str
    sentence: str

    @property
    def endpoint(self) -> str:
        """The page's, without `pages.`."""
        return f"help_{self.name}"


START = Topic("start", "十分钟上手", "新的村子：从安装码到第一次兑换，一步一步。")
COMMITTEE = Topic("committee", "评议小组的一个月", "村委会、评议小组：开会评分、公示、入账、红黑榜、月结。")
JUDGES = Topic("judges", "评议员怎样打分", "评议员：自己打自己的，本户和亲属回避，手机上和纸上都行。")
INSPECTORS = Topic("inspectors", "巡查员走一圈", "小组长、巡查员：一户一户看、交办、复查，整改好的不扣分。")
CLERK = Topic("clerk", "文明超市的一天", "店员：扫卡兑换、撤销、库存和盘点。")
SUPERVISOR = Topic("supervisor", "村务监督查什么", "村务监督委员会：异议、双人确认、日志、存根和海报。")
ADMINISTRATOR = Topic("administrator", "管理员的事", "管理员：人员和密码、设置、备份和恢复、搬家。")
FILES = Topic("files", "表格怎么准备", "花名册、细则、商品、评分、期初积分：列名、样子和常见的错。")
TOPICS = (START, COMMITTEE, JUDGES, INSPECTORS, CLERK, SUPERVISOR, ADMINISTRATOR, FILES)
"""All topics, in the order in which they are listed."""
