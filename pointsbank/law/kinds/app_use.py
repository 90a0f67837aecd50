"""Use of apps: no points for opening, checking in, sharing or time online; no ranking of it."""

from datetime import date

from pointsbank.law.rules import ON_SCORES, Kind, Rule, Use

RULES = (
    Rule(
        code="app_use",
        pattern=(
            "(?:app|小程序|公众号|线上|网上|网络|平台|微信|手机|客户端|视频号|直播间|抖音)[^，。；]{0,6}(?:签到|打卡|登录|登陆|注册|下载|安装|转发|分享|点赞|关注|浏览|时长|答题)"
            "|(?:登录|登陆|注册|下载|安装|转发|分享|点赞|关注)[^，。；]{0,6}(?:app|小程序|公众号|朋友圈|链接|视频|平台|客户端|推文)|在线时长|登录次数|(?:每[日天]|天天)(?:打卡|签到)|扫码打卡|学习强国"
            "|(?:抖音|快手|视频号|朋友圈|公众号)(?:上)?(?:发布?|推送|推广)|(?:发布?|拍)[^，。；]{0,4}短视频"
        ),
        uses=ON_SCORES,
        roundabout=("点(?:小心心|个?赞)|打开[^，。；]{0,6}(?:小程序|app)|刷(?:抖音|视频)|观看直播",),
        because="是对使用软件的打卡、转发或者时长计分，不得要求",
        source="国办函〔2026〕12号",
        since=date(2026, 1, 25),
        reviewed=date(2026, 11, 28),
        instead=("参加村民小组会议并签到", "参加普法宣传活动"),
        stops=(
            (Use.DEED, "转发村公众号文章"),
            (Use.DEED, "每日手机APP打卡"),
            (Use.DEED, "抖音发布村庄短视频"),
        ),
        passes=(
            (Use.DEED, "党日活动签到"),
            (Use.DEED, "会议当日签到并全程参加"),
        ),
    ),
)
KIND = Kind("app_use", "软件使用", RULES)
