"""Compound surnames (复姓): the first two characters of a name that belong together."""

COMPOUND = frozenset(
    (
        "欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 "
        "申屠 公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘 子车 亓官 司寇 巫马 公西 颛孙 壤驷 公良 漆雕 乐正 "
        "宰父 谷梁 拓跋 夹谷 轩辕 令狐 段干 百里 呼延 东郭 南门 羊舌 微生 梁丘 左丘 西门 第五 即墨 达奚 褚师 纳兰 "
        "完颜 耶律 贺兰 叱干 屈突 宿勤 叶赫 那拉 富察 歐陽 司馬 東方 獨孤 諸葛 尉遲 赫連 鍾離 長孫 公孫 "
        "鮮于 軒轅 東郭 顓孫 淳于 单于"
    ).split()
)


def surname_length(name: str) -> int:
    """How many characters at the front of a name are the surname."""
    return 2 if name[:2] in COMPOUND else 1
