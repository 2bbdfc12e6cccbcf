"""Spreadsheet values as the sheet shows them: the date 44197 as "01/01/2021", the number 3 under "00" as "03"."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

#: Formats that Excel shows in the order of the machine's language, day first in Vietnam, whatever the file says.
LOCAL_DATES = {
    "mm-dd-yy": "dd/mm/yyyy",
    "m/d/yy": "dd/mm/yyyy",
    "m/d/yyyy": "dd/mm/yyyy",
    "m/d/yy h:mm": "dd/mm/yyyy hh:mm",
}
DATE_TOKEN = re.compile(r'"([^"]*)"|\\(.)|\[[^\]]*\]|(y+|m+|d+|h+|s+|am/pm)|(.)', re.I)
NUMBER = re.compile(r"[0#?][0#?,. ]*")
LITERAL = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[[^\]]*\]')


def shown(value: object, number_format: str) -> str:
    """The text that a cell with `value` shows under Excel's `number_format`.

    >>> shown(datetime(2021, 3, 30), "mm-dd-yy"), shown(3, "00"), shown(4.0, "General")
    ('30/03/2021', '03', '4')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (datetime, date, time)):
        return _shown_date(value, number_format)
    if isinstance(value, timedelta):
        return str(value)
    if isinstance(value, (int, float)):
        return _shown_number(value, number_format)
    return str(value)


def _shown_date(value: datetime | date | time, number_format: str) -> str:
    pattern = number_format.split(";")[0]
    pattern = LOCAL_DATES.get(pattern.lower(), pattern)
    if isinstance(value, time):
        return value.strftime("%H:%M")
    moment = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)
    out: list[str] = []
    after_hour = False
    for quoted, escaped, token, other in DATE_TOKEN.findall(pattern):
        token = token.lower()
        if token:
            out.append(_date_part(moment, token, after_hour))
            after_hour = token.startswith("h")
        else:
            out.append(quoted or escaped or other)
    text = "".join(out).strip()
    # "Jan-21" is what Excel makes of "1/2021" typed into a cell.
    text = re.sub(r"(?<=\d)-(?=\d)", "/", text) if "mmm" in pattern.lower() else text
    return text if re.search(r"\d", text) else moment.strftime("%d/%m/%Y")


def _date_part(moment: datetime, token: str, after_hour: bool) -> str:
    if token == "am/pm":
        return "SA" if moment.hour < 12 else "CH"
    if token[0] == "y":
        return f"{moment.year:04d}"
    number = {
        "m": moment.minute if after_hour else moment.month,
        "d": moment.day,
        "h": moment.hour,
        "s": moment.second,
    }[token[0]]
    return f"{number:02d}" if len(token) > 1 else str(number)


def _shown_number(value: int | float, number_format: str) -> str:
    section = number_format.split(";")[0]
    bare = LITERAL.sub("", section)
    digits = NUMBER.search(bare)
    if number_format in {"General", "@"} or digits is None:
        return _plain(value)
    percent = "%" in bare
    places = len(re.sub(r"[^0#?]", "", digits[0].partition(".")[2]))
    whole = digits[0].partition(".")[0]
    number = value * 100 if percent else value
    text = f"{abs(number):,.{places}f}" if "," in whole else f"{abs(number):.{places}f}"
    width = whole.count("0")
    if "," not in whole and width > 1:
        head, point, tail = text.partition(".")
        text = head.zfill(width) + point + tail
    text = text.translate(str.maketrans(",.", ".,")) if "," in whole else text
    sign = "-" if number < 0 else ""
    before, after = _literals(section)
    return f"{before}{sign}{text}{'%' if percent else ''}{after}"


def _literals(section: str) -> tuple[str, str]:
    """What a format prints before and after the number: 'Quý 'in '"Quý "0'."""
    parts: list[list[str]] = [[], []]
    seen = 0
    position = 0
    while position < len(section):
        literal = LITERAL.match(section, position)
        digits = NUMBER.match(section, position)
        if literal:
            parts[seen].append(literal[1] or literal[2] or "")
            position = literal.end()
        elif digits:
            seen, position = 1, digits.end()
        else:
            parts[seen].append(section[position] if section[position] not in "%" else "")
            position += 1
    return "".join(parts[0]), "".join(parts[1])


def _plain(value: int | float) -> str:
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.10g}"
    return str(value)
