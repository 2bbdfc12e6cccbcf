"""Group any list of tasks in a CSV file, without plans: python -m etl cluster ITEMS.csv OUT.csv."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from etl.registers.register_file import RegisterError, read_register, unique
from etl.similar_tasks.cluster_ids import lasting_ids
from etl.similar_tasks.cluster_rows import label_of, medoid_of
from etl.similar_tasks.grouping import grouped
from etl.similar_tasks.similarity import score
from etl.similar_tasks.wording import wordings

COLUMNS = ["item_id", "cluster_id", "label", "score"]


def cluster_file(items_path: Path, out_path: Path, jobs: int = 1) -> int:
    """Group the tasks of a CSV (item_id, text) and write item_id, cluster_id, label, score; the number of groups.

        item_id,text                                    item_id,cluster_id,label,score
        1,Báo cáo sơ kết 6 tháng đầu năm 2021           1,g0001,Báo cáo sơ kết 6 tháng đầu năm {năm},100.0

    `score` (0–100) is how alike the item and the medoid of its group look. Large groups have low numbers.
    Raises RegisterError where the file can't be read, has no column item_id or text, a blank text or an id twice, or where the
    result can't be written.
    """
    rows = read_register(items_path, ["item_id", "text"])
    unique(rows, lambda row: row["item_id"], "item_id")
    if blank := next((row for row in rows if not row["text"]), None):
        raise blank.wrong("cột text để trống; hãy ghi lời của việc hoặc bỏ dòng ấy")
    ids = [row["item_id"] for row in rows]
    result = list(clustered(ids, [row["text"] for row in rows], jobs))
    try:
        with out_path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(COLUMNS)
            writer.writerows(result)
    except OSError as error:
        raise RegisterError(
            f"Không ghi được {out_path} ({error.strerror}); hãy đóng tệp ấy nếu đang mở, hoặc chọn chỗ khác."
        ) from error
    return len({row[1] for row in result})


def clustered(ids: Sequence[str], texts: Sequence[str], jobs: int = 1) -> Iterator[tuple[str, str, str, float]]:
    """(item_id, cluster_id, label, score) of each task, in the order given."""
    found = wordings(texts, jobs=jobs)
    groups = grouped(found).groups[found.of_item]
    cluster_ids, _ = lasting_ids(groups, [found.keys[at] for at in found.of_item], [""] * len(ids))
    wordings_of: dict[str, Counter[int]] = {}
    first_item: dict[tuple[str, int], int] = {}
    for at, (cluster_id, wording) in enumerate(zip(cluster_ids, found.of_item.tolist(), strict=True)):
        wordings_of.setdefault(cluster_id, Counter())[wording] += 1
        earlier = first_item.setdefault((cluster_id, wording), at)
        if ids[at] < ids[earlier]:
            first_item[cluster_id, wording] = at
    medoids = {cluster_id: medoid_of(counts, found.keys)[0] for cluster_id, counts in wordings_of.items()}
    labels = {cluster_id: label_of(texts[first_item[cluster_id, wording]]) for cluster_id, wording in medoids.items()}
    for item_id, cluster_id, wording in zip(ids, cluster_ids, found.of_item.tolist(), strict=True):
        yield item_id, cluster_id, labels[cluster_id], score(found.keys[medoids[cluster_id]], found.keys[wording])
