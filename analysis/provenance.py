"""What a researcher writes down to find the same figures again: which data, how to cite them."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pandas as pd

from analysis.selection import counted, years
from etl.store import PROCESSED

TITLE = "Kế hoạch công tác thi đua, khen thưởng của các tỉnh, thành phố: bộ dữ liệu"


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
