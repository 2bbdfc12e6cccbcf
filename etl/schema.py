"""Every table and column in one place: type, key, allowed values, and what the data dictionary says of them.

The build validates with these classes, `etl.store.read_table` takes its types from them and the Vietnamese data dictionary is
printed from them. Nothing else states a type.
"""

from __future__ import annotations

import pandas as pd
import pandera.pandas as pa
from pandera.typing.pandas import Series

Integer = Series[pd.Int64Dtype]
Decimal = Series[pd.Float64Dtype]
Flag = Series[bool]
Text = Series[str]

ISSUER_LEVELS = ["province", "department", "association", "district", "commune", "other"]
TIMING_KINDS = ["month", "quarter", "range", "deadline", "year_round", "conditional", "unstated"]
FORMS = ["quarter_table", "month_table", "table", "month_list", "quarter_list", "prose", "empty"]
ROLES = ["lead", "support", "unspecified"]
MOVEMENT_KINDS = ["movement", "campaign", "theme"]
MOVEMENT_LEVELS = ["national", "province", "unit", "unknown"]
SEVERITIES = ["error", "warning", "note"]

MONTHS = r"^(?:(?:[1-9]|1[0-2])(?:;(?:[1-9]|1[0-2]))*)?$"
PARTIAL_DATE = r"^\d{4}(?:-\d{2}(?:-\d{2})?)?$"


def column(title: str, description: str, example: object, **checks):
    """A column with what the dictionary prints of it. Text may be blank unless `nullable=False` is given."""
    checks.setdefault("nullable", True)
    return pa.Field(title=title, description=description, metadata={"example": str(example)}, **checks)


def key(title: str, description: str, example: object, **checks):
    return column(title, description, example, nullable=False, **checks)


PLAN_ID = ("Mã kế hoạch", "Mã bền vững của kế hoạch, cho một lần trong data/raw/sources.csv", "lang-son-ubnd-2020")
TASK_ID = ("Mã nhiệm vụ", "Mã của nhiệm vụ trong bảng tasks", "lang-son-ubnd-2020-t003")
LINE = ("Dòng", "Dòng của văn bản như đã đọc, đếm từ 1", 41)
PAGE = ("Trang", "Trang của tệp, đếm từ 1; để trống khi tệp không chia trang", 2)
SECTION = ("Mục", "Mục của kế hoạch, ghép từ các số mục", "III.1")


class TableModel(pa.DataFrameModel):
    """Common to all tables: exactly these columns, in this order."""

    class Config:
        strict = True
        ordered = True


class Plans(TableModel):
    """Một dòng là một kế hoạch đã đọc được."""

    plan_id: Text = key(*PLAN_ID, unique=True)
    source_file: Text = key("Tệp nguồn", "Đường dẫn bên dưới data/raw", "lang-son/lang-son-ubnd-2020.txt")
    source_sha256: Text = key("Dấu vân tay tệp", "SHA-256 của tệp như đã nhận", "5f3a…")
    province: Text = column("Tỉnh, thành phố", "Tên ngắn như trong kế hoạch, không có 'tỉnh'", "Lạng Sơn")
    province_2025: Text = column("Tỉnh từ 1/7/2025", "Tỉnh, thành phố kế tục từ ngày 1/7/2025", "Lạng Sơn")
    region: Text = column("Vùng", "Vùng của tỉnh theo sổ provinces", "Trung du và miền núi Bắc Bộ")
    issuer: Text = column("Cơ quan ban hành", "Tên đầy đủ, kèm tỉnh", "Sở Ngoại vụ tỉnh Lạng Sơn")
    issuer_level: Text = key("Cấp ban hành", "Cấp của cơ quan ban hành", "department", isin=ISSUER_LEVELS)
    plan_year: Integer = column("Năm kế hoạch", "Năm mà kế hoạch được lập cho", 2024)
    number: Text = column("Số, ký hiệu", "Như in; để trống khi số bị bỏ trống", "301/KH-SKHĐT")
    doc_date: Text = column(
        "Ngày ban hành",
        "Chính xác như in: ngày, hoặc chỉ năm-tháng khi ngày bỏ trống",
        "2020-12-31",
        str_matches=PARTIAL_DATE,
    )
    title: Text = column("Tên kế hoạch", "Trích yếu như in", "KẾ HOẠCH Công tác thi đua, khen thưởng năm 2020")
    signer: Text = column("Người ký", "Họ tên người ký", "Dương Xuân Huyền")
    signer_title: Text = column("Chức vụ người ký", "Bỏ 'TM.' và 'KT.'", "PHÓ CHỦ TỊCH")
    form: Text = key("Dạng trình bày", "Cách kế hoạch trình bày nhiệm vụ", "quarter_table", isin=FORMS)
    tasks: Integer = key(
        "Số nhiệm vụ", "Số dòng của kế hoạch trong bảng tasks; 0 nghĩa là không tìm thấy nhiệm vụ nào", 30, ge=0
    )
    read_as: Text = key("Đọc như", "Bộ đọc đã dùng cho tệp", "text")
    pages: Integer = column("Số trang", "Số trang của tệp, nếu có", 6, ge=1)


class Tasks(TableModel):
    """Một dòng là một nhiệm vụ: một dòng đánh số của bảng, hoặc một việc đứng riêng trong văn bản."""

    task_id: Text = key(*TASK_ID, unique=True)
    plan_id: Text = key(*PLAN_ID)
    position: Integer = key("Thứ tự", "Thứ tự trong kế hoạch, từ 1", 3, ge=1)
    printed_no: Text = column("Số in", "Số thứ tự như in", "03")
    text: Text = key(
        "Nội dung", "Lời văn của nhiệm vụ, đã sửa dấu và ngắt dòng, không đổi chữ", "Báo cáo sơ kết công tác TĐKT …"
    )
    timing_raw: Text = column("Thời gian như in", "Ô thời gian, hoặc tiêu đề quý, tháng đứng trên", "QUÝ I")
    timing_kind: Text = key("Loại thời gian", "Cách kế hoạch nói về thời gian", "quarter", isin=TIMING_KINDS)
    months: Text = column(
        "Tháng", "Các tháng của năm kế hoạch, cách nhau bằng ';'; trống là không ghi", "1;2;3", str_matches=MONTHS
    )
    recurring: Flag = pa.Field(
        title="Thường xuyên",
        description="Việc làm thường xuyên, định kỳ",
        nullable=False,
        metadata={"example": "False"},
    )
    deadline: Text = column("Thời hạn", "Ngày phải xong, nếu có in", "2020-01-20", str_matches=PARTIAL_DATE)
    section: Text = column(*SECTION)
    page: Integer = column(*PAGE)
    line_start: Integer = key("Từ dòng", "Dòng đầu của nhiệm vụ trong văn bản như đã đọc", 41, ge=1)
    line_end: Integer = key("Đến dòng", "Dòng cuối của nhiệm vụ trong văn bản như đã đọc", 44, ge=1)
    product: Text = column("Sản phẩm", "Cột sản phẩm, kết quả, nếu có", "Báo cáo của UBND tỉnh")
    note: Text = column("Ghi chú", "Cột ghi chú, nếu có", "Theo kế hoạch của Trung ương")
    certain: Flag = pa.Field(
        title="Chắc chắn",
        description="False khi dòng, cột phải đoán từ vị trí chữ hoặc nhận dạng từ ảnh",
        nullable=False,
        metadata={"example": "True"},
    )


class Items(TableModel):
    """Một dòng là một việc trong một nhiệm vụ."""

    item_id: Text = key("Mã việc", "Mã của việc", "lang-son-ubnd-2020-t004-1", unique=True)
    task_id: Text = key(*TASK_ID)
    plan_id: Text = key(*PLAN_ID)
    item_no: Integer = key("Thứ tự", "Thứ tự trong nhiệm vụ, từ 1", 1, ge=1)
    text: Text = key("Việc", "Lời văn của việc", "Trình khen thưởng bậc cao thành tích năm 2019 …")
    words: Text = column(
        "Từ", "Các từ do underthesea tách, cách nhau bằng dấu cách, '_' trong từ", "trình khen_thưởng bậc cao"
    )
    activity: Text = column("Loại công việc", "Mã trong sổ activities", "khen_thuong.trinh")
    cluster_id: Text = column("Mã nhóm", "Nhóm việc tương tự trong bảng clusters", "g0012")


class Responsibilities(TableModel):
    """Một dòng là một cơ quan được nêu cho một nhiệm vụ."""

    task_id: Text = key(*TASK_ID)
    plan_id: Text = key(*PLAN_ID)
    position: Integer = key("Thứ tự", "Thứ tự như in, từ 1", 1, ge=1)
    unit_raw: Text = key("Đơn vị như in", "Tên như in", "HĐ TĐKT tỉnh")
    unit: Text = column(
        "Đơn vị", "Tên chuẩn trong sổ units; trống khi chưa có trong sổ", "Hội đồng Thi đua - Khen thưởng tỉnh"
    )
    unit_group: Text = column("Nhóm đơn vị", "Nhóm của đơn vị trong sổ units", "Hội đồng TĐKT")
    role: Text = key("Vai trò", "Chủ trì, phối hợp, hay không nói rõ", "unspecified", isin=ROLES)


class Movements(TableModel):
    """Một dòng là một phong trào, cuộc vận động hay chủ đề trong sổ movements."""

    movement_id: Text = key("Mã phong trào", "Mã trong sổ movements", "nong-thon-moi", unique=True)
    name: Text = key("Tên", "Tên chuẩn", "Cả nước chung sức xây dựng nông thôn mới")
    kind: Text = key("Loại", "Phong trào, cuộc vận động hay chủ đề", "movement", isin=MOVEMENT_KINDS)
    level: Text = key("Cấp", "Cấp phát động", "national", isin=MOVEMENT_LEVELS)
    launched_by: Text = column("Phát động", "Cơ quan phát động", "Thủ tướng Chính phủ")
    period_start: Integer = column("Từ năm", "Năm đầu của giai đoạn", 2021)
    period_end: Integer = column("Đến năm", "Năm cuối của giai đoạn", 2025)


class MovementMentions(TableModel):
    """Một dòng là một lần một kế hoạch nêu tên một phong trào, cuộc vận động hay chủ đề."""

    plan_id: Text = key(*PLAN_ID)
    mention_no: Integer = key("Thứ tự", "Thứ tự trong kế hoạch, từ 1", 1, ge=1)
    task_id: Text = column(*TASK_ID)
    section: Text = column(*SECTION)
    name_as_printed: Text = key("Tên như in", "Tên như in, bỏ dấu nháy", "Lai Châu chung sức xây dựng nông thôn mới")
    kind: Text = key("Loại", "Phong trào, cuộc vận động hay chủ đề", "movement", isin=MOVEMENT_KINDS)
    level: Text = key("Cấp", "Cấp đọc được từ lời văn", "province", isin=MOVEMENT_LEVELS)
    movement_id: Text = column("Mã phong trào", "Mã trong bảng movements; trống khi chưa có trong sổ", "nong-thon-moi")
    period: Text = column("Giai đoạn", "Giai đoạn như in, dạng năm-năm", "2020-2025")
    page: Integer = column(*PAGE)
    line: Integer = key(*LINE, ge=1)


class LegalRefs(TableModel):
    """Một dòng là một văn bản được một kế hoạch viện dẫn; mỗi văn bản một lần trong một kế hoạch."""

    plan_id: Text = key(*PLAN_ID)
    ref_no: Integer = key("Thứ tự", "Thứ tự trong kế hoạch, từ 1", 1, ge=1)
    kind: Text = key("Loại văn bản", "Viết đầy đủ", "Nghị định")
    number: Text = column("Số, ký hiệu", "Như in", "91/2017/NĐ-CP")
    doc_date: Text = column("Ngày", "Ngày của văn bản được viện dẫn", "2017-07-31", str_matches=PARTIAL_DATE)
    issuer: Text = column("Cơ quan ban hành", "Cơ quan ban hành văn bản được viện dẫn, nếu có nêu", "Chính phủ")
    text: Text = key("Như in", "Lời viện dẫn như in", "Nghị định số 91/2017/NĐ-CP ngày 31/7/2017")
    cited_plan_id: Text = column(
        "Mã kế hoạch được viện dẫn", "Khi văn bản được viện dẫn là một kế hoạch trong bộ dữ liệu", ""
    )
    cited_plan_certainty: Text = column(
        "Mức chắc chắn",
        "Vì sao cho là kế hoạch ấy: số trùng, hay suy từ năm và cơ quan",
        "number",
        isin=["number", "year_and_issuer"],
    )
    page: Integer = column(*PAGE)
    line: Integer = key(*LINE, ge=1)


class Deadlines(TableModel):
    """Một dòng là một việc có thời hạn nêu ngoài bảng nhiệm vụ."""

    plan_id: Text = key(*PLAN_ID)
    deadline_no: Integer = key("Thứ tự", "Thứ tự trong kế hoạch, từ 1", 1, ge=1)
    date: Text = key("Thời hạn", "Ngày, hoặc năm-tháng khi không in ngày", "2020-01-20", str_matches=PARTIAL_DATE)
    text: Text = key("Việc", "Lời văn như in", "gửi về Sở Nội vụ (qua Ban TĐKT) trước ngày 20/01/2020")
    section: Text = column(*SECTION)
    page: Integer = column(*PAGE)
    line: Integer = key(*LINE, ge=1)


class Recipients(TableModel):
    """Một dòng là một dòng của 'Nơi nhận'."""

    plan_id: Text = key(*PLAN_ID)
    position: Integer = key("Thứ tự", "Thứ tự như in, từ 1", 1, ge=1)
    recipient: Text = key("Nơi nhận", "Như in", "Ban TĐKT Trung ương")
    page: Integer = column(*PAGE)
    line: Integer = key(*LINE, ge=1)


class Clusters(TableModel):
    """Một dòng là một nhóm việc tương tự."""

    cluster_id: Text = key("Mã nhóm", "Mã bền vững của nhóm", "g0012", unique=True)
    label: Text = key(
        "Tên nhóm", "Lời của việc tiêu biểu, chỗ thay đổi để trong ngoặc nhọn", "Báo cáo sơ kết công tác … năm {năm}"
    )
    items: Integer = key("Số việc", "Số việc trong nhóm", 4, ge=1)
    plans: Integer = key("Số kế hoạch", "Số kế hoạch có việc trong nhóm", 3, ge=1)
    provinces: Integer = key("Số tỉnh", "Số tỉnh, thành phố có việc trong nhóm", 2, ge=0)
    lowest_score: Decimal = column(
        "Điểm thấp nhất", "Điểm giống nhau thấp nhất với việc tiêu biểu, 0–100", 71.5, ge=0, le=100
    )
    mean_score: Decimal = column(
        "Điểm trung bình", "Điểm giống nhau trung bình với việc tiêu biểu, 0–100", 88.2, ge=0, le=100
    )
    medoid_item_id: Text = key("Việc tiêu biểu", "Mã của việc tiêu biểu", "lang-son-ubnd-2020-t017-1")


class ClusterLinks(TableModel):
    """Một dòng là một lý do hai việc ở trong một nhóm."""

    cluster_id: Text = key("Mã nhóm", "Nhóm trong bảng clusters", "g0012")
    item_a: Text = key("Việc A", "Mã việc", "lang-son-ubnd-2020-t017-1")
    item_b: Text = key("Việc B", "Mã việc", "lang-son-so-khdt-2021-t006-1")
    score: Decimal = key("Điểm", "Điểm giống nhau, 0–100", 92.3, ge=0, le=100)
    shared_words: Text = column("Từ chung", "Các tiếng chung", "báo cáo sơ kết công tác")
    different_words: Text = column("Từ khác", "Các tiếng chỉ có ở một bên", "tỉnh")
    rule: Text = key("Căn cứ", "Vì sao nối: lời gần giống, cùng loại việc, hay người quyết định", "same_duty")


class ClusterChanges(TableModel):
    """Một dòng là một lần mã nhóm ngừng dùng hoặc tách ra: nhóm cũ và nhóm kế tục."""

    former_id: Text = key("Mã nhóm cũ", "Mã nhóm của lần dựng trước", "g0012")
    successor_id: Text = column("Mã kế tục", "Nhóm nhận các việc của nhóm cũ; trống khi không còn việc nào", "g0007")
    change: Text = key("Thay đổi", "Nhập vào, tách ra, hay không còn", "merged", isin=["merged", "split", "gone"])


class Units(TableModel):
    """Một dòng là một cơ quan, tổ chức trong sổ units."""

    unit_id: Text = key("Mã đơn vị", "Mã bền vững", "hoi-dong-tdkt-tinh", unique=True)
    name: Text = key("Tên chuẩn", "Tên chuẩn", "Hội đồng Thi đua - Khen thưởng tỉnh")
    unit_group: Text = key("Nhóm", "Nhóm dùng khi so sánh", "Hội đồng TĐKT")
    level: Text = column("Cấp", "Cấp của đơn vị", "province")
    valid_from: Text = column("Từ ngày", "Ngày có hiệu lực", "2016-01-01", str_matches=PARTIAL_DATE)
    valid_to: Text = column("Đến ngày", "Ngày hết hiệu lực", "2025-02-28", str_matches=PARTIAL_DATE)
    successor: Text = column("Kế tục", "Mã đơn vị kế tục", "so-tai-chinh")


class Provinces(TableModel):
    """Một dòng là một tỉnh, thành phố trong một thời kỳ."""

    province_id: Text = key("Mã", "Mã bền vững", "lang-son", unique=True)
    name: Text = key("Tên", "Tên ngắn", "Lạng Sơn")
    type: Text = key("Loại", "tỉnh hay thành phố", "tỉnh", isin=["tỉnh", "thành phố"])
    region: Text = key("Vùng", "Vùng kinh tế - xã hội", "Trung du và miền núi Bắc Bộ")
    valid_from: Text = column("Từ ngày", "Ngày có hiệu lực", "2004-01-01", str_matches=PARTIAL_DATE)
    valid_to: Text = column("Đến ngày", "Ngày hết hiệu lực", "2025-06-30", str_matches=PARTIAL_DATE)
    successor: Text = column("Kế tục", "Mã tỉnh kế tục từ 1/7/2025", "tuyen-quang-2025")


class Issues(TableModel):
    """Một dòng là một điều chưa hiểu được, hoặc một lỗi trong chính kế hoạch."""

    issue_id: Text = key("Mã", "Mã của dòng", "lang-son-so-khdt-2021-e03", unique=True)
    plan_id: Text = key(*PLAN_ID)
    task_id: Text = column(*TASK_ID)
    code: Text = key("Mã lỗi", "Loại, giải thích trong từ điển dữ liệu", "number_skipped")
    severity: Text = key(
        "Mức", "error: máy có thể đã đọc sai; warning: kế hoạch có lỗi; note: điều cần biết", "warning", isin=SEVERITIES
    )
    message: Text = key("Điều cần biết", "Một câu", "Nhảy số thứ tự: sau 10 là 12, thiếu 11.")
    evidence: Text = column("Chứng cứ", "Lời văn liên quan như in", "12 Báo cáo kết quả triển khai …")
    page: Integer = column(*PAGE)
    line: Integer = column(*LINE, ge=1)


class Ledger(TableModel):
    """Một dòng là một tệp nguồn: chữ của tệp đã đi đâu."""

    plan_id: Text = key(*PLAN_ID, unique=True)
    words: Integer = key("Số chữ", "Số chữ (tiếng) đọc được trong tệp", 2100, ge=0)
    words_in_tasks: Integer = key("Chữ thành nhiệm vụ", "Số chữ đã vào bảng tasks và responsibilities", 1300, ge=0)
    words_in_other_tables: Integer = key(
        "Chữ vào bảng khác", "Số chữ đã vào plans, legal_refs, deadlines, recipients", 350, ge=0
    )
    words_left: Integer = key("Chữ còn lại", "Số chữ không vào bảng nào, có lý do", 450, ge=0)
    left_reasons: Text = column("Lý do", "Lý do và số chữ", "mục đích, yêu cầu: 300; tiêu đề mục: 40")
    table_words_lost: Integer = key(
        "Chữ của bảng bị sót", "Số chữ trong bảng nhiệm vụ không vào dòng nào; khác 0 là lỗi", 0, ge=0
    )
    rows_joined: Integer = key("Dòng nối qua trang", "Số dòng bị ngắt trang đã nối lại", 2, ge=0)
    cells_carried: Integer = key("Ô chép xuống", "Số ô gộp đã chép giá trị xuống các dòng", 0, ge=0)


TABLES: dict[str, type[TableModel]] = {
    "plans": Plans,
    "tasks": Tasks,
    "items": Items,
    "responsibilities": Responsibilities,
    "movements": Movements,
    "movement_mentions": MovementMentions,
    "legal_refs": LegalRefs,
    "deadlines": Deadlines,
    "recipients": Recipients,
    "clusters": Clusters,
    "cluster_links": ClusterLinks,
    "cluster_changes": ClusterChanges,
    "units": Units,
    "provinces": Provinces,
    "issues": Issues,
    "ledger": Ledger,
}


#: What makes a row of each table one of a kind; rows are written in this order.
KEYS: dict[str, list[str]] = {
    "plans": ["plan_id"],
    "tasks": ["plan_id", "position"],
    "items": ["plan_id", "task_id", "item_no"],
    "responsibilities": ["plan_id", "task_id", "position"],
    "movements": ["movement_id"],
    "movement_mentions": ["plan_id", "mention_no"],
    "legal_refs": ["plan_id", "ref_no"],
    "deadlines": ["plan_id", "deadline_no"],
    "recipients": ["plan_id", "position"],
    "clusters": ["cluster_id"],
    "cluster_links": ["cluster_id", "item_a", "item_b"],
    "cluster_changes": ["former_id", "successor_id", "change"],
    "units": ["unit_id"],
    "provinces": ["province_id"],
    "issues": ["issue_id"],
    "ledger": ["plan_id"],
}


def columns(table: str) -> list[str]:
    return list(TABLES[table].to_schema().columns)


def dtypes(table: str) -> dict[str, object]:
    """Column name → pandas dtype, in the table's order."""
    return {name: spec.dtype.type for name, spec in TABLES[table].to_schema().columns.items()}
