"""Scripts that names are written in, by their four letters in ISO 15924."""

from pointsbank.labels import Labels

SCRIPT = Labels(
    "script",
    {
        "Hani": "汉字",
        "Latn": "拉丁字母（拼音、壮文等）",
        "Cyrl": "西里尔字母（俄文等）",
        "Grek": "希腊字母",
        "Bopo": "注音符号",
        "Hang": "谚文（朝鲜文）",
        "Hira": "平假名",
        "Kana": "片假名",
        "Yiii": "彝文",
        "Lisu": "傈僳文",
        "Talu": "新傣仂文",
        "Tale": "傣那文",
        "Nshu": "女书",
        "Arab": "阿拉伯字母（维吾尔文、哈萨克文等）",
        "Tibt": "藏文",
        "Mong": "蒙古文、满文、锡伯文",
        "Lana": "老傣仂文",
        "Plrd": "柏格理苗文",
        "Thai": "泰文",
        "Laoo": "老挝文",
        "Mymr": "缅文",
        "Deva": "天城文",
        "Zyyy": "通用符号",
        "Zinh": "附加符号",
    },
)
