"""Sheet `Hướng dẫn` of the workbook: how to fill it in, and the words the drop-down lists offer."""

from lib.schema import FIELDS, FORMS, OFFICIAL, SAMPLE, STATUS_WORDS, Kind, Report
from lib.workbook.form_page import Page
from lib.workbook.form_styles import Styles

TITLE = "Hướng dẫn"
_WIDTHS = (30, 100)

_ADVICE = (
    (
        "Trang Thông tin",
        "Tên cơ quan, tên kế hoạch, các năm thực hiện, chỉ tiêu và hạn đăng ký mô hình. Số liệu thật ghi Chính thức; "
        "ghi Minh họa thì mọi trang, mọi văn bản đều có dòng báo.",
    ),
    (
        "Trang Mục, Đơn vị, Nhiệm vụ",
        "Ghi theo kế hoạch đã ký; chỉ sửa khi kế hoạch hoặc tổ chức bộ máy thay đổi. Đơn vị đổi tên: ghi tên cũ vào "
        "cột Tên gọi khác. Đơn vị giải thể, sáp nhập: ghi đơn vị tiếp nhận vào cột Đơn vị kế thừa.",
    ),
    (
        "Trang Tiến độ",
        "Mỗi nhiệm vụ, mỗi năm một dòng. Chọn mã và năm; cột xám tự hiện tên nhiệm vụ, không cần ghi. Để trống Trạng "
        "thái nghĩa là chưa có báo cáo, khác với Chưa thực hiện.",
    ),
    (
        "Trang Mô hình",
        "Mỗi mô hình “Dân vận khéo”, mỗi năm một dòng. Mô hình chưa có Ngày đăng ký thì chưa được đếm.",
    ),
    ("Việc đã xong", "Chọn Hoàn thành và ghi Ngày hoàn thành. Đúng hạn hay quá hạn là do ngày quyết định."),
    (
        "Tạm hoãn, lùi hạn",
        "Ghi số, ký hiệu, ngày của văn bản cho phép vào cột Văn bản minh chứng; hạn mới ghi vào cột Hạn hoàn thành.",
    ),
    (
        "Ngày, tháng, năm",
        "Ghi ngày trước, tháng sau, ví dụ: 05/12/2026, rồi xem lại ô đã hiện đúng chưa: máy cài kiểu Mỹ có thể đảo "
        "ngày và tháng.",
    ),
    ("Tỷ lệ (%)", "Ghi số từ 0 đến 100; ghi 50 là 50%."),
    ("Nhiều đơn vị trong một ô", "Ghi đúng tên trong trang Đơn vị, cách nhau bằng dấu chấm phẩy (;)."),
    (
        "Tên trang, tên cột",
        "Giữ nguyên tên trang và tên cột. Được thêm cột riêng, trang riêng; phần thêm không được tính.",
    ),
    ("Chú thích", "Đưa con trỏ lên tiêu đề cột có dấu đỏ ở góc để xem cách ghi cột đó."),
)

_STATUS_MEANINGS = {
    Report.NOT_STARTED: "Đã báo cáo là chưa làm",
    Report.IN_PROGRESS: "Đang làm, chưa xong",
    Report.DONE: "Đã xong, có Ngày hoàn thành",
    Report.SUSPENDED: "Được phép tạm dừng, có Văn bản minh chứng",
}

_LISTS: dict[str, tuple[tuple[str, str], ...]] = {
    "Trạng thái": tuple((words[0], _STATUS_MEANINGS[report]) for report, words in STATUS_WORDS.items()),
    "Lĩnh vực": tuple((field, "") for field in FIELDS),
    "Hình thức": tuple(zip(FORMS, ("Mô hình làm mới", "Mô hình đã có, làm thêm ở nơi khác"), strict=True)),
    "Tính chất số liệu": (
        (OFFICIAL, "Số liệu thật"),
        (SAMPLE, "Số liệu dựng để xem thử; không dùng làm căn cứ"),
    ),
}

_FIRST_ADVICE_ROW = 2
_FIRST_LIST_ROW = _FIRST_ADVICE_ROW + len(_ADVICE) + 1


def _list_rows() -> dict[str, int]:
    """The heading row (zero-based) of each list; its words begin on the next row."""
    found, row = {}, _FIRST_LIST_ROW
    for header, words in _LISTS.items():
        found[header] = row
        row += len(words) + 2
    return found


def choice_range(header: str) -> str:
    """Where the words of the drop-down list for column or key `header` stand, as a list's source."""
    first = _list_rows()[header] + 2
    return f"='{TITLE}'!$A${first}:$A${first + len(_LISTS[header]) - 1}"


def write_guide(page: Page, styles: Styles) -> None:
    """Fill the sheet: advice by topic, then every list with what its words mean."""
    page.set_columns(list(_WIDTHS), [None, None])
    page.fit_to_pages(1, 1)
    page.write_string(0, 0, "CÁCH GHI SỔ THEO DÕI", styles.heading)
    for row, (topic, advice) in enumerate(_ADVICE, _FIRST_ADVICE_ROW):
        _write_pair(page, row, topic, advice, styles)
    for header, row in _list_rows().items():
        page.write_string(row, 0, header, styles.header)
        page.write_string(row, 1, "Nghĩa" if any(meaning for _, meaning in _LISTS[header]) else "", styles.header)
        for offset, (word, meaning) in enumerate(_LISTS[header], 1):
            _write_pair(page, row + offset, word, meaning, styles)


def _write_pair(page: Page, row: int, left: str, right: str, styles: Styles) -> None:
    page.write_string(row, 0, left, styles.label)
    page.write_string(row, 1, right, styles.cell(Kind.TEXT))
    page.fit_row(row, list(zip((left, right), _WIDTHS, strict=True)))
