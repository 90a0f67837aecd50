"""The empty table of a scheme: every column, and each shape's examples to write over."""

import csv
import io

from pointsbank.scoring.scheme_rows import WRITTEN_COLUMNS
from pointsbank.scoring.shapes import SHAPES

_COUNTER = {
    "条目": "可回收物交到柜台",
    "方向": "加分",
    "分值": "0.5",
    "单位": "公斤",
    "柜台登记": "是",
    "每日上限": "10",
}
_VETO = {"条目": "拒不整改", "方向": "一票否决", "后果": "兑换、红榜", "后果期限": "次年年底"}
_NAMED_ONLY = {"条目": "小组获奖，参加的户", "方向": "加分", "分值": "5", "形状": "固定", "点名": "是"}


def scheme_template() -> bytes:
    """Return a CSV file that can be imported as it is: UTF-8 with BOM, as Excel wants it.

    Example:
        >>> scheme_template().decode("utf-8-sig").splitlines()[0][:17]
        '编号,类别,条目,方向,分值,单位'
    """
    rows = [
        {"类别": "样例", "形状": shape.names[0], **example.cells}
        for shape in SHAPES.values()
        for example in shape.examples
    ]
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, [column.title for column in WRITTEN_COLUMNS])
    writer.writeheader()
    rows += [{"类别": "样例"} | row for row in (_NAMED_ONLY, _COUNTER, _VETO)]
    for number, row in enumerate(rows, start=1):
        writer.writerow({"编号": f"例{number}"} | row)
    return out.getvalue().encode("utf-8-sig")
