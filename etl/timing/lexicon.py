"""The words of Vietnamese times: a lexicon of phrases, and a text cut into tokens by it."""

from __future__ import annotations

import re
from typing import NamedTuple

DASHES = "-–—−‐‑⁃"

#: kind of token → the phrases that make it, parted by "|". A phrase of more words wins over a shorter one.
LEXICON: dict[str, str] = {
    "day": "ngày | mùng | mồng | hôm",
    "week": "tuần | tuần lễ | tuần thứ",
    "month": "tháng | thang",
    "month_letter": "t | th",
    "quarter": "quý | qúy | quí | qúi | quy",
    "quarter_letter": "q | qi | qii | qiii | qiv",
    "year": "năm",
    "school_year": "năm học | trong năm học | cả năm học | suốt năm học | trong suốt năm học",
    "term": "học kỳ | học kì | hk | hki | hkii",
    "summer": "hè | dịp hè | nghỉ hè",
    "from": "từ | kể từ | bắt đầu | bắt đầu từ | tính từ | kể từ sau",
    "to": "đến | tới | cho đến | cho tới | đến hết | tới hết | cho đến hết | đến trong",
    "now": (
        "từ nay | kể từ nay | ngày ban hành | ngày ký | ngày ký ban hành | ngày ký, ban hành | khi ban hành | sau "
        "khi ban hành | ngày phát hành | ngày kế hoạch | khi kế hoạch | ngày kế hoạch này"
    ),
    "before": "trước | trước thời điểm",
    "by": ("chậm nhất | muộn nhất | không muộn hơn | không quá | hạn chót | hạn cuối | hết hạn | thời hạn | hạn | hết"),
    "finish": "hoàn thành | hoàn tất | hoàn thiện | xong | kết thúc",
    "in": (
        "trong | trong vòng | trong thời hạn | trong khoảng | vào | vào dịp | nhân dịp | vào khoảng | dự kiến | "
        "vào lúc | vào thời điểm"
    ),
    "filler": ("dịp | khoảng | của | là | lúc | hồi | buổi | sáng | chiều | tối | thời điểm | ngay | thời gian"),
    "early": "đầu | đầu tiên | thượng tuần",
    "middle": "giữa | trung tuần",
    "late": "cuối | cuối cùng | hạ tuần",
    "first_half": "nửa đầu | nửa năm đầu",
    "second_half": "nửa cuối | nửa sau | nửa năm cuối",
    "every": "hằng | hàng | mỗi | từng",
    "plural": "các | những",
    "periodic": "định kỳ | định kì",
    "always": "thường xuyên | cả năm | quanh năm | suốt năm | suốt cả năm | toàn năm | liên tục | xuyên suốt",
    "in_year": "trong năm",
    "last_year": "năm trước | năm ngoái | năm trước liền kề",
    "this_year": "năm nay | cùng năm | năm kế hoạch",
    "next_year": "năm sau | năm tới | năm kế tiếp | năm tiếp theo | năm sau liền kề",
    "hour": "giờ | h | g",
    "minute": "phút | p",
    "weekday": "thứ",
    "times": "lần",
    "and": "và | hoặc | hay | cùng với",
    "label": (
        "đợt | giai đoạn | nhiệm kỳ | khóa | khoá | số | mục | điểm | điều | khoản | phụ lục | chương | vòng | "
        "khối | cụm | kỳ | mẫu | bước | nhóm | phiên | lần thứ | hội thi | hạng"
    ),
    "count": (
        "đơn vị | lớp | cuộc | người | cá nhân | tập thể | hội nghị | giờ | phút | lượt | đồng chí | đoàn | xã | "
        "huyện | phường | tỉnh | trường | bài | tin | hồ sơ | bộ | báo cáo | chỉ tiêu | tiêu chí | cơ sở | đại "
        "biểu | gương | mô hình | sáng kiến | triệu | tỷ | đồng | tiết | phòng | thành viên | nhiệm vụ | nội dung "
        "| chuyên đề"
    ),
    "condition": (
        "theo | khi | sau | sau khi | ngay sau khi | trước khi | nếu | nếu có | tùy | tuỳ | căn cứ | đột xuất | "
        "phát sinh | kịp thời | có nhu cầu | phù hợp | cùng | chưa xác định"
    ),
    "work": "làm việc",
    "onward": "trở đi | trở về sau",
}

MARKS = {"/": "slash", ".": "dot", ",": "comma", ";": "break", ":": "colon", "%": "count"}
MARKS |= dict.fromkeys("([", "open") | dict.fromkeys(")]", "close")
MARKS |= dict.fromkeys("+&", "and") | dict.fromkeys(DASHES, "dash") | dict.fromkeys("÷~→>", "to")
SILENT = set("*`_'’‘′\"“”")

_SHAPE = re.compile(r"\d+|[^\W\d_]+|[^\w\s]|_")
_LINE_START = re.compile(r"(?:^|\n)\s*$")

# The number or the name of a cited document, with its own date: "Kế hoạch số 08/KH-HĐTĐ ngày 16 tháng 01 năm 2020".
_FULL_DATE = r"(?:\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4}|\d{0,2}\s*tháng\s*\d{0,2}\s*năm\s*\d{4})"
_NO_TIME_WORD = r"(?:(?!trước|đến|từ|vào|chậm|xong|hạn)[^;.\d]){0,60}?"
_NUMBER = r"\d{1,5}(?:\s?/\s?\d{4})?(?:\s?/\s?|-)(?!THÁNG|QUÝ|NĂM|NGÀY|LẦN)[A-ZĐ]\w?[A-ZĐ][\w&.]*(?:[/-][\w&]+)*"
_KIND = (
    "(?:Luật|Pháp lệnh|Nghị định|Nghị quyết|Thông tư|Quyết định|Chỉ thị|Công văn|Công điện|Kết luận|Thông báo|Kế hoạch|"
    "Hướng dẫn|Tờ trình|Lệnh|Quy chế|Quy định|Điều lệ)"
)
_ITS_DATE = rf"{_NO_TIME_WORD}\bngày\s+{_FULL_DATE}"
_CITED = re.compile(rf"{_NUMBER}(?:{_ITS_DATE})?|{_KIND}{_ITS_DATE}")


class Token(NamedTuple):
    """One word, number, phrase of the lexicon or mark; `word` is lower case, `start` and `end` are offsets of characters."""

    kind: str
    word: str
    start: int
    end: int

    @property
    def number(self) -> int | None:
        return int(self.word[:9]) if self.kind == "number" else None


def _phrases() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    table: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for kind, phrases in LEXICON.items():
        for phrase in phrases.split("|"):
            words = tuple(phrase.replace(",", " ,").split())
            table.setdefault(words[0], []).append((words, kind))
    for entries in table.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return table


_PHRASES = _phrases()


def tokenise(text: str) -> list[Token]:
    """Text → tokens; a citation of another document is one token of kind "citation", as are its date and number."""
    cited = [match.span() for match in _CITED.finditer(text)]
    shapes = [(match.group().lower(), match.start(), match.end()) for match in _SHAPE.finditer(text)]
    shapes = [shape for shape in shapes if shape[0] not in SILENT]
    bulleted = text.lstrip()[:1] in (*DASHES, "+", "•")
    tokens: list[Token] = []
    i = 0
    while i < len(shapes):
        word, start, end = shapes[i]
        if cited and cited[0][0] <= start:
            stop = cited.pop(0)[1]
            while i < len(shapes) and shapes[i][1] < stop:
                i += 1
            if start < stop:
                tokens.append(Token("citation", "", start, stop))
            continue
        phrase, kind = _longest_phrase(shapes, i) if word in _PHRASES else (1, "word")
        if phrase > 1:
            word, end = " ".join(shape[0] for shape in shapes[i : i + phrase]), shapes[i + phrase - 1][2]
        elif word.isdecimal():
            kind = "number"
        elif kind == "word" and word in MARKS:
            kind = MARKS[word]
            if kind in ("dash", "and") and _is_bullet(text, start, shapes[i + 1 : i + 2], bulleted):
                kind = "break"
        tokens.append(Token(kind, word, start, end))
        i += phrase
    return tokens


def _longest_phrase(shapes: list[tuple[str, int, int]], i: int) -> tuple[int, str]:
    for words, kind in _PHRASES[shapes[i][0]]:
        end = i + len(words)
        if len(words) > 1 and tuple(shape[0] for shape in shapes[i:end]) != words:
            continue
        following = shapes[end][0] if end < len(shapes) else ""
        if kind == "last_year" and (following in ("ngày", "tháng", "quý", "khi") or following.isdecimal()):
            continue  # "tổng kết năm trước ngày 15/11": "trước" belongs to the day
        return len(words), kind
    return 1, "word"


def _is_bullet(text: str, start: int, following: list[tuple[str, int, int]], bulleted: bool) -> bool:
    if _LINE_START.search(text, max(0, start - 40), start):
        return True
    spaced = text[start - 1 : start].isspace() and text[start + 1 : start + 2].isspace()
    return bulleted and spaced and bool(following) and following[0][0].isalpha()
