"""The settings of an installation, each declared once: what it changes, where it is seen, an example.

They stand in `pointsbank.toml` of the data directory or in the environment and count from the next start: a
page shows them, and changes none, for whoever holds a browser should not hold the machine.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class InstallationSetting:
    """One setting of the machine.

    Attributes:
        name: in the file; in the environment in capitals after POINTSBANK_.
        label: its Chinese name.
        note: what it changes, as sentences.
        shows: where that is seen.
        example: a line of the file.
        otherwise: what holds where it is not set.
    """

    name: str
    label: str
    note: str
    shows: str
    example: str
    otherwise: str


INSTALLATION: tuple[InstallationSetting, ...] = (
    InstallationSetting(
        "host",
        "监听地址",
        "只有本机能打开（127.0.0.1），还是同一网络里的手机和电脑都能打开（0.0.0.0）。",
        "浏览器能不能打开网页",
        'host = "0.0.0.0"',
        "127.0.0.1",
    ),
    InstallationSetting(
        "port",
        "端口",
        "网址里冒号后面的数字。",
        "浏览器的网址",
        'port = "8000"',
        "8000",
    ),
    InstallationSetting(
        "database_url",
        "数据库",
        "数据放在哪里：本机的一个文件，或一台 PostgreSQL 服务器。",
        "pointsbank db check",
        'database_url = "postgresql+psycopg://用户@主机/库名"',
        "数据目录里的 pointsbank.sqlite3",
    ),
    InstallationSetting(
        "public_url",
        "公开网址",
        "印进积分卡和海报二维码的网址，村民的手机要打得开。印卡以前先设好：换了网址，旧卡扫出来还是旧的。",
        "积分卡、海报上的二维码",
        'public_url = "https://jf.example.cn"',
        "http://监听地址:端口",
    ),
    InstallationSetting(
        "watermark",
        "账外存根",
        "账本末尾的存根另存在哪些文件夹：有人把数据换成旧副本，一开机就看得出来。",
        "“后台工作与备份”页、首页的提醒",
        'watermark = ["/srv/cunwei/stub", "/media/usb/stub"]',
        "没有；用 scripts/run.py 启动的是数据目录旁边的一个文件夹",
    ),
    InstallationSetting(
        "trusted_proxies",
        "信任的代理",
        "自己的反向代理的地址：只有它们可以说访问者从哪里来，防猜密码的次数才算在对的人头上。",
        "“登录记录”里的地址",
        'trusted_proxies = "127.0.0.1"',
        "没有",
    ),
    InstallationSetting(
        "fonts",
        "补充字体",
        "自带字体画不出的生僻字，用哪些字体文件补上；先用 pointsbank fonts try 试过。",
        "“打印”页列出的生僻字，积分卡、公示和海报上的姓名",
        'fonts = ["/srv/cunwei/fonts/own.ttf"]',
        "只用自带的字体",
    ),
    InstallationSetting(
        "official_fonts",
        "公文字体",
        "公文样式用哪两个字体文件：先正文（一般是仿宋），后标题（一般是小标宋）；授权由村里自己负责。",
        "勾选“公文样式”的公示、记录、决议和上报表",
        'official_fonts = ["/srv/cunwei/fonts/fangsong.ttf", "/srv/cunwei/fonts/xiaobiaosong.ttf"]',
        "自带的字体",
    ),
    InstallationSetting(
        "backup_to",
        "备份另存",
        "每天的备份还抄到哪些文件夹，加了密；写U盘上的文件夹，不会自己建。",
        "“后台工作与备份”页、首页上的备份日期",
        'backup_to = "/media/usb/pointsbank"',
        "只在数据目录的 backups 里",
    ),
    InstallationSetting(
        "practice_database_url",
        "练习村的库",
        "数据在 PostgreSQL 上时，练习村放在哪个库：先建一个空库。里面有别的东西的库不会动。",
        "“练习村”页",
        'practice_database_url = "postgresql+psycopg://用户@主机/练习库"',
        "数据在文件里的不用设；在 PostgreSQL 上的没有练习村",
    ),
)
"""Every setting of an installation, in the order in which people see them."""
