"""What was done to an account that may put it into somebody's hands, or back into its owner's."""

from pointsbank.labels import Labels

ACCOUNT_ACT = Labels(
    "account_act",
    {
        "made": "新建账号",
        "password_reset": "重设密码",
        "enabled": "重新启用账号",
        "second_factor_removed": "取消第二步验证",
        "recovered": "找回账号",
        "role_given": "分配角色",
        "token_made": "代为生成访问令牌",
        "own_password": "本人改密码",
    },
)
