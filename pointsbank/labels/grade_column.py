"""Columns of a table of bands, and how villages head them."""

from pointsbank.labels import Labels

GRADE_COLUMN = Labels(
    "grade_column",
    {
        "name": "表名",
        "kinds": "给谁评",
        "period": "多久评一次",
        "measured_on": "按什么评",
        "category": "哪个类别",
        "band": "等级",
        "sign": "标志",
        "range": "分数段",
        "measure": "怎么做",
        "low": "下限",
        "low_included": "含下限",
        "high": "上限",
        "high_included": "含上限",
    },
    spellings={
        "name": ("等级表", "方案", "办法"),
        "kinds": ("主体", "对象", "积分主体"),
        "period": ("周期", "评定周期"),
        "measured_on": ("评定依据", "依据"),
        "category": ("类别",),
        "band": ("星级", "颜色", "档次", "名称"),
        "sign": ("挂什么", "颜色或星"),
        "range": ("分值", "分数", "得分", "范围", "区间", "文字", "text"),
        "measure": ("措施", "结果运用", "处理", "后续"),
        "low": ("最低分", "从"),
        "high": ("最高分", "到"),
    },
)
