"""Lists of organisations as documents write them, told apart into names, groups and what is no name."""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

IsKnown = Callable[[str], bool]

NONE = re.compile(r"[\s\-—－–_/／\\〇无～~.。、…*]*|(?i:none|n/a)")
_OPENING, _CLOSING = "（(〔[【「〈《", "）)〕]】」〉》"
_SEPARATORS = "、，,；;\n。"
_HARD = "，,；;\n。"  # these also part clauses, each with its own role
# What an organisation's name ends with: only such are parted at 和, 及, 与 and blanks.
_ENDING = re.compile(
    r".*(?:局|委|办|部|厅|院|会|处|科|室|组|队|站|所|行|社|府|门|位|企|团|镇|乡|区|县|市|街道|街|村|园|司|署|馆|台|校|库"
    r"|中心|集团|公司|银行|企业|机构|单位|党校|学院|大学|医院|指挥部|支行|分局|总局|人民政府|管委会|办事处|委员会|工会|妇联|团委|残联|科协|文联|侨联|工商联"
    r"|联社|专班|联盟|协会|基地|平台|法院|检察院|园区|委办|示范区)(?:[）)〕\]]|[（(〔【\[].*[）)〕】\]])?"
)
# 甲局会同乙局, 甲局商市财政局; 招商局, 商务局, 联合执法大队, 工商联合会 are names.
WITH = (
    r"(?:会同|会商(?=[市县区省州镇国])|联合(?!会|国|社|体|大|执法|指挥|办|工作|党|调解|惩戒|中心|实验|审批|监管|检查|作战|救援|组)"
    r"|(?<!招)商(?=[市县区省州镇国][^、]{1,12}(?:局|委|部|办)))"
)
_AND = re.compile(rf"以及|及其(?!他)|{WITH}|[及和与/·]")
_ENGLISH_AND = re.compile(r" (?:and|&) ", re.IGNORECASE)
_ALL = re.compile(r"(?:all|the|each|every|other|relevant)\b", re.IGNORECASE)
# 1.市科技局 2.市财政局: the numbers of a list within a cell.
_ITEM = re.compile(
    r"(?:^|(?<=[\s；;，,。、]))(?:\d{1,2}\s*[.．、)）]|[（(]\d{1,2}[）)])\s*(?=[^\d\s])"
    r"|[（(]\d{1,2}[）)](?=[一-鿿]{2})|[①-⑳]"
)
_GOES_ON = re.compile(r"[及和与]")  # what a line may begin with that goes on with a name: 市住房⏎和城乡建设局
# 各镇（街道）、园区 is one group, and so is 市有关部门和单位: a kind of organisations by itself is no name.
_KIND = re.compile(r"(?:镇|乡|乡镇|街道|镇街|园区|功能区|村|社区|村居|单位|部门|企业|机构)(?:[（(].*[）)])?")
_KINDS = re.compile(rf"各{_KIND.pattern}")
_MARKS = "★☆※▲△●◆■*＊"
_OPEN = re.compile(
    r"(?:(?:…|\.{3})+|…*等(?:(?:[\d一二三四五六七八九十]{1,3}[个家]?)?(?:各?(?:有关|相关|其他|责任|成员|职能|市级|区级|县级|省级|牵头|配合)*的?(?:部门|单位|企业|机构|镇街|乡镇|地区|地方|方面)(?:和单位)?))?)$"
)
_OPEN_WITHIN = re.compile(
    r"(等各?(?:有关|相关|其他|责任|成员|职能)*的?(?:部门|单位|企业|机构))(?!和单位)(?:以?及|[和与])?(?=.)"
)
_UNSEPARATED = re.compile(r"\s+")
_LONGEST = 200  # characters of what can be names joined by words
_MOST_LAYERS = 4  # of brackets round a list
_LATIN, _CHINESE = re.compile(r"[A-Za-z]"), re.compile(r"[一-鿿]")


class Split(NamedTuple):
    """A list told apart.

    Attributes:
        names: the organisations and groups, in the words of the document.
        open_ends: words such as 等部门, behind which more are meant than are named.
        marked: names with a mark, such as ★市科技局, whatever it may say.
    """

    names: tuple[str, ...]
    open_ends: tuple[str, ...] = ()
    marked: tuple[str, ...] = ()


def split_organisations(text: str, is_known: IsKnown = lambda _name: False) -> Split:
    """Tell a list of organisations apart.

    Lists are parted at 、，；, at line ends and blanks, and at 及, 和, 与 and strokes between two names;
    within brackets nothing is parted. 各镇街园区, 各镇（街道）、园区 and the like stay whole.

    Args:
        text: the list, without words that say who does what.
        is_known: tells whether a name is one of the plan's: such are never parted.
    """
    names: list[str] = []
    open_ends: list[str] = []
    marked: list[str] = []
    for part in _join_groups(_part_at_signs(unwrap(text))):
        for name in _part_at_blanks(part, is_known):
            for single in _part_at_words(name, is_known):
                plain, end = _take_open_end(single, is_known)
                if end and (plain or names):
                    open_ends.append(end)
                if plain.strip(_MARKS) != plain and plain.strip(_MARKS):
                    marked.append(plain)
                    plain = plain.strip(_MARKS).strip()
                if plain and plain not in names and not NONE.fullmatch(plain):
                    names.append(plain)
    return Split(tuple(names), tuple(open_ends), tuple(marked))


def settle_lines(text: str, is_known: IsKnown) -> str:
    """Put the items of a numbered list on lines of their own, and join a name that is broken over two.

    Joined is what the plan knows whole, or what would leave a rest that is no name: 市科技⏎局.
    """
    listed = _ITEM.sub("\n", text)
    first, *others = [line.strip() for line in listed.split("\n") if line.strip()] or [""]
    for line in others:
        before = re.split(f"[{_SEPARATORS}]", first)[-1]
        after = re.split(f"[{_SEPARATORS}]", line)[0]
        rest = len(after) == 1 or (_GOES_ON.match(after) and not is_name(before, is_known))
        breaks_off = before.endswith(("和", "及", "与"))  # 市住房和⏎城乡建设局
        goes_on = bool(before) and bool(after) and (rest or breaks_off or is_known(before + after))
        first += line if goes_on else f"\n{line}"
    return first


def _join_groups(parts: list[str]) -> list[str]:
    """Join the kinds that one 各 is said of: 各镇（街道）、园区."""
    joined: list[str] = []
    for part in parts:
        if joined and _KIND.fullmatch(part) and _KINDS.fullmatch(joined[-1].split("、")[0]):
            joined[-1] += f"、{part}"
        else:
            joined.append(part)
    return joined


def unwrap(text: str) -> str:
    """Take off brackets that enclose the whole text."""
    plain = text.strip()
    for _layer in range(_MOST_LAYERS):
        if not plain or plain[0] not in _OPENING or _find_closing(plain, 0) != len(plain) - 1:
            break
        plain = plain[1:-1].strip()
    return plain


def _find_closing(text: str, at: int) -> int:
    """Find the bracket that closes the one at a place; -1 where none does."""
    depth = 0
    for place in range(at, len(text)):
        depth += (text[place] in _OPENING) - (text[place] in _CLOSING)
        if depth == 0:
            return place
    return -1


def part_outside_brackets(text: str, signs: str) -> Iterator[str]:
    """Yield the parts of a text between some signs, but for those within brackets."""
    depth, begin = 0, 0
    for place, sign in enumerate(text):
        depth = max(depth + (sign in _OPENING) - (sign in _CLOSING), 0)
        if sign in signs and not depth:
            yield text[begin:place].strip()
            begin = place + 1
    yield text[begin:].strip()


def part_clauses(text: str) -> list[str]:
    """Part a text into its clauses, each of which may say what its organisations do."""
    return [clause for clause in part_outside_brackets(text, _HARD) if clause]


def _part_at_signs(text: str) -> list[str]:
    """Part at 、，； and line ends; a bracket that is never closed holds nothing together."""
    balanced = sum(text.count(s) for s in _OPENING) == sum(text.count(s) for s in _CLOSING)
    parts = part_outside_brackets(text, _SEPARATORS) if balanced else re.split(f"[{_SEPARATORS}]", text)
    return [part.strip() for part in parts if part.strip()]


def _part_at_blanks(text: str, is_known: IsKnown) -> list[str]:
    """Part at blanks between names; a blank before a bracket or within a spaced-out name says nothing."""
    joined = _UNSEPARATED.sub("", text)
    if joined == text or is_known(text):
        return [text]
    if is_known(joined):
        return [joined]
    pieces = re.sub(r"\s+(?=[（(〔【])", "", text).split()
    if len(pieces) == 1:
        return pieces
    if not _CHINESE.search(text) or all(_LATIN.search(piece) for piece in pieces):
        return [text]
    if all(_ENDING.fullmatch(piece) or is_known(piece) for piece in pieces) and max(map(len, pieces)) > 1:
        return pieces
    return [joined]


def _part_at_words(text: str, is_known: IsKnown) -> list[str]:
    """Part at 及, 和, 与, 会同, and where a name stands on both sides: 市自然资源和规划局 is one."""
    if is_known(text) or len(text) > _LONGEST:
        return [text]
    for word in _AND.finditer(text):
        before, after = text[: word.start()], text[word.end() :]
        if is_within_brackets(text, word.start()) or _KIND.fullmatch(after):
            continue
        if is_name(before, is_known) and is_name(after, is_known):
            return [before, *_part_at_words(after, is_known)]
    for word in _ENGLISH_AND.finditer(text):
        before, after = text[: word.start()], text[word.end() :]
        if is_known(before) and (is_known(after) or _ALL.match(after)):
            return [before, *_part_at_words(after, is_known)]
    return [text]


def is_within_brackets(text: str, at: int) -> bool:
    """Tell whether a place in a text is within a bracket that was opened before it."""
    before = text[:at]
    return sum(before.count(s) for s in _OPENING) > sum(before.count(s) for s in _CLOSING)


def _take_open_end(text: str, is_known: IsKnown) -> tuple[str, str]:
    """Return a name without 等有关部门 behind it, and those words."""
    if is_known(text):
        return text, ""
    match = _OPEN.search(text)
    return (text[: match.start()].strip(), match[0]) if match else (text, "")


def end_open_lists(text: str) -> str:
    """Part a text behind 等部门 in its middle, where a list within it ends."""
    return _OPEN_WITHIN.sub(lambda match: f"{match[1]}、", text)


def is_name(text: str, is_known: IsKnown = lambda _name: False) -> bool:
    """Tell whether a text is an organisation's name: one that the plan knows, or one that ends as they do."""
    plain = _OPEN.sub("", text)
    return len(plain) > 1 and (is_known(plain) or _ENDING.fullmatch(plain) is not None)
