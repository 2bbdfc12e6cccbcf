"""The text of a task → its items: one action each."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from etl.parsing.body_heads import HEAD
from etl.vietnamese.cleaning import fold
from etl.vietnamese.letters import LOWER, UPPER
from etl.vietnamese.syllable import is_syllable

MARKER = r"(?:[-–—+•*●▪■◦·○✓➢→\uf0b7\uf0a7\uf0d8\uf0fc\uf02d\uf076]|o(?=\s+[A-ZÀ-ỸĐ]))"
#: "- Lãnh đạo Sở; -" / "Văn phòng": the bullet of the next entry fell to the line above.
MARKER_AT_LINE_END = re.compile(r"(?<=[;.])\s*([-+•])\s*\n\s*")
#: "1. Ban hành kế hoạch. 2. Hướng dẫn …", "a) …; b) …" written on one line.
NUMBERED_INSIDE = re.compile(rf"(?<=[.;])\s+(?=(?:\(\d{{1,2}}\)|[a-zđ]\)|\d{{1,2}}[.)])\s+[{UPPER}“\"])")
GLUED = re.compile(rf"(?<=[{LOWER}])(?=[{UPPER}][{LOWER}])")
LEADING_MARKER = re.compile(rf"^\s*{MARKER}+\s*(?![\d\s]*$)")
LETTERED = re.compile(r"^\s*(?:\(?[a-zđ]\)|[a-zđ][./]|\(?\d{1,2}\)|\d{1,2}(?:\.\d{1,2})*[.)/])\s+")
OPENING, CLOSING = "([{“‘«", ")]}”’»"
BRACKETS = re.compile(f"[{re.escape(OPENING + CLOSING)}]")

#: Words that begin an order. After ";" a capital begins a new action only with one of these; otherwise it opens another object
#: ("; Quyết định số 2736/QĐ-UBND …", "; Phong trào …").
VERBS = """ban hành|báo cáo|bảo đảm|biểu dương|bình xét|bình chọn|bố trí|bồi dưỡng|bổ sung|cam kết|cập nhật|chấm điểm|chấn chỉnh|chỉ đạo|
chủ động|chủ trì|chú trọng|chuẩn bị|chuyển|công bố|công nhận|củng cố|cử|cung cấp|đánh giá|đảm bảo|đăng ký|đăng tải|đẩy mạnh|đề cao|đề nghị|
đề xuất|điều chỉnh|đổi mới|đôn đốc|động viên|dự(?! (?:án|toán|thảo|báo|phòng|kiến|nguồn))|duy trì|gặp mặt|gắn|giải quyết|giám sát|giới thiệu|góp ý|giao(?! (?:thông|dịch))|gửi|gởi|hoàn chỉnh|hoàn thiện|
hoàn thành|họp|hỗ trợ|hướng dẫn|hưởng ứng|khảo sát|khắc phục|khen thưởng|khơi dậy|khuyến khích|kịp thời|kiểm tra|kiện toàn|ký|ký kết|làm tốt|
lập|lấy ý kiến|lồng ghép|lựa chọn|mở|nắm|nâng cao|nghiên cứu|nhân rộng|nhân(?! (?:dân|dịp|sự|viên|lực))|phát động|phát huy|phát hiện|phân công|phấn đấu|phổ biến|phối hợp|
quán triệt|quản lý|quan tâm|quyết định|rà soát|sơ kết|soạn thảo|sửa đổi|suy tôn|tập huấn|tập trung|tặng|tăng cường|tham dự|tham gia|tham mưu|
thẩm định|thành lập|thanh tra|thăm dò|theo dõi|thống kê|thông báo|thông qua|thu thập|thực hiện|thường xuyên|tích cực|tiếp nhận|tiếp tục|
tiến hành|tìm hiểu|tổ chức|tổng hợp|tổng kết|tôn vinh|trao|trao tặng|trình(?! (?:độ|tự))|triển khai|trưng bày|tuyên dương|tuyên truyền|ứng dụng|vận động|
viết|xác định|xem xét|xét|xét chọn|xét duyệt|xét tặng|xét đề nghị|xây dựng|xử lý|yêu cầu|in ấn|thi đua thực hiện|tăng|cải tiến|giữ vững|
đưa|đón|dâng hương|thăm|nộp|hoạt động|bàn giao|ra mắt|thẩm tra|kết nạp|phê duyệt|quy định|số hóa|lưu trữ|lấy phiếu|bỏ phiếu|cân đối|tạo điều kiện|kêu gọi|chi trả|thanh toán|cấp phát|mua sắm|niêm yết|
rút kinh nghiệm|gặp gỡ|lan tỏa|định hướng|đảm nhận|đảm nhiệm|đảm trách|xác minh|phản ánh|kiểm điểm|đối chiếu|đề cử|ủng hộ|nhắc nhở|đóng góp|cho ý kiến|phản biện|sưu tầm|phát sóng"""
VERB_START = re.compile(
    rf"(?:{re.sub(chr(92) + 's*' + chr(10) + chr(92) + 's*', '', VERBS)})\b(?! số\b)".replace("\n", "")
)
LONGEST_VERB = 40  # letters and what follows them, far more than any verb has

#: A full stop after these ends no sentence: "TT. Tỉnh ủy", "TP. Lạng Sơn", "PGS.TS. Nguyễn …".
ABBREVIATED = re.compile(
    r"(?:^|[\s(./])(?:TT|TP|Tp|TX|Tx|TTr|P|Q|H|X|Th\.?S|ThS|TS|PGS|GS|BS|CN|KS|Đ/c|đ/c|Tr|St|Nxb|v\.v|vv|Số|số|No)$|^\s*(?:\d{1,3}(?:\.\d{1,3})*|[IVX]+)$"
)
#: The first half of a section's double name: "Ban Tổ chức" - "Kiểm tra", "Phòng Kế hoạch" - "Tài chính".
HALF_A_NAME = re.compile(rf"(?:^|\s)(?:Ban|Phòng|Vụ|Bộ phận|Tổ|Khoa) [{UPPER}][{LOWER}]+ [{LOWER}]+$")
THI_DUA_KHEN_THUONG = re.compile(r"thi đua\s*$", re.I)

END_OF_TEXT = re.compile(r"\s*\./\.?\s*$")
CLOSING_SIGNS = re.compile(r"[\s;.,:]*[;.,][\s;.]*$")


def split_items(text: str) -> list[str]:
    """The actions of one cell or paragraph, each without its list marker and its last ";" or ".".

    >>> split_items("- Phát động phong trào thi đua năm 2021.\\n- Đăng ký danh hiệu thi đua năm 2021.")
    ['Phát động phong trào thi đua năm 2021', 'Đăng ký danh hiệu thi đua năm 2021']
    """
    entries = [
        sentence for entry in list_entries(text, _begins_action) for sentence in sentences(LETTERED.sub("", entry))
    ]
    return [item for entry in entries if (item := trimmed(entry))]


def _begins_action(text: str) -> bool:
    """A dash inside a line begins a bullet before a verb or the body that acts, not before the second half of "Văn hóa - Xã hội"."""
    return begins_order(text) or bool(HEAD.match(text))


def begins_order(text: str) -> bool:
    """Whether a verb that orders something begins the text: "Tổ chức hội nghị …"."""
    return bool(VERB_START.match(fold(text[:LONGEST_VERB])))


def trimmed(item: str) -> str:
    """Without the list marker before it and the ";", "." or "./." behind it. The dots of "..." stay."""
    item = LEADING_MARKER.sub("", item.strip())
    item = LETTERED.sub("", item)
    item = END_OF_TEXT.sub("", item)
    if item.endswith(("...", "…")):
        return item.strip()
    if ABBREVIATED.search(item[:-1]) and not item[-2:-1].isdigit():
        return item.strip("; ")
    return CLOSING_SIGNS.sub("", item).strip()


def list_entries(text: str, may_begin: Callable[[str], object] = bool) -> Iterator[str]:
    """The bullets of a cell, lines that run on joined. A text without bullets is one entry.

    `may_begin` says what may follow a dash inside a line that no full stop parts: anything, or only the name of a body.
    """
    text = _unglued(NUMBERED_INSIDE.sub("\n", MARKER_AT_LINE_END.sub(r"\n\1 ", text)), may_begin)
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    marked = [line for line in lines if LEADING_MARKER.match(line)]
    one_a_line = len(marked) > 1
    entry = ""
    for line in lines:
        if entry and begins_entry(line, entry) and not (len(marked) == 1 and _is_wrapped_dash(line, entry)):
            yield from _inline_bullets(entry, one_a_line, may_begin)
            entry = line
        else:
            entry = glued(entry, line)
    if entry:
        yield from _inline_bullets(entry, one_a_line, may_begin)


def _unglued(text: str, may_begin: Callable[[str], object]) -> str:
    """Entries whose list tags were lost get their bullets back: "Hội đồng TĐKT SởVăn phòng Sở", and not "VietinBank"."""

    def bullet(seam: re.Match[str]) -> str:
        left, right = re.search(r"\w+$", text[: seam.start()]), re.match(r"\w+", text[seam.start() :])
        both_words = left and right and is_syllable(left[0]) and is_syllable(right[0])
        return "\n- " if both_words and may_begin(text[seam.start() :]) else ""

    return GLUED.sub(bullet, text)


def glued(before: str, line: str) -> str:
    """Two lines of one text; a document number broken at its hyphen, "NĐ-" / "CP", gets no blank."""
    if not before or not line:
        return before or line
    return (
        f"{before}{line}"
        if re.search(rf"[{UPPER}\d][-/]$", before) and re.match(rf"[{UPPER}\d]", line)
        else f"{before} {line}"
    )


def begins_entry(line: str, before: str) -> bool:
    """A line with a list marker begins an entry, unless a bracket is still open or the dash joins two halves of a name."""
    if open_brackets(before):
        return False
    if re.match(rf"^{MARKER}", line):
        rest = LEADING_MARKER.sub("", line)
        if completes_name(before, line):
            return False
        return not (re.match(r"\d", rest) and re.search(r"\d$", before))
    if LETTERED.match(line):
        return ends_sentence(before) or bool(LETTERED.match(before))
    return False


def _is_wrapped_dash(line: str, before: str) -> bool:
    """ "báo cáo Ban Khoa giáo" / "- văn xã": the only dash of a text, in mid-sentence, is no bullet."""
    return bool(re.match(rf"[-–]\s*[{LOWER}]", line)) and not ends_sentence(before)


def completes_name(before: str, line: str) -> bool:
    """ "Hội đồng Thi đua" / "- Khen thưởng tỉnh": the dash is part of the name."""
    return bool(THI_DUA_KHEN_THUONG.search(before)) and LEADING_MARKER.sub("", line)[:4].lower() == "khen"


def ends_sentence(text: str) -> bool:
    return bool(re.search(r"[.;:!?…][\"”')\]]*$", text.rstrip()))


def _inline_bullets(entry: str, one_a_line: bool, may_begin: Callable[[str], object]) -> Iterator[str]:
    """ "- UBND tỉnh. - Ban TĐKT, Sở Nội vụ." printed on one line; where bullets have lines of their own, a dash inside is none."""
    bullet = None if one_a_line else LEADING_MARKER.match(entry)
    start = 0
    for match in re.finditer(rf"(?<=\s){MARKER}\s*(?=[{UPPER}“\"])", entry):
        before = entry[start : match.start()].rstrip()
        if not before or LEADING_MARKER.sub("", before) == "" or open_brackets(before):
            continue
        if ends_sentence(before) or (
            bullet
            and match.group().strip() == bullet.group().strip()
            and may_begin(entry[match.end() :])
            and _parts(before, entry[match.end() :])
        ):
            yield before
            start = match.start()
    yield entry[start:]


def _parts(before: str, after: str) -> bool:
    """Whether a dash between two texts begins a bullet and does not join two halves of one name."""
    if THI_DUA_KHEN_THUONG.search(before) and after[:4].lower() == "khen":
        return False
    if HALF_A_NAME.search(before) and not HEAD.match(after):
        return False
    if re.search(r"(?:HĐND|Hội đồng nhân dân)$", before) and re.match(r"UBND|Ủy ban", after):
        return False
    last = re.split(r"\s", before)[-1]
    return not (
        re.match(rf"[{UPPER}]", last)
        and re.match(rf"[{UPPER}][{LOWER}]+(?:\s+[{UPPER}]|$|[,.;])", after)
        and not begins_order(after)
    )


def open_brackets(text: str) -> int:
    """How many brackets and quotes stand open at the end of `text`."""
    depth = 0
    for sign in BRACKETS.findall(text):
        if sign in OPENING:
            depth += 1
        elif depth:
            depth -= 1
    return depth + text.count('"') % 2


def sentences(entry: str) -> Iterator[str]:
    """The sentences of one entry: cut at "." or ";" before a capital that begins an action, never inside quotes or brackets."""
    start = 0
    for match in re.finditer(rf"[.;]+\s*(?=[“\"]?[{UPPER}])", entry):
        before, after = entry[start : match.end()].rstrip(), entry[match.end() :]
        mark = match.group()
        body = entry[start : match.start()]
        if not body.strip() or open_brackets(body) or ("." in mark and _no_full_stop(body, mark, after)):
            continue
        if ";" in mark and (after.startswith(("“", '"')) or not begins_order(after)):
            continue
        yield before
        start = match.end()
    yield entry[start:]


def _no_full_stop(body: str, mark: str, after: str) -> bool:
    """A full stop that ends no sentence: behind an abbreviation, inside a number or a name, or three of them before a capital name."""
    if ABBREVIATED.search(body):
        return True
    glued = not mark.endswith((" ", "\n", "\t"))
    if glued and not re.search(rf"[{LOWER}\d)\"”]$", body):
        return True
    return glued and bool(re.match(rf"[{UPPER}]{{2,}}\b", after)) and bool(re.search(r"\w\.\w*$", body))
