"""Compound surnames (复姓): the first two characters of a name that belong together."""

_PAIRS = (
    "欧阳太史端木上官司马东方独孤南宫万俟闻人夏侯诸葛尉迟公羊赫连澹台皇甫宗政濮阳公冶太叔申屠公孙慕容仲孙"
    "钟离长孙宇文司徒鲜于司空闾丘子车亓官司寇巫马公西颛孙壤驷公良漆雕乐正宰父谷梁拓跋夹谷轩辕令狐段干百里"
    "呼延东郭南门羊舌微生梁丘左丘西门第五即墨达奚褚师纳兰完颜耶律贺兰屈突宿勤叶赫那拉富察淳于单于"
    "歐陽司馬東方獨孤諸葛尉遲赫連鍾離長孫公孫鮮于軒轅東郭顓孫"
)

COMPOUND = frozenset(_PAIRS[place : place + 2] for place in range(0, len(_PAIRS), 2))


def surname_length(name: str) -> int:
    """Return how many characters at the front of a name are the surname: 1 or 2.

    Example:
        >>> surname_length("欧阳明"), surname_length("王建国")
        (2, 1)
    """
    return 2 if name[:2] in COMPOUND else 1
