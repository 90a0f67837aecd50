"""What happens to the account of somebody who signs in, as the page of sign-ins says it."""

from pointsbank.labels import Labels

STAFF_EVENT = Labels(
    "staff_event",
    {
        "signed_in": "登录",
        "refused": "登录被拒绝",
        "code_refused": "动态码不对",
        "added": "添加人员",
        "roles": "角色变更",
        "disabled": "停用账号",
        "enabled": "启用账号",
        "password_reset": "密码被重设",
        "password_changed": "本人改密码",
        "token_made": "生成访问令牌",
        "token_revoked": "作废访问令牌",
        "factor_on": "启用第二步验证",
        "factor_lost": "登记手机丢失",
        "factor_off": "取消第二步验证",
        "recovery_made": "打印恢复码",
        "recovery_used": "使用恢复码",
        "recovered": "在服务器上恢复账号",
        "backup_taken": "下载备份或看口令",
        "signed_out": "各处退出登录",
        "copied_out": "把全部数据复制出去",
        "restored": "恢复备份",
        "address_set": "选定公开网址",
        "backup_folders_set": "设定备份文件夹",
        "practice_made": "建立练习村",
        "practice_discarded": "丢掉练习村",
    },
)
