"""Lists as villages write them: places are no codes, remarks are no names, and nobody in them is lost."""

import pytest

from pointsbank.roster.name_lists import read_name_list


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("", []),
        ("王建国", ["王建国"]),
        ("0101", ["0101"]),
        ("0101 0302、欧阳犇，lxy；买买提·艾力", ["0101", "0302", "欧阳犇", "lxy", "买买提·艾力"]),
        ("王建国\n李秀英\n\n王建国", ["王建国", "李秀英", "王建国"]),
        ("1. 王建国  2、李秀英 3人", ["王建国", "李秀英"]),
        ("1.王建国 2.李秀英 3.曾䶮", ["王建国", "李秀英", "曾䶮"]),
        ("#接龙\n1. 张三 2. 李四 已交", ["张三", "李四"]),
        (
            "#接龙\n8月20日大扫除，请到场的接龙\n\n1. 王建国 2人\n2. 李秀英 已到\n3. 单雪梅👌",
            ["王建国", "李秀英", "单雪梅"],
        ),
        ("#接龙\n例 张三 1人\n1. 王建国", ["王建国"]),
        ("今天到场的：\n1 王建国\n2 李秀英", ["王建国", "李秀英"]),
        ("1王建国\n2李秀英", ["王建国", "李秀英"]),
        ("（1）王建国（二组）\n（2）李秀英", ["王建国", "李秀英"]),
        ("①王建国②李秀英", ["王建国", "李秀英"]),
        ("１．王建国　２．李秀英", ["王建国", "李秀英"]),
        ("1、王建国√ 2、李秀英 ✓", ["王建国", "李秀英"]),
        ("王建国 18:30 签到\n李秀英 2026-08-20", ["王建国", "李秀英"]),
        ("0101 王建国\n0302 欧阳犇", ["0101 王建国", "0302 欧阳犇"]),
        ("王建国 0101\n欧阳犇 0302", ["王建国 0101", "欧阳犇 0302"]),
        ("1. 0101 王建国\n2. 0302 欧阳犇 2小时", ["0101 王建国", "0302 欧阳犇"]),
        # A village that counts its households 1, 2, 3: nothing but numbers are codes.
        ("1 2 3", ["1", "2", "3"]),
        # They do not run: nobody drops a number that may be a code.
        ("101 王建国\n205 李秀英", ["101 王建国", "205 李秀英"]),
        ("2 王建国\n3 李秀英", ["2 王建国", "3 李秀英"]),
        ("5. 王建国\n3. 李秀英", ["5. 王建国", "3. 李秀英"]),
        # Somebody left the chain again, and two wrote at once.
        ("1. 王建国\n3. 李秀英\n3. 曾䶮", ["王建国", "李秀英", "曾䶮"]),
        ("1. 王建国 1.5小时\n2. 李秀英 18:30到", ["王建国", "李秀英"]),
        ("20. 王建国\n21. 李秀英", ["王建国", "李秀英"]),
        # Two on a line, and entries that ran together.
        ("#接龙\n1. 王建国 李秀英\n2. 曾䶮、单雪梅", ["王建国", "李秀英", "曾䶮", "单雪梅"]),
        ("1、王建国2、李秀英👌3、曾䶮", ["王建国", "李秀英", "曾䶮"]),
        # What is no name, no code and no known remark is asked about.
        ("1. 王建国 带扫把\n2. 李秀英", ["王建国", "带扫把", "李秀英"]),
        ("王 芳\n李 军\n欧 阳犇", ["王芳", "李军", "欧阳犇"]),
        ("1️⃣王建国\n2️⃣ 李秀英\n🔟曾䶮", ["王建国", "李秀英", "曾䶮"]),
        ("1.✅王建国\n2.🌹🌹李秀英🌹", ["王建国", "李秀英"]),
        ("1. @王建国+1\n2. 李秀英3人", ["王建国", "李秀英"]),
        ("1，王建国\n2，李秀英", ["王建国", "李秀英"]),
        ("1,王建国", ["1", "王建国"]),
        ("1.王建国 13812345678\n2.李秀英 二组", ["王建国", "李秀英"]),
        ("一组：王建国、李秀英\n合计：2人", ["王建国", "李秀英"]),
        ("序号\t户号\t户主\t签名\n1\t0101\t王建国\t√", ["1", "0101", "王建国"]),
        ("户号\t户主\n0101\t王建国\t√\n0102\t王建国", ["0101 王建国", "0102 王建国"]),
        # Who stands there as absent is no deed: name and remark stay together and mean nobody.
        ("王建国 √\n李秀英 ×\n曾䶮 没来", ["王建国", "李秀英 ×", "曾䶮 没来"]),
        ("1. 王建国（请假）\n2. 李秀英❌\n3. 曾䶮 ？", ["王建国 请假", "李秀英❌", "曾䶮 ?"]),
        # These signs stand in codes and initials too.
        ("王建国 -\n李秀英 x\n曾䶮 0", ["王建国 ×", "李秀英 ×", "曾䶮 ×"]),
        ("王未来", ["王未来"]),
    ],
)
def test_a_list_names_its_households(text: str, named: list[str]) -> None:
    assert read_name_list(text) == named


def test_eighty_names_are_read_in_their_order() -> None:
    names = [f"王{chr(0x5EFA + place)}国" for place in range(80)]
    text = "#接龙\n" + "\n".join(f"{place}. {name} 1人" for place, name in enumerate(names, start=1))

    assert read_name_list(text) == names
