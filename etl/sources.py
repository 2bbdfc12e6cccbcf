"""What lies in data/raw: the files to read, and the lasting id of each plan."""

from __future__ import annotations

import csv
import hashlib
import os
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath

from etl.readers import NOT_PLANS
from etl.vietnamese.cleaning import nfc, unaccented
from etl.vietnamese.legacy_encodings import decode

FIELDS = ["plan_id", "file", "sha256", "received_from", "received_on", "remarks"]


PLAN_ID = re.compile(r"\w(?:[\w.-]*\w)?")
#: Line feeds and other commands, signs that turn the direction or show nothing, bytes that are no letters.
UNPRINTABLE = {"Cc", "Cf", "Cs", "Zl", "Zp"}


class SourcesError(Exception):
    """sources.csv contradicts itself or the folder. Its message is one Vietnamese sentence naming the line."""


@dataclass(frozen=True, slots=True)
class Source:
    """One file received: plan_id "lang-son-ubnd-2020", file "lang-son/lang-son-ubnd-2020.txt" below the raw folder."""

    plan_id: str
    file: str
    path: Path
    sha256: str
    listed: bool


@dataclass(frozen=True)
class Sources:
    plans: tuple[Source, ...]
    warnings: tuple[str, ...]


def find_sources(raw: Path) -> Sources:
    """The files below `raw` at any depth, ids from sources.csv and, for files not listed there, from file names.

    Raises SourcesError when the folder or a listed file is missing, an id is given twice or a path leads out of the folder.
    """
    if not raw.is_dir():
        raise SourcesError(
            f"Không có thư mục {raw}; hãy tạo thư mục và bỏ các tệp kế hoạch vào, hoặc chỉ thư mục khác bằng --raw."
        )
    listed = _listed(raw)
    warnings: list[str] = []
    if listed is None:
        warnings.append(f"Không có {raw / 'sources.csv'}: mã kế hoạch lấy từ tên tệp.")
    known = listed or {}
    taken = set(known.values())
    plans = []
    found = set()
    for path in _files(raw, warnings):
        file = path.relative_to(raw).as_posix()
        plan_id = known.get(nfc(file))
        found.add(nfc(file))
        if plan_id is None:
            plan_id = free_id(slug(path.stem), taken)
            taken.add(plan_id)
            if listed is not None:
                warnings.append(
                    f"{file} chưa có trong sources.csv: tạm dùng mã {plan_id}; hãy chạy 'python -m etl add'."
                )
        plans.append(Source(plan_id, file, path, _sha256_if_open(path), nfc(file) in known))
    warnings += [f"sources.csv có {file} nhưng không thấy tệp ấy trong {raw}." for file in known if file not in found]
    return Sources(tuple(sorted(plans, key=lambda source: source.plan_id)), tuple(warnings))


def notice_in(raw: Path) -> str | None:
    """What notice.txt in the raw folder says of all plans there: "DỮ LIỆU MÔ PHỎNG …". Every report repeats it."""
    path = raw / "notice.txt"
    return " ".join(decode(path.read_bytes()).text.split()) or None if path.is_file() else None


def _files(raw: Path, warnings: list[str]) -> list[Path]:
    """The files that may be plans, in the order of their names; why another one is passed over is a warning."""

    def closed(error: OSError) -> None:
        warnings.append(f"Không mở được thư mục {printable(error.filename)}; hãy xem lại quyền đọc thư mục ấy.")

    files = []
    for folder, below, names in os.walk(raw, onerror=closed):
        below[:] = sorted(name for name in below if not NOT_PLANS.match(name))
        for path in (Path(folder) / name for name in sorted(names) if not NOT_PLANS.match(name)):
            if why := _passed_over(path, raw):
                warnings.append(f"Không đọc {printable(path.relative_to(raw).as_posix())}: {why}.")
            else:
                files.append(path)
    return sorted(files)


def _passed_over(path: Path, raw: Path) -> str | None:
    """Why a file is not opened at all, and what to do; None for a plain file with a plain name."""
    if printable(str(path)) != str(path):
        return "tên có ký tự không in được; hãy đổi tên tệp hoặc thư mục"
    if path.is_symlink() and not path.resolve().is_relative_to(raw.resolve()):
        return f"đường dẫn tắt ra ngoài thư mục {raw}; hãy chép chính tệp ấy vào"
    if not path.is_file():
        return "không phải tệp thường; hãy bỏ ra khỏi thư mục"
    return None


def printable(name: str) -> str:
    """A file's name without the signs that break a line, turn its direction, or are no letters at all: "a?b.txt"."""
    return "".join("?" if unicodedata.category(sign) in UNPRINTABLE else sign for sign in name)


def _listed(raw: Path) -> dict[str, str] | None:
    """File → plan id, as sources.csv says; None without such a file."""
    path = raw / "sources.csv"
    if not path.exists():
        return None
    listed: dict[str, str] = {}
    given: set[str] = set()
    for line, row in enumerate(read_rows(path), start=2):
        plan_id, file = row["plan_id"].strip(), row["file"].strip().replace("\\", "/")
        if not plan_id or not file:
            raise SourcesError(f"{path}, dòng {line}: thiếu plan_id hoặc file; hãy điền đủ.")
        if not PLAN_ID.fullmatch(plan_id):
            raise SourcesError(
                f"{path}, dòng {line}: mã {printable(plan_id)} không chỉ gồm chữ, số và dấu - _ . ở giữa, mà mã cũng là tên trang; hãy sửa lại."
            )
        if plan_id in given:
            raise SourcesError(f"{path}, dòng {line}: mã {plan_id} đã dùng ở dòng trên; mỗi kế hoạch một mã.")
        if leads_out(file):
            raise SourcesError(f"{path}, dòng {line}: đường dẫn {file} ra ngoài thư mục {raw}; hãy sửa lại.")
        if nfc(file) in listed:
            raise SourcesError(f"{path}, dòng {line}: tệp {file} đã có ở dòng trên; mỗi tệp một dòng.")
        listed[nfc(file)] = plan_id
        given.add(plan_id)
    return listed


def leads_out(file: str) -> bool:
    """Whether a path of sources.csv may leave the folder, on this system or another: "../a.txt", "/a.txt", "C:/a.txt"."""
    path = PureWindowsPath(file)
    return ".." in path.parts or bool(path.anchor)


def read_rows(path: Path) -> list[dict[str, str]]:
    """The lines of sources.csv, also after Excel saved them with semicolons."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise SourcesError(f"{path} không ghi bằng UTF-8; hãy mở bằng Excel rồi lưu thành “CSV UTF-8”.") from error
    except OSError as error:
        raise SourcesError(f"Không mở được {path} ({error.strerror}); hãy xem lại quyền đọc tệp ấy.") from error
    header = text.splitlines()[0] if text.strip() else ""
    delimiter = ";" if header.count(";") > header.count(",") else ","
    reader = csv.DictReader(text.splitlines(), delimiter=delimiter, strict=True)
    rows: list[dict[str, str]] = []
    line = 1
    try:
        missing = [field for field in FIELDS[:2] if field not in (reader.fieldnames or [])]
        if missing:
            raise SourcesError(f"{path} thiếu cột {', '.join(missing)}; dòng đầu phải là {','.join(FIELDS)}.")
        line = reader.line_num + 1
        for row in reader:
            rows.append({field: (row.get(field) or "").strip() for field in FIELDS})
            line = reader.line_num + 1
    except csv.Error as error:
        # A quotation mark left open takes in every line below it: the line where it opens is the one to mend.
        raise SourcesError(f"{path}, dòng {line}: không phải bảng CSV đọc được; hãy sửa dòng ấy.") from error
    return rows


def write_rows(path: Path, rows: Sequence[dict[str, str]]) -> None:
    """sources.csv as Excel reads it, replaced in one move."""
    fresh = path.with_suffix(".csv.new")
    with fresh.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, FIELDS)
        writer.writeheader()
        writer.writerows(rows)
    fresh.replace(path)


def slug(text: str) -> str:
    """A dull name for ids and folders: "Kế hoạch TĐKT 2024" → "ke-hoach-tdkt-2024"."""
    return re.sub(r"[^a-z0-9]+", "-", unaccented(text).lower()).strip("-") or "ke-hoach"


def free_id(base: str, taken: set[str]) -> str:
    """`base`, or `base` with the first number that makes it new."""
    plan_id, count = base, 2
    while plan_id in taken:
        plan_id, count = f"{base}-{count}", count + 1
    return plan_id


def _sha256_if_open(path: Path) -> str:
    """As `sha256_of`; "" where the file can't be opened, which is told when it is read."""
    try:
        return sha256_of(path)
    except OSError:
        return ""


def sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
