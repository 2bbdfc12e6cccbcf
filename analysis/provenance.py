"""Where a figure comes from: the line of the plan behind it, the version of the data, how to cite them."""

from __future__ import annotations

import hashlib
from pathlib import Path
from urllib.parse import quote

import pandas as pd
from markupsafe import Markup

from analysis.search_tables import Sortable
from analysis.selection import counted, years
from etl.store import PROCESSED

TITLE = "Kế hoạch công tác thi đua, khen thưởng của các tỉnh, thành phố: bộ dữ liệu"

PLACE = "Trang, dòng"  # the column of a table to read that leads to the line of the plan

#: Where the report's pages lie, seen from the notebooks; inside the report itself nothing stands before "plans/".
REPORT = "../reports/site/"


def place(plan_id: str, line: int, last: int | None = None, page: int | None = None) -> Sortable:
    """ "trang 3, dòng 41–44" or "dòng 41", leading to these lines, marked, in the report's page of the plan."""
    end = line if last is None or pd.isna(last) else last
    lines = f"dòng {line}" if end == line else f"dòng {line}–{end}"
    told = lines if pd.isna(page) else f"trang {page}, {lines}"
    link = Markup('<a href="{}plans/{}.html#{}">{}</a>').format(REPORT, quote(plan_id), line_anchor(line, end), told)
    return Sortable(link, int(line))


def line_anchor(first: int, last: int) -> str:
    """Where lines stand in a plan's page: "L41", or "L41-L44"."""
    return f"L{first}" if first == last else f"L{first}-L{last}"


def places(rows: pd.DataFrame) -> pd.Series:
    """`place` of each row, from its plan_id, its `page` where the table has one, and `line`, or `line_start` and `line_end`.

    A row without a line has no place: it stays blank.
    """
    first = rows["line_start" if "line_start" in rows else "line"]
    blank = pd.Series(pd.NA, index=rows.index)
    told = zip(rows["plan_id"], first, rows.get("line_end", blank), rows.get("page", blank), strict=True)
    return pd.Series(
        [pd.NA if pd.isna(line) else place(plan, line, last, page) for plan, line, last, page in told],
        index=rows.index,
        dtype="object",
    )


def data_version(folder: Path = PROCESSED) -> str:
    """Twelve letters that change when any table of `folder` changes: "3f9a0c41d2be"."""
    digest = hashlib.sha256()
    for table in sorted(Path(folder).glob("*.csv")):
        digest.update(table.name.encode("utf-8"))
        digest.update(table.read_bytes())
    return digest.hexdigest()[:12]


def citation(plans: pd.DataFrame, folder: Path = PROCESSED) -> str:
    """How to cite what a notebook shows, with the version of the data behind it.

    "Trích dẫn: Kế hoạch công tác …: bộ dữ liệu, phiên bản 3f9a0c41d2be; phần dùng ở đây: 5 kế hoạch của 3 tỉnh …"
    """
    used = f"{counted(plans)}, {years(plans)}" if len(plans) else "không có kế hoạch nào"
    return f"Trích dẫn: {TITLE}, phiên bản dữ liệu {data_version(folder)}; phần dùng ở đây: {used}."
