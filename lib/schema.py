"""The workbook's form as data: sheets, columns, accepted spellings and the help written into the template.

This is the only place where the Vietnamese names of the workbook meet the English names of the code. The rules are
in docs/quy-tac-tinh.md, "Sổ theo dõi".
"""

from dataclasses import dataclass
from enum import StrEnum

UNASSIGNED = "Chưa phân công"
"""The group of occurrences nobody leads; no unit may bear this name."""


class Kind(StrEnum):
    """How the cells of a column are read."""

    CODE = "code"
    TEXT = "text"
    RESULT = "result"
    SECTION = "section"
    UNITS = "units"
    NAMES = "names"
    TIME = "time"
    YEAR = "year"
    DATE = "date"
    DUE = "due"
    PERCENT = "percent"
    CHOICE = "choice"


class Absent(StrEnum):
    """What it means when a column is not in the sheet."""

    ERROR = "error"
    WARNING = "warning"
    OPTIONAL = "optional"


@dataclass(frozen=True)
class Column:
    """One known column: its name in code, its header, how it is read, what its absence means, its help."""

    name: str
    header: str
    kind: Kind
    absent: Absent = Absent.WARNING
    help: str = ""


@dataclass(frozen=True)
class Sheet:
    """One sheet of the workbook; `repeats` where a copy a year is usual (`Tiến độ 2024`)."""

    name: str
    title: str
    columns: tuple[Column, ...]
    keys: tuple[str, ...]
    repeats: bool = False

    def column(self, name: str) -> Column:
        """The column called `name` in code; KeyError where there is none."""
        return next(column for column in self.columns if column.name == name)


class Report(StrEnum):
    """What a `Tiến độ` row says of its occurrence; a blank `Trạng thái` is no report."""

    NONE = ""
    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    SUSPENDED = "suspended"


STATUS_WORDS: dict[Report, tuple[str, ...]] = {
    Report.NOT_STARTED: ("Chưa thực hiện", "Chưa triển khai", "Chưa bắt đầu"),
    Report.IN_PROGRESS: ("Đang thực hiện", "Đang triển khai", "Chưa hoàn thành"),
    Report.DONE: (
        "Hoàn thành",
        "Đã hoàn thành",
        "Xong",
        "Hoàn thành đúng hạn",
        "Hoàn thành quá hạn",
        "Hoàn thành trước hạn",
    ),
    Report.SUSPENDED: ("Tạm hoãn", "Tạm dừng"),
}
"""Accepted spellings of `Trạng thái`, the proper one first."""

SAYS_ON_TIME = ("Hoàn thành đúng hạn", "Hoàn thành trước hạn")
SAYS_LATE = ("Hoàn thành quá hạn",)

FIELDS = ("Kinh tế", "Văn hóa - xã hội", "Quốc phòng - an ninh", "Xây dựng hệ thống chính trị")
FORMS = ("Xây dựng mới", "Nhân rộng")

OFFICIAL, SAMPLE = "Chính thức", "Minh họa"

INFO_SHEET = "Thông tin"

SECTIONS = Sheet(
    "sections",
    "Mục",
    (
        Column("section", "Mã mục", Kind.CODE, Absent.ERROR, "Mã mục theo kế hoạch, mỗi mã một lần. Ví dụ: 2.1"),
        Column("name", "Tên mục", Kind.TEXT, help="Tên mục như trong kế hoạch"),
    ),
    keys=("section",),
)

UNITS = Sheet(
    "units",
    "Đơn vị",
    (
        Column("unit", "Tên đơn vị", Kind.TEXT, Absent.ERROR, "Tên đang dùng của đơn vị, mỗi đơn vị một dòng"),
        Column(
            "other_names", "Tên gọi khác", Kind.NAMES, help="Tên khác, tên trước đây; nhiều tên cách nhau bằng dấu ;"
        ),
        Column("abbreviation", "Viết tắt", Kind.NAMES, help="Chữ viết tắt dùng trong bảng, ví dụ: TTB"),
        Column(
            "successor",
            "Đơn vị kế thừa",
            Kind.UNITS,
            help="Đơn vị tiếp nhận công việc sau sắp xếp; để trống nếu không có",
        ),
        Column(
            "members", "Gồm các đơn vị", Kind.UNITS, help="Chỉ ghi khi dòng này là một nhóm, ví dụ: Các phòng thuộc Ban"
        ),
    ),
    keys=("unit",),
)

TASKS = Sheet(
    "tasks",
    "Nhiệm vụ",
    (
        Column("task", "Mã", Kind.CODE, Absent.ERROR, "Mã nhiệm vụ theo kế hoạch, mỗi mã một lần. Ví dụ: 2.1.4"),
        Column("section", "Mã mục", Kind.SECTION, help="Một mã có trong trang Mục"),
        Column("content", "Nội dung nhiệm vụ", Kind.TEXT, help="Nguyên văn trong kế hoạch"),
        Column("short_name", "Tên ngắn", Kind.TEXT, Absent.OPTIONAL, "Dưới 60 ký tự, dùng cho bảng và biểu đồ"),
        Column(
            "executing_units",
            "Cơ quan, đơn vị thực hiện",
            Kind.UNITS,
            help="Tên trong trang Đơn vị; nhiều đơn vị cách nhau bằng dấu ;",
        ),
        Column(
            "lead_units",
            "Phòng tham mưu",
            Kind.UNITS,
            help="Phòng chịu trách nhiệm chính; để trống nếu kế hoạch không giao",
        ),
        Column(
            "schedule",
            "Thời gian thực hiện",
            Kind.TIME,
            Absent.ERROR,
            "Nguyên văn trong kế hoạch: thường xuyên; trước 31/3 hằng năm; quý II/2023; trong năm 2022...",
        ),
        Column(
            "due",
            "Hạn",
            Kind.DUE,
            Absent.OPTIONAL,
            "Chỉ ghi khi cần đổi hạn: dd/mm cho mỗi năm, dd/mm/yyyy cho một năm",
        ),
        Column("from_year", "Từ năm", Kind.YEAR, Absent.OPTIONAL, "Chỉ ghi khi cần đổi năm bắt đầu"),
        Column("to_year", "Đến năm", Kind.YEAR, Absent.OPTIONAL, "Chỉ ghi khi cần đổi năm kết thúc"),
    ),
    keys=("task",),
)

PROGRESS = Sheet(
    "progress",
    "Tiến độ",
    (
        Column("task", "Mã nhiệm vụ", Kind.CODE, Absent.ERROR, "Một mã có trong trang Nhiệm vụ"),
        Column("year", "Năm", Kind.YEAR, Absent.ERROR, "Năm của lượt thực hiện; mỗi nhiệm vụ mỗi năm một dòng"),
        Column(
            "due", "Hạn hoàn thành", Kind.DUE, Absent.OPTIONAL, "Chỉ ghi khi hạn khác kế hoạch; kèm Văn bản minh chứng"
        ),
        Column(
            "status",
            "Trạng thái",
            Kind.CHOICE,
            Absent.ERROR,
            "Chọn trong danh sách; để trống là chưa có báo cáo",
        ),
        Column("percent", "Tỷ lệ (%)", Kind.PERCENT, help="Từ 0 đến 100; ghi 50 là 50%"),
        Column(
            "completed_on",
            "Ngày hoàn thành",
            Kind.DATE,
            Absent.ERROR,
            "Bắt buộc khi Hoàn thành; ghi ngày/tháng/năm rồi xem lại ô, vì máy cài kiểu Mỹ có thể đảo ngày và tháng",
        ),
        Column("result", "Kết quả, sản phẩm", Kind.RESULT, help="Việc đã làm, sản phẩm đã có"),
        Column("document", "Văn bản minh chứng", Kind.TEXT, help="Số, ký hiệu, ngày văn bản"),
        Column("difficulty", "Khó khăn, vướng mắc", Kind.TEXT, help="Lý do chậm, điều cần tháo gỡ"),
        Column("proposal", "Kiến nghị", Kind.TEXT, help="Kiến nghị với lãnh đạo"),
        Column("updated_on", "Ngày cập nhật", Kind.DATE, help="Ngày ghi dòng này; ghi ngày/tháng/năm"),
        Column(
            "lead_units",
            "Phòng tham mưu",
            Kind.UNITS,
            Absent.OPTIONAL,
            "Chỉ ghi khi năm đó giao phòng khác với kế hoạch",
        ),
    ),
    keys=("task", "year"),
    repeats=True,
)

MODELS = Sheet(
    "models",
    "Mô hình",
    (
        Column("model", "Tên mô hình", Kind.TEXT, Absent.ERROR, "Tên mô hình “Dân vận khéo”"),
        Column("year", "Năm", Kind.YEAR, Absent.ERROR, "Năm đăng ký mô hình"),
        Column("field", "Lĩnh vực", Kind.CHOICE, help="Chọn trong danh sách"),
        Column("form", "Hình thức", Kind.CHOICE, help="Chọn trong danh sách"),
        Column("units", "Đơn vị phụ trách", Kind.UNITS, help="Tên trong trang Đơn vị"),
        Column("place", "Địa bàn", Kind.TEXT, help="Nơi thực hiện mô hình"),
        Column("registered_on", "Ngày đăng ký", Kind.DATE, help="Mô hình chưa có ngày đăng ký thì chưa được đếm"),
        Column("evaluated_on", "Ngày đánh giá", Kind.DATE, help="Ngày tổng kết, đánh giá"),
        Column("evaluation", "Kết quả đánh giá", Kind.RESULT, help="Kết luận đánh giá"),
        Column("recognition", "Cấp công nhận", Kind.TEXT, help="Cấp công nhận mô hình, nếu có"),
        Column("note", "Ghi chú", Kind.TEXT),
    ),
    keys=("model", "year"),
    repeats=True,
)

SHEETS = (SECTIONS, UNITS, TASKS, PROGRESS, MODELS)


class InfoKind(StrEnum):
    """How the value of a key in `Thông tin` is read."""

    TEXT = "text"
    DATE = "date"
    YEAR = "year"
    COUNT = "count"
    DAY_MONTH = "day_month"
    NATURE = "nature"


@dataclass(frozen=True)
class InfoKey:
    """One key of `Thông tin`: its field in `Plan`, the words, how it is read, the default or None if required."""

    name: str
    key: str
    kind: InfoKind
    default: object = ""
    required: bool = False
    help: str = ""


INFO_KEYS = (
    InfoKey("parent_agency", "Cơ quan chủ quản", InfoKind.TEXT, help="Cơ quan cấp trên, in trên đầu văn bản"),
    InfoKey("agency", "Tên cơ quan", InfoKind.TEXT, required=True, help="Tên cơ quan hiện nay"),
    InfoKey("former_agency", "Tên cơ quan trước đây", InfoKind.TEXT, help="Tên cũ, dùng khi dẫn văn bản"),
    InfoKey("place", "Địa danh", InfoKind.TEXT, help="Địa danh in trên văn bản"),
    InfoKey("title", "Tên kế hoạch", InfoKind.TEXT, required=True, help="Tên đầy đủ của kế hoạch"),
    InfoKey("number", "Số kế hoạch", InfoKind.TEXT, help="Số, ký hiệu của kế hoạch"),
    InfoKey("issued_on", "Ngày ban hành", InfoKind.DATE, None, help="Ngày/tháng/năm ban hành kế hoạch"),
    InfoKey("first_year", "Năm bắt đầu", InfoKind.YEAR, required=True, help="Năm đầu của kế hoạch"),
    InfoKey("last_year", "Năm kết thúc", InfoKind.YEAR, required=True, help="Năm cuối của kế hoạch"),
    InfoKey("model_target", "Chỉ tiêu mô hình mỗi năm", InfoKind.COUNT, 1, help="Số mô hình “Dân vận khéo” mỗi năm"),
    InfoKey(
        "registration_deadline",
        "Hạn đăng ký mô hình",
        InfoKind.DAY_MONTH,
        "31/3",
        help="Ngày/tháng; đăng ký đúng ngày này vẫn là đúng hạn",
    ),
    InfoKey("due_soon_days", "Số ngày báo trước", InfoKind.COUNT, 30, help="Còn từng ấy ngày thì báo sắp đến hạn"),
    InfoKey(
        "reminder_days", "Số ngày nhắc cập nhật", InfoKind.COUNT, 90, help="Quá từng ấy ngày chưa cập nhật thì nhắc"
    ),
    InfoKey("recipient", "Cơ quan nhận báo cáo", InfoKind.TEXT, help="Nơi nhận báo cáo"),
    InfoKey("coordinator", "Đơn vị tổng hợp", InfoKind.TEXT, help="Đơn vị theo dõi, đôn đốc, tổng hợp"),
    InfoKey("signer_title", "Chức vụ người ký", InfoKind.TEXT, help="Ví dụ: KT. TRƯỞNG BAN, PHÓ TRƯỞNG BAN"),
    InfoKey("signer", "Người ký", InfoKind.TEXT, help="Họ và tên người ký"),
    InfoKey(
        "nature",
        "Tính chất số liệu",
        InfoKind.NATURE,
        OFFICIAL,
        help="Chính thức hoặc Minh họa; Minh họa thì mọi trang đều có dòng báo",
    ),
)
