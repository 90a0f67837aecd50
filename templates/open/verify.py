#!/usr/bin/env python3
"""核对一个村的积分账本：不用联网，不用装别的，只要 Python 3.6 以上。

    python3 verify.py 账本.jsonl.gz
    python3 verify.py 账本.jsonl.gz --digits "12345 12345 12345 12345 12345 12345"
    python3 verify.py 账本.jsonl.gz --anchor-code pointsbank-anchor-v1:…
    python3 verify.py 账本.jsonl.gz --draw 1234561234 --month 2026-10 --count 20
    python3 verify.py --proof 小票.tlog-proof --key 海报上的公钥
    python3 verify.py --not-covered

Checks a village's ledger against itself and against paper: one file, standard library only, no network.
Sentences are Chinese, or English with --en. Exit status: 0 all fits, 1 something does not, 2 nothing could be
checked (wrong use, a file that cannot be read).

The file: one JSON line each. A header; each entry's public bytes, exactly as they were hashed; each closed
month's anchor. SHA-256 throughout (RFC 9162):
    leaf = H(0x00 + entry)    node = H(0x01 + left + right)    anchor = H("pointsbank-anchor-v1\\n" + content)
The thirty digits on a poster are the anchor as a number, modulo 10^30.
The draw by ten dice: of the month's entries of kind award or deduction those with the smallest tickets,
    ticket(entry) = H("pointsbank-draw-v1\\n" + anchor in hexadecimal + "\\n" + dice + "\\n" + number)
"""

import argparse
import base64
import gzip
import hashlib
import json
import re
import sys

NOT_COVERED = (
    (
        "记下的事是不是真的：对得上只说明记下以后没有改过。真不真要靠公示、异议和抽查。",
        "Whether what was recorded is true: a fit only says that it was not changed since.",
    ),
    (
        "该记的有没有漏记：没有写进账本的事，账本证明不了。",
        "Whether something was never recorded: a ledger proves nothing about what is not in it.",
    ),
    (
        "最近一次月结以后的记录：要等下个月的海报贴出来才盖住。",
        "What was recorded after the last closed month: the next month's poster will seal it.",
    ),
    (
        "谁得的分、为什么得：姓名和事由不公开，只能由本户或工作人员各自核对。",
        "Whose points and why: names and reasons are hidden; a household checks its own.",
    ),
    (
        "依法删去的姓名和事由：条目和数额还在，删去的文字不能再核对。",
        "Words that were erased by law: the entry and its amount stay, the words cannot be checked.",
    ),
    (
        "海报本身是不是真的：要看墙上贴的、监督员手里的、村民拍的是不是同一张。签名只有本系统自己的，没有别的单位联署。",
        (
            "Whether the poster is the real one: compare the wall, the supervisor's copy and photographs."
            " Signatures are our own; nobody else has cosigned."
        ),
    ),
)

ENGLISH = False
SHOWN = 20
LARGEST = 2**53
MOST_BYTES = 1 << 29
MOST_LINES = 5000000
LONGEST_LINE = 1 << 16
MOST_SIGNATURES = 64
ANCHOR_PREFIX = b"pointsbank-anchor-v1\n"
ANCHOR_KEYS = ["month", "prev", "root", "size", "totals", "vil"]
DRAW = "pointsbank-draw-v1"
DRAWN_FROM = (b"award", b"deduction")
VILLAGE = re.compile("[a-z][a-z0-9-]{1,31}").fullmatch
MONTH = re.compile("[0-9]{4}-(?:0[1-9]|1[0-2])").fullmatch
HASH = re.compile("[0-9a-f]{64}").fullmatch
sha256 = hashlib.sha256


class Unreadable(Exception):
    """Nothing can be checked: what is wrong, in both languages."""


def say(chinese, english, **values):
    """Write a sentence in the chosen language; letters that the screen has not are question marks."""
    sentence = (english if ENGLISH else chinese).format(**values)
    try:
        print(sentence)
    except UnicodeEncodeError:  # before Python 3.7 the screen's letters cannot be chosen
        print(sentence.encode("ascii", "replace").decode("ascii"))


class Findings:
    """What does not fit, said as it is found; the first twenty, and how many there were."""

    def __init__(self):
        self.count = 0

    def add(self, chinese, english, **values):
        self.count += 1
        if self.count <= SHOWN:
            say("不符：" + chinese, "MISMATCH: " + english, **values)


# Merkle trees ---------------------------------------------------------------------------------------------


def fold(peaks):
    """The root over the complete trees of a log, largest first."""
    if not peaks:
        return sha256(b"").digest()
    node = peaks[-1]
    for peak in reversed(peaks[:-1]):
        node = sha256(b"\x01" + peak + node).digest()
    return node


def root_of_path(leaf, index, size, path):
    """The root that an audit path leads to, or None where the path has not the right length."""
    if not 0 <= index < size:
        return None
    place, last, node = index, size - 1, leaf
    for beside in path:
        if last == 0:
            return None
        if place & 1 or place == last:
            node = sha256(b"\x01" + beside + node).digest()
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            node = sha256(b"\x01" + node + beside).digest()
        place, last = place >> 1, last >> 1
    return node if last == 0 else None


# The export -----------------------------------------------------------------------------------------------


def canonical(value):
    """The one way to write a value: sorted keys, no spaces."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode("utf-8")


def entry_pattern(village):
    """What an entry of this village looks like, to the byte."""
    number = rb"(?:0|[1-9][0-9]{0,15})"
    pair = rb'\["[a-z]+",[1-9][0-9]{0,15}\]'
    moment = (
        rb"[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z"
    )
    return re.compile(
        rb'\{"c":"[0-9a-f]{64}","i":('
        + number
        + rb'),"k":"([a-z_]+)","p":\[((?:'
        + pair
        + rb"(?:,"
        + pair
        + rb')*)?)\],"ref":(null|'
        + number
        + rb'),"t":"('
        + moment
        + rb')","v":1,"vil":'
        + re.escape(canonical(village))
        + rb'(?:,"w":"[0-9a-f]{64}")?\}'
    ).fullmatch


def amounts_in(written):
    """Pairs of unit and hundredths, of an entry's `p`."""
    pairs = json.loads(b"[" + written + b"]")
    if any(amount >= LARGEST for _, amount in pairs):
        raise ValueError(written)
    return pairs


def read_bytes(path):
    """All bytes of a file, packed or not, as far as a ledger may be long."""
    with open(path, "rb") as file:
        packed = file.peek(2)[:2] == b"\x1f\x8b"
        pieces, size = [], 0
        source = gzip.GzipFile(fileobj=file) if packed else file
        while True:
            piece = source.read(1 << 22)
            if not piece:
                return b"".join(pieces)
            pieces.append(piece)
            size += len(piece)
            if size > MOST_BYTES:
                raise Unreadable("文件太大，不像是账本。", "the file is too large to be a ledger.")


def read_lines(path):
    """All lines of a file, packed or not."""
    try:
        whole = read_bytes(path)
    except Unreadable:
        raise
    except MemoryError:
        raise Unreadable("文件太大，这台电脑内存不够。", "the file is too large for this machine's memory.")
    except EOFError:
        raise Unreadable("文件不完整，没有下载完，请重新下载。", "the file is incomplete: download it again.")
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None)
        if why:
            raise Unreadable("文件读不出来：%s" % why, "the file cannot be read: %s" % why)
        raise Unreadable("文件损坏，请重新下载。", "the file is damaged: download it again.")
    except Exception:  # zlib.error, where the packing is damaged
        raise Unreadable("文件损坏，请重新下载。", "the file is damaged: download it again.")
    begins = whole[:LONGEST_LINE].lstrip(b"\xef\xbb\xbf \r\n\t")
    if begins.startswith(b'{"format"') and (begins[:1] != whole[:1] or b"\r" in begins):
        raise Unreadable(
            "文件被别的程序改存过（换行或编码变了），请重新下载，不要打开另存。",
            "another program has rewritten line ends or encoding: download the file again.",
        )
    if whole.count(b"\n") > MOST_LINES:
        raise Unreadable("文件太大，不像是账本。", "the file is too large to be a ledger.")
    lines = whole.split(b"\n")
    return lines[:-1] if not lines[-1] else lines


def parsed(content):
    """The value that JSON holds; ValueError where it is none, or is nested as no ledger's is."""
    if len(content) > LONGEST_LINE:
        raise ValueError("too long")
    try:
        return json.loads(content.decode("utf-8"))
    except RecursionError:
        raise ValueError("nested too deep")


def read_export(path):
    """Header, entries and anchors of an export, as bytes."""
    lines = read_lines(path)
    try:
        header = parsed(lines[0])
        right = (
            header["format"] == "pointsbank-export-v1"
            and VILLAGE(header["vil"])
            and type(header["size"]) is int
            and 0 <= header["size"] < LARGEST
            and HASH(header["root"])
            and len(header) == 4
            # One way to write it: no second key of a name, no other spelling of a number.
            and json.dumps(header, sort_keys=True).encode() == lines[0]
        )
    except (IndexError, KeyError, TypeError, ValueError):
        right = False
    if not right:
        raise Unreadable("这不是账本的公开文件。", "this is no public export of a ledger.")
    return header, lines[1 : 1 + header["size"]], lines[1 + header["size"] :]


class Walk:
    """What is known after walking along the entries: the root, and root and sums at each seal."""

    def __init__(self):
        self.root = b""
        self.sealed = {}
        self.closings = []
        self.scores = []


def walk(entries, village, seals, found):
    """Check each entry by itself and against those before it, and build the tree."""
    done, match, peaks, totals, known, parts, undone = Walk(), entry_pattern(village), [], {}, {}, [], set()
    moment = b""
    for index, line in enumerate(entries):
        fits = match(line)
        if fits is None:
            found.add(
                "第{index}条的写法不对，或不是这个村的",
                "entry {index} is not written as it must be",
                index=index,
            )
            kind, written = b"", b""
        else:
            number, kind, written, ref, when = fits.groups()
            if int(number) != index:
                found.add(
                    "第{index}条写的序号是{number}",
                    "entry {index} says it is number {number}",
                    index=index,
                    number=int(number),
                )
            if when < moment:
                found.add(
                    "第{index}条的时间早于前一条", "entry {index} is earlier than the one before", index=index
                )
            moment = when
            if ref != b"null" and int(ref) >= index:
                found.add("第{index}条指向后面的一条", "entry {index} refers to a later one", index=index)
            elif kind == b"reversal":
                check_reversal(index, ref, written, parts, undone, found)
            if kind == b"month_closed":
                done.closings.append(index)
            elif kind in DRAWN_FROM:
                done.scores.append(index)
        parts.append(written)
        if written:
            if written not in known:
                try:
                    known[written] = amounts_in(written)
                except ValueError:
                    found.add("第{index}条的数额不对", "entry {index} has a wrong amount", index=index)
                    known[written] = []
            of_kind = totals.setdefault(kind.decode(), {})
            for unit, amount in known[written]:
                of_kind[unit] = of_kind.get(unit, 0) + amount
        node, full = sha256(b"\x00" + line).digest(), index
        while full & 1:
            node = sha256(b"\x01" + peaks.pop() + node).digest()
            full >>= 1
        peaks.append(node)
        if index + 1 in seals:
            done.sealed[index + 1] = fold(peaks), totals
            totals = {}
    done.root = fold(peaks)
    return done


def check_reversal(index, ref, written, parts, undone, found):
    """A reversal gives back exactly what it undoes, once."""
    if ref == b"null":
        found.add("第{index}条撤销没有说撤销哪一条", "entry {index} undoes nothing", index=index)
        return
    of = int(ref)
    back = b",".join(reversed(re.findall(rb"\[[^\]]*\]", parts[of])))
    if back != written:
        found.add(
            "第{index}条撤销第{of}条，数额不一样",
            "entry {index} undoes entry {of} with other amounts",
            index=index,
            of=of,
        )
    if of in undone:
        found.add("第{of}条撤销了两次", "entry {of} is undone twice", of=of)
    undone.add(of)


def following(month):
    """The month after one, YYYY-MM."""
    year, number = int(month[:4]), int(month[5:])
    return "%04d-%02d" % (year + number // 12, number % 12 + 1)


class Anchor:
    """The seal of a closed month: its content's fields and digest."""

    def __init__(self, content):
        self.digest = sha256(ANCHOR_PREFIX + content).digest()
        fields = parsed(content)
        if not isinstance(fields, dict) or sorted(fields) != ANCHOR_KEYS or canonical(fields) != content:
            raise ValueError(content)
        self.month, self.prev, self.root = fields["month"], fields["prev"], fields["root"]
        self.size, self.totals, self.village = fields["size"], fields["totals"], fields["vil"]
        if not (MONTH(self.month) and VILLAGE(self.village) and type(self.size) is int):
            raise ValueError(content)
        if not (HASH(self.root) and (self.prev is None or HASH(self.prev))):
            raise ValueError(content)

    @property
    def digits(self):
        plain = "%030d" % (int.from_bytes(self.digest, "big") % 10**30)
        return " ".join(plain[start : start + 5] for start in range(0, 30, 5))

    @property
    def code(self):
        return "pointsbank-anchor-v1:%s:%s:%d:%s" % (self.village, self.month, self.size, self.digest.hex())


def read_anchors(lines, found):
    """The anchors of an export, in order; one that cannot be read is a finding."""
    anchors = []
    for place, line in enumerate(lines):
        try:
            anchors.append(Anchor(line))
        except (KeyError, TypeError, ValueError):
            found.add(
                "第{place}个月的存证内容写法不对",
                "anchor {place} is not written as it must be",
                place=place + 1,
            )
    return anchors


def check_anchors(anchors, done, village, found):
    """Each anchor against the entries that it seals, and against the one before."""
    before = None
    for one in anchors:
        where = {"month": one.month}
        if one.village != village:
            found.add("{month}的存证是别的村的", "the anchor of {month} is of another village", **where)
        if (one.prev or "") != (before.digest.hex() if before else ""):
            found.add(
                "{month}的存证没有接上前一个月",
                "the anchor of {month} does not continue the one before",
                **where,
            )
        if before and (one.month != following(before.month) or one.size <= before.size):
            found.add("{month}没有接在前一个月后面", "{month} does not follow the month before", **where)
        root, totals = done.sealed.get(one.size, (b"", None))
        if root.hex() != one.root:
            found.add(
                "{month}的存证与它盖住的记录不符",
                "the anchor of {month} contradicts the entries it seals",
                **where,
            )
        elif canonical(totals) != canonical(one.totals):  # 1.0 and true are no numbers of a ledger
            found.add("{month}的合计与记录不符", "the sums of {month} contradict the entries", **where)
        before = one
    if done.closings != [one.size - 1 for one in anchors]:
        found.add("月结的记录与存证的月份不对应", "closed months and anchors do not correspond")


def check_export(path, found):
    """Check a whole export; return its anchors and what the walk found."""
    header, entries, rest = read_export(path)
    if len(entries) < header["size"]:
        found.add(
            "应有{size}条，只有{count}条",
            "{count} of {size} entries are there",
            size=header["size"],
            count=len(entries),
        )
    anchors = read_anchors(rest, found)
    done = walk(entries, header["vil"], {one.size for one in anchors}, found)
    if done.root.hex() != header["root"]:
        found.add("账本的根与各条记录不符", "the root contradicts the entries")
    check_anchors(anchors, done, header["vil"], found)
    say(
        "{village}的账本：{size}条记录，{months}个月的存证码。",
        "the ledger of {village}: {size} entries, {months} closed months.",
        village=header["vil"],
        size=len(entries),
        months=len(anchors),
    )
    for one in anchors:
        say(
            "  {month}　{digits}　盖住前{size}条",
            "  {month}  {digits}  seals {size} entries",
            month=one.month,
            digits=one.digits,
            size=one.size,
        )
    return anchors, done


def check_paper(anchors, digits, code, found):
    """What was typed or scanned from a poster against the anchors; return how many entries paper seals."""
    sealed = 0
    if digits is not None:
        fits = [one for one in anchors if one.digits.replace(" ", "") == digits]
        if fits:
            say("海报上的数字与{month}相符。", "the digits on the poster fit {month}.", month=fits[0].month)
            sealed = fits[0].size
        else:
            found.add(
                "海报上的数字与哪个月都对不上：账本在海报印出之后被改过，或数字抄错",
                "the digits fit no month: the ledger was changed since, or they were copied wrongly",
            )
    if code is not None:
        fits = [one for one in anchors if one.code == code.strip()]
        code = code.strip()
        if fits:
            say("海报上的二维码与{month}相符。", "the poster's code fits {month}.", month=fits[0].month)
            sealed = max(sealed, fits[0].size)
        elif anchors and not code.startswith("pointsbank-anchor-v1:%s:" % anchors[0].village):
            found.add("这张海报的二维码不是这个村的", "the poster's code is of another village")
        else:
            found.add("海报上的二维码与哪个月都对不上", "the poster's code fits no month")
    return sealed


def check_draw(anchors, done, dice, month, count):
    """Say which entries ten dice draw of a closed month."""
    places = [place for place, one in enumerate(anchors) if month in (None, one.month)]
    if not places:
        raise Unreadable("文件里没有这个月的存证码。", "the month is not closed in this file.")
    one, start = anchors[places[-1]], anchors[places[-1] - 1].size if places[-1] else 0
    pool = [index for index in done.scores if start <= index < one.size]

    def ticket(index):
        return sha256("\n".join((DRAW, one.digest.hex(), dice, str(index))).encode()).digest()

    drawn = sorted(pool, key=ticket)[:count]
    say(
        "{month}入账的评分{all}条，骰子{dice}抽出{count}条（签小的在前）：",
        "{month}: {all} entries, the dice {dice} draw {count}, smallest ticket first:",
        month=one.month,
        all=len(pool),
        dice=dice,
        count=len(drawn),
    )
    print("  " + " ".join(map(str, drawn)))


# One entry's proof, and signatures ------------------------------------------------------------------------

PRIME = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
CURVE = -121665 * pow(121666, PRIME - 2, PRIME) % PRIME


def point_from(packed):
    """A point of the curve in extended coordinates, or None."""
    number = int.from_bytes(packed, "little")
    sign, y = number >> 255, number & (2**255 - 1)
    if y >= PRIME:
        return None
    square = (y * y - 1) * pow(CURVE * y * y + 1, PRIME - 2, PRIME) % PRIME
    x = pow(square, (PRIME + 3) // 8, PRIME)
    if (x * x - square) % PRIME:
        x = x * pow(2, (PRIME - 1) // 4, PRIME) % PRIME
    if (x * x - square) % PRIME or (x == 0 and sign):
        return None
    x = PRIME - x if x & 1 != sign else x
    return x, y, 1, x * y % PRIME


def added(one, other):
    """The sum of two points."""
    a = (one[1] - one[0]) * (other[1] - other[0]) % PRIME
    b = (one[1] + one[0]) * (other[1] + other[0]) % PRIME
    c = 2 * one[3] * other[3] * CURVE % PRIME
    d = 2 * one[2] * other[2] % PRIME
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % PRIME, g * h % PRIME, f * g % PRIME, e * h % PRIME


def times(number, point):
    """A multiple of a point."""
    result = (0, 1, 1, 0)
    while number:
        if number & 1:
            result = added(result, point)
        point, number = added(point, point), number >> 1
    return result


BASE = point_from((4 * pow(5, PRIME - 2, PRIME) % PRIME).to_bytes(32, "little"))


def is_signed(public, text, signature):
    """Tell whether an Ed25519 signature (RFC 8032) is right."""
    if len(public) != 32 or len(signature) != 64:
        return False
    key, nonce = point_from(public), point_from(signature[:32])
    scalar = int.from_bytes(signature[32:], "little")
    if key is None or nonce is None or scalar >= ORDER:
        return False
    challenge = int.from_bytes(hashlib.sha512(signature[:32] + public + text).digest(), "little") % ORDER
    left, right = times(scalar, BASE), added(nonce, times(challenge, key))
    return all((left[n] * right[2] - right[n] * left[2]) % PRIME == 0 for n in (0, 1))


def plain_base64(text):
    """Bytes of strict base64."""
    content = base64.b64decode(text.encode("ascii"), validate=True)
    if base64.b64encode(content).decode() != text:
        raise ValueError(text)
    return content


def whole_number(text):
    """A number as proofs write it: ASCII, no leading zeroes."""
    if not re.match("^(0|[1-9][0-9]{0,15})$", text):
        raise ValueError(text)
    return int(text)


SLIP_SIGNATURE = 68


def slip_proof(digits, key):
    """The proof that the digits of a slip's code stand for: what they leave out is derived here."""
    if len(digits) % 17:
        raise ValueError(digits)
    numbers = [int(digits[start : start + 17]) for start in range(0, len(digits), 17)]
    if any(number >= 1 << 56 for number in numbers):
        raise ValueError(digits)
    packed = b"".join(number.to_bytes(7, "big") for number in numbers).rstrip(b"\0")
    size, count, flags, rest = int.from_bytes(packed[1:6], "big"), packed[6], packed[7], packed[8:]
    if packed[0] != 1 or flags > 3:
        raise ValueError(digits)
    path, rest = [rest[at : at + 32] for at in range(0, 32 * count, 32)], rest[32 * count :]
    commitment, rest = rest[:32].hex(), rest[32:]
    witness = b""
    if flags & 2:
        witness, rest = b',"w":"' + rest[:32].hex().encode() + b'"', rest[32:]
    signature = b""
    if flags & 1:
        signature, rest = rest[:SLIP_SIGNATURE], rest[SLIP_SIGNATURE:]
    entry = b'{"c":"' + commitment.encode() + b'"' + rest + witness + b"}"
    index = parsed(entry)["i"]
    root = root_of_path(sha256(b"\x00" + entry).digest(), index, size, path)
    if root is None:
        raise ValueError(digits)
    # Whose log it is, the key says, as a poster prints it.
    name = key.strip().split("+", 1)[0] if key else "-"
    lines = ["c2sp.org/tlog-proof@v1", "extra " + base64.b64encode(entry).decode(), "index %d" % index]
    lines += [base64.b64encode(one).decode() for one in path]
    lines += ["", name, str(size), base64.b64encode(root).decode(), ""]
    if signature:
        lines.append("— %s %s" % (name, base64.b64encode(signature).decode()))
    return "\n".join(lines) + "\n"


class Proof:
    """A proof of one entry, as `.tlog-proof` files and codes on slips hold it."""

    def __init__(self, text):
        if re.search("[\x00-\x09\x0b-\x1f]", text):
            raise ValueError(text)
        head, _, note = text.partition("\n\n")
        lines = head.split("\n")
        if lines[0] != "c2sp.org/tlog-proof@v1" or not lines[1].startswith("extra "):
            raise ValueError(text)
        self.entry, _, content = plain_base64(lines[1][6:]).partition(b"\n")
        self.anchor = Anchor(content) if content else None
        if not lines[2].startswith("index "):
            raise ValueError(text)
        self.index = whole_number(lines[2][6:])
        self.path = [plain_base64(line) for line in lines[3:]]
        body, _, signatures = note.partition("\n\n")
        self.signed_text = body + "\n"
        self.origin, size, root = body.split("\n")
        self.size, self.root = whole_number(size), plain_base64(root)
        self.signatures = [line for line in signatures.split("\n") if line]
        fields = parsed(self.entry)
        self.village, self.number, self.kind = fields["vil"], fields["i"], fields["k"]
        self.amounts, self.moment = fields["p"], fields["t"]
        if not VILLAGE(self.village) or any(len(one) != 32 for one in [self.root, *self.path]):
            raise ValueError(text)
        fits = entry_pattern(self.village)(self.entry)
        if fits is None or len(self.signatures) > MOST_SIGNATURES:
            raise ValueError(text)
        amounts_in(fits.group(3))


def read_proof(path, key=None):
    """The proof in a file, or the digits of a slip's code in it."""
    try:
        with open(path, "rb") as file:
            # Saved as text by another program it may have other line ends; what it says is checked below.
            text = file.read(1 << 20).decode("utf-8-sig").replace("\r\n", "\n")
        digits = re.search("[0-9]{204,4080}", re.sub(r"\s", "", text))
        return Proof(slip_proof(digits.group(0), key) if digits else text)
    except OSError as error:
        why = error.strerror or error
        raise Unreadable("文件读不出来：%s" % why, "the file cannot be read: %s" % why)
    except (IndexError, KeyError, TypeError, ValueError):
        raise Unreadable(
            "这不是一条记录的证明，或已经损坏。", "this is no proof of an entry, or it is damaged."
        )


def key_parts(key):
    """Name, id and public half of a key as posters print it."""
    try:
        name, number, packed = key.strip().split("+", 2)
        content = plain_base64(packed)
        public = content[1:]
        right = content[:1] == b"\x01" and len(public) == 32
        right = right and sha256(name.encode() + b"\n\x01" + public).hexdigest()[:8] == number
    except ValueError:
        right = False
    if not right:
        raise Unreadable("公钥不对，请照海报或月份页上的整行抄。", "the key is none: copy the whole line.")
    return name, bytes.fromhex(number), public


def check_signature(proof, key, found):
    """The checkpoint's signature by the village's key."""
    name, number, public = key_parts(key)
    right = name == proof.origin
    ours = [line for line in proof.signatures if line.startswith("— %s " % name)]
    verdicts = []
    for line in ours:
        try:
            packed = plain_base64(line.rsplit(" ", 1)[1])
        except ValueError:
            packed = b""
        if packed[:4] == number:
            verdicts.append(is_signed(public, proof.signed_text.encode("utf-8"), packed[4:]))
    if right and verdicts and all(verdicts):
        say("签名相符：{name}。没有别的单位联署。", "signed by {name}; cosigned by nobody.", name=name)
    else:
        found.add("没有这把公钥的签名，或签名不对", "not signed by this key, or the signature is wrong")


def check_proof(path, key, anchors, found):
    """Check one entry's proof: its path, its signature, its anchor; return the anchors that it brings."""
    proof = read_proof(path, key)
    if proof.number != proof.index:
        found.add("证明的序号与记录的序号不一样", "the proof is of another entry")
    leaf = sha256(b"\x00" + proof.entry).digest()
    if root_of_path(leaf, proof.index, proof.size, proof.path) == proof.root:
        say(
            "第{index}条（{kind}，{amounts}，{moment}）在前{size}条的账本里。",
            "entry {index} ({kind}, {amounts}, {moment}) is among the first {size}.",
            index=proof.index,
            kind=proof.kind,
            moment=proof.moment,
            size=proof.size,
            amounts=" ".join(
                "%s %s.%02d" % (unit, amount // 100, amount % 100) for unit, amount in proof.amounts
            )
            or "0",
        )
    else:
        found.add(
            "这一条不在这本账里，或证明被改过", "the entry is not in this ledger, or the proof was changed"
        )
    if key:
        check_signature(proof, key, found)
    elif proof.signatures:
        say("签名没有核对：要核对请用 --key 给出海报上的公钥。", "the signature was not checked: give --key.")
    else:
        say("没有签名：只能与公开文件或海报核对。", "unsigned: check it against the export or a poster.")
    brought = [proof.anchor] if proof.anchor else []
    for one in brought:
        say(
            "证明里带的{month}存证码：{digits}，请与海报核对。",
            "the proof brings the anchor of {month}: {digits}; compare it with the poster.",
            month=one.month,
            digits=one.digits,
        )
    sealed = [one for one in anchors + brought if one.size == proof.size and one.village == proof.village]
    if (anchors or brought) and not sealed:
        found.add("证明的那本账不在已月结的月份里", "the proof leads to no closed month")
    for one in sealed:
        if one.root != proof.root.hex():
            found.add(
                "证明与{month}的存证不符", "the proof contradicts the anchor of {month}", month=one.month
            )
    if not anchors and not brought and not key:
        say(
            "只核对了证明本身：请再给出公开文件、或 --key。",
            "only the proof itself was checked: give the export or --key.",
        )
    return brought


# The command ----------------------------------------------------------------------------------------------


def options(arguments):
    """What the command line asks for."""
    reader = argparse.ArgumentParser(
        prog="verify.py", description="核对村积分账本的公开部分。", add_help=True
    )
    reader.add_argument("file", nargs="?", metavar="FILE", help="公开账本（.jsonl 或 .jsonl.gz）")
    reader.add_argument("--digits", help="海报上的30位数字")
    reader.add_argument("--anchor-code", help="海报二维码里的整段文字")
    reader.add_argument("--draw", metavar="DICE", help="大会上掷的10个骰子，算出抽到哪几条")
    reader.add_argument("--month", help="抽哪个月的，如 2026-10；不写就是最后一个月")
    reader.add_argument("--count", type=int, default=20, help="抽几条，默认20")
    reader.add_argument(
        "--proof", metavar="FILE", help="一条记录的证明（.tlog-proof，或小票二维码里的文字存成文件）"
    )
    reader.add_argument("--key", help="海报或月份页上的签名公钥")
    reader.add_argument("--not-covered", action="store_true", help="说说核对不了什么")
    reader.add_argument("--en", action="store_true", help="English")
    given = reader.parse_args(arguments)
    if given.digits is not None:
        given.digits = re.sub(r"[\s-]", "", given.digits)
        if not re.match("^[0-9]{30}$", given.digits):
            reader.error("存证码应为30位数字（六组、每组五位）")
    if given.draw is not None and not re.match("^[1-6]{10}$", re.sub(r"[\s,，、-]", "", given.draw)):
        reader.error("骰子应为10个1至6的数字")
    if given.draw is not None and not given.file:
        reader.error("--draw 要和公开账本一起用")
    if given.month is not None and not MONTH(given.month):
        reader.error("月份应写成 2026-10")
    if not 1 <= given.count <= 100:
        reader.error("抽的条数应为1至100")
    if given.key and not given.proof:
        reader.error("--key 要和 --proof 一起用")
    if not given.file and not given.proof and (given.digits or given.anchor_code):
        reader.error("请给出公开账本，或用 --proof 给出一条记录的证明")
    if not given.file and not given.proof and not given.not_covered:
        reader.error("请给出公开账本，或用 --proof 给出一条记录的证明")
    return given


def conclude(given, anchors, sealed, found):
    """Say what all of it amounts to, and what paper did not seal."""
    if found.count:
        say("结论：有不符的地方，请拿着海报去问村务监督委员会。", "Verdict: something does not fit.")
        return
    say("结论：全部相符。", "Verdict: all fits.")
    if not sealed and (given.file or not given.key):
        say(
            "但是没有与海报核对：重新算过的账也会自己相符。请用 --digits 给出墙上最近一张海报的30位数字。",
            "But no poster was compared: a ledger computed anew fits itself, too. Give --digits of the last one.",
        )
    elif given.file and sealed < anchors[-1].size:
        say(
            "这张海报只盖住前{size}条，以后的没有与海报核对：请用最近一张海报。",
            "This poster seals the first {size} entries alone: compare the last one.",
            size=sealed,
        )


def main(arguments):
    """Check what was given; return the exit status."""
    global ENGLISH
    given = options(arguments)
    ENGLISH = given.en
    found = Findings()
    if given.file or given.proof:
        try:
            anchors, done = check_export(given.file, found) if given.file else ([], None)
            brought = check_proof(given.proof, given.key, anchors, found) if given.proof else []
            sealed = check_paper(anchors or brought, given.digits, given.anchor_code, found)
            if given.draw is not None:
                dice = re.sub(r"[\s,，、-]", "", given.draw)
                check_draw(anchors, done, dice, given.month, given.count)
        except Unreadable as problem:
            say("没有核对成：{what}", "Not checked: {what}", what=problem.args[1 if ENGLISH else 0])
            return 2
        if found.count > SHOWN:
            say("……一共{count}处不符。", "... {count} mismatches in all.", count=found.count)
        conclude(given, anchors, sealed, found)
    say("核对不了的：", "Not covered:")
    for chinese, english in NOT_COVERED:
        say("  · " + chinese, "  - " + english)
    return 1 if found.count else 0


if __name__ == "__main__":
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")
    sys.exit(main(sys.argv[1:]))
