"""Holds a roster's file against the roster: near-equal codes, known names under other codes, groups.

Pure: rows and known participants in, problems and doubts out.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from pointsbank.roster.stored import Participant
from pointsbank.spreadsheets import RowProblem, group_heading, remark_of
from pointsbank.spreadsheets.problems import row_in_words

_NEARLY_ALL = 0.8
_SEVERAL, _SHORTEST = 2, 3
_FEW = 5
"""Households; of fewer nobody can say that nearly all are missing."""

_OF_A_NAME = re.compile(
    r"[?？□■★☆●※＋＆：*＊△▲◆◇◎√✓✔#＃]|[\u3400-\u9fff][+&:][\u3400-\u9fff]|^[0-9０-９]+[.．、)）]|^[(（]|[0-9]\s*[人口个]$"
)
"""What no household is called: with a sign for a lost character, a mark, two names, a number in front."""

# Nobody numbers households by digits and the letter O; nobody can tell O1001 from 01001 on a card either.
_WITH_LETTER_O = re.compile("(?=.*[0-9])(?=.*[Oo])[0-9Oo]+")
_ZEROS = re.compile(r"(?<![0-9])0+(?=[0-9])")


def bare_code(code: str) -> str:
    """Return a code as it is after a spreadsheet has taken it for a number: without leading noughts.

    Example:
        >>> bare_code("0101"), bare_code("01-002"), bare_code("A007")
        ('101', '1-2', 'A7')
    """
    return _ZEROS.sub("", code).casefold().upper()


def near_codes(codes: Collection[str]) -> dict[str, list[str]]:
    """Return codes by what they are without leading noughts."""
    found = defaultdict(list)
    for code in codes:
        found[bare_code(code)].append(code)
    return found


def code_problems(
    rows: Sequence[Mapping[str, Any]], known: Mapping[str, Participant]
) -> Iterator[RowProblem]:
    """Yield new codes that differ from another by leading noughts only, and names with a remark."""
    near = near_codes(known)
    first: dict[str, Mapping[str, Any]] = {}
    for row in rows:
        code = row["code"]
        other = first.setdefault(bare_code(code), row)
        if code not in known and _WITH_LETTER_O.fullmatch(code):
            sentence = f"户号“{code}”里有字母O，像是数字0，请核对改正。"
            yield RowProblem(row["row"], "户号", sentence)
        elif code not in known and (likely := near.get(bare_code(code))):
            who = known[likely[0]]
            sentence = (
                f"{code}和{who.code}只差前面的0，已有{who.code}{who.name}。"
                "Excel 会去掉数字前面的0：请把这一列设为“文本”格式，补上0。"
            )
            yield RowProblem(row["row"], "户号", sentence)
        elif other["code"] != code and not (code in known and other["code"] in known):
            where = row_in_words(other["row"])
            sentence = f"{code}和{where}的{other['code']}只差前面的0，像是同一户，请把户号写成一样的位数。"
            yield RowProblem(row["row"], "户号", sentence)
        if (remark := remark_of(row["name"])) and (row["kind"] or "household") == "household":
            sentence = f"姓名后面有“{remark[:20]}”。户主这一列只写姓名，说明请另写一列。"
            yield RowProblem(row["row"], "户主", sentence)
        elif (row["kind"] or "household") == "household" and _is_odd_name(row, known.get(code)):
            sentence = f"“{row['name'][:30]}”不像姓名：这一列只写姓名，请去掉多余的符号和字；缺字的请补上。"
            yield RowProblem(row["row"], "户主", sentence)


def relations(rows: Sequence[Mapping[str, Any]], known: Mapping[str, Participant]) -> Iterator[RowProblem]:
    """Yield households whose name, new here, seems to say more: 王建国家, 王建国之妻, 王建国等."""
    for row in rows:
        before = known.get(row["code"])
        is_new = before is None or before.name != row["name"]
        if (
            is_new
            and (row["kind"] or "household") == "household"
            and _MORE_THAN_A_NAME.fullmatch(row["name"])
        ):
            sentence = f"“{row['name'][:30]}”像是多写了字。这一列只写户主的姓名，说明请另写一列。"
            yield RowProblem(row["row"], "户主", sentence)


_MORE_THAN_A_NAME = re.compile(
    r"[\u3400-\u9fff]{2,4}(?:之[妻子女母父夫]|的.+|遗孀|配偶|夫妇|夫妻)|[\u3400-\u9fff]{3}[家等户代]"
)


def _is_odd_name(row: Mapping[str, Any], before: Participant | None) -> bool:
    """Return whether a name, new here, is a group's, or has something in it that no name has."""
    name = row["name"]
    if before is not None and before.name == name:
        return False
    return _OF_A_NAME.search(name) is not None or group_heading(name) is not None


def doubts(rows: Sequence[Mapping[str, Any]], known: Mapping[str, Participant]) -> list[RowProblem]:
    """Return what can hardly be meant: nearly all new and nearly all missing, or a known name's new code."""
    here = {row["code"] for row in rows}
    missing = [person for code, person in known.items() if code not in here and person.status != "closed"]
    new = [row for row in rows if row["code"] not in known]
    moved = list(_moved(new, missing, known))
    shuffled = _shuffled(rows, known)
    if len(shuffled) >= _SEVERAL:
        row, other = shuffled[0]
        why = "像是只给一列排了序" if len(shuffled) > _SEVERAL else "像是两户写反了"
        sentence = (
            f"有{len(shuffled)}行的户主是花名册里另一户的，例如{row['name']}原是户号{other}：{why}。"
            "请核对户号和户主是不是一一对应。"
        )
        return [RowProblem(row["row"], "户主", sentence)]
    if several := _many_others(rows, known):
        return several
    if _is_other_roster(new, missing, moved, rows, known):
        sentence = (
            f"文件里{len(rows)}户中有{len(new)}户的户号是新的，花名册里{len(known)}户中有{len(missing)}户不在文件里："
            "像是户号换了写法，照此导入每户会有两份。请先核对户号。"
        )
        return [RowProblem(new[0]["row"], "户号", sentence)]
    return [
        RowProblem(
            row["row"],
            "户号",
            f"{person.group or ''}{row['name']}在花名册里是户号{person.code}，这里是新户号{row['code']}，"
            f"文件里又没有{person.code}。如果是同一户，请改用{person.code}。",
        )
        for row, person in moved
    ]


def _many_others(rows: Sequence[Mapping[str, Any]], known: Mapping[str, Participant]) -> list[RowProblem]:
    """Return a question where most of the known households would get another name, group or size."""
    same = [row for row in rows if row["code"] in known and not known[row["code"]].erased]
    for key, title, likely in (
        ("name", "户主", "像是另一个村的表，或者户号错了行"),
        ("group", "小组", "像是小组错了行，或者换了写法"),
        ("people", "人口", "像是人口错了行，或者是另一列的数"),
    ):
        other = [row for row in same if row[key] and row[key] != getattr(known[row["code"]], key)]
        if len(other) >= _FEW and len(other) > len(same) / 2:
            row = other[0]
            sentence = (
                f"文件里和花名册户号相同的{len(same)}户中，有{len(other)}户的{title}不一样，例如{row['code']}"
                f"在花名册里是{getattr(known[row['code']], key)}，这里是{row[key]}：{likely}。请先核对。"
            )
            return [RowProblem(row["row"], title, sentence)]
    return []


def _shuffled(
    rows: Sequence[Mapping[str, Any]], known: Mapping[str, Participant]
) -> list[tuple[Mapping[str, Any], str]]:
    """Return rows whose new name is that of another household of the roster: one column was sorted alone."""
    codes = {person.name: code for code, person in known.items()}
    return [
        (row, codes[row["name"]])
        for row in rows
        if row["code"] in known
        and row["name"] != known[row["code"]].name
        and codes.get(row["name"], row["code"]) != row["code"]
    ]


def short_codes(rows: Sequence[Mapping[str, Any]], known: Collection[str]) -> Iterator[RowProblem]:
    """Yield the first new number that is shorter than others which begin with a nought: 2002 beside 01001.

    Args:
        known: codes of the roster.
    """
    padded = [
        code for code in (*known, *(row["code"] for row in rows)) if code.isdecimal() and code[0] == "0"
    ]
    longest = max(map(len, padded), default=0)
    short = [
        row
        for row in rows
        if row["code"] not in known and row["code"].isdecimal() and row["code"][0] != "0"
        if len(row["code"]) < longest
    ]
    if short:
        several = f"等{len(short)}个" if len(short) > 1 else ""
        other = next(one for one in padded if len(one) == longest)
        sentence = (
            f"{short[0]['code']}{several}比别的户号（如{other}）短："
            "像是 Excel 去掉了前面的0，请把这一列设为“文本”格式，补上0。"
        )
        yield RowProblem(short[0]["row"], "户号", sentence)


def uneven_codes(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return a warning where numbers of three digits stand among longer ones: noughts may be gone."""
    lengths = {len(row["code"]) for row in rows if row["code"].isdecimal()}
    if len(lengths) < 2 or min(lengths) < _SHORTEST or not all(row["code"].isdecimal() for row in rows):
        return []
    named = "、".join(f"{length}位" for length in sorted(lengths))
    return [f"户号有{named}的：如果原来前面有0，是 Excel 去掉的，请把这一列设为“文本”格式，补上0。"]


def _moved(
    new: Sequence[Mapping[str, Any]], missing: Sequence[Participant], known: Mapping[str, Participant]
) -> Iterator[tuple[Mapping[str, Any], Participant]]:
    """Yield new rows with the one person of the same name whose code is not in the file.

    Of the same group, or of another: a household that moved, where the village has its name but once.
    """
    here = Counter((row["name"], row["group"]) for row in new)
    names = Counter(row["name"] for row in new)
    all_names = Counter(person.name for person in known.values())
    there, by_name = defaultdict(list), dict[str, Participant]()
    for person in missing:
        there[(person.name, person.group)].append(person)
        by_name[person.name] = person
    for row in new:
        who, name = (row["name"], row["group"]), row["name"]
        if here[who] == 1 and len(there.get(who, [])) == 1:
            found = there[who][0]
        elif names[name] == all_names[name] == 1 and name in by_name:
            found = by_name[name]
        else:
            continue
        if not found.erased:
            yield row, found


def _is_other_roster(
    new: Sequence[Mapping[str, Any]],
    missing: Sequence[Participant],
    moved: Sequence[object],
    rows: Sequence[object],
    known: Mapping[str, Participant],
) -> bool:
    """Return whether nearly all rows are new and nearly all the roster is missing, though it is the same."""
    if len(known) < _FEW or len(new) < _NEARLY_ALL * len(rows) or len(missing) < _NEARLY_ALL * len(known):
        return False
    groups = {person.group for person in missing if person.group}
    same = [row for row in new if row["group"] in groups]
    of_these = [person for person in missing if person.group in {row["group"] for row in same}]
    alike = len(of_these) / 2 <= len(same) <= 2 * len(of_these) and len(of_these) >= _FEW
    return len(moved) >= _FEW or (alike and len(same) >= _NEARLY_ALL * len(new))
