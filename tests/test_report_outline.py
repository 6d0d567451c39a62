"""What a report says: the figures of `summary`, what was reported and nothing else."""

import datetime as dt
import re

import pytest

from lib import summary
from lib.errors import DashboardError
from lib.reports.blocks import BlockKind, enumerated, state_phrases
from lib.reports.letters import successor
from lib.reports.outline import PARTS, outline
from lib.reports.phrases import amount, ended, listed, unended
from lib.words import number
from tests.reporting import large, scope
from tests.workbooks import TASKS, UNITS, models, progress

EMPTY = "# Nhiệm vụ\nMã | Mã mục | Nội dung nhiệm vụ | Phòng tham mưu | Thời gian thực hiện\n"
ONE = EMPTY + "1 | 1 | Quán triệt Đề án | Thanh tra Ban | năm 2025\n"
REPORTED = progress(
    "1 | 2022! | | Hoàn thành | 100 | 12/12/2022! | Đã quán triệt. | Kế hoạch 12",
    "2.1.1 | 2024! | | Hoàn thành | 100 | 15/01/2025! | Đã tuyên truyền | | Trời mưa | | 16/01/2025!",
    "2.1.1 | 2025! | | Đang thực hiện | 40 | | Đang viết bài | Công văn 9 (bản 2) | Thiếu người | Cấp thêm người | "
    "05/11/2025!",
    "2.1.2 | 2025! | | Chưa thực hiện",
)


def said(found) -> str:
    return "\n".join(block.text for block in found.blocks)


def words_of(*changed: str, **choices) -> str:
    return said(outline(scope(*changed, **choices)))


def part(text: str, number: str) -> str:
    """The words of one part, between its title and the next."""
    titles = list(PARTS)
    begin = next(title for title in titles if title.startswith(f"{number}."))
    after = text.split(begin, 1)[1]
    return re.split("|".join(map(re.escape, titles)), after)[0]


# --- figures ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sheets", [[REPORTED], [ONE], large(20)], ids=["ordinary", "one row", "large"])
def test_the_figures_are_those_of_summary(sheets):
    found = scope(*sheets)
    figures = summary.figures(found.register, found.as_of)["overall"]
    text = said(outline(found))
    assert f"gồm {amount(figures['total'])} lượt" in text
    for phrase in state_phrases(figures, "lượt"):
        assert phrase in text
    assert (
        f"còn {amount(figures['overdue'])} lượt quá hạn, lâu nhất {number(figures['longest_overdue_days'])} ngày"
        in text
    )


def test_the_table_of_figures_has_every_group_of_summary():
    found = scope(REPORTED)
    figures = summary.figures(found.register, found.as_of)
    rows = {row.name: row.figures for row in outline(found).figures if row.figures}
    assert rows["Toàn bộ"] == figures["overall"]
    for year, of_year in figures["by_year"].items():
        assert rows[f"Năm {year}"]["total"] == of_year["total"]
    for unit, of_unit in figures["by_department"].items():
        assert {key: rows[unit][key] for key in ("total", "done_late", "overdue")} == {
            key: of_unit[key] for key in ("total", "done_late", "overdue")
        }


def test_a_year_is_counted_in_tasks():
    text = words_of(REPORTED, period="2025")
    assert "Năm 2025, kế hoạch có 02 nhiệm vụ phải thực hiện." in text
    assert "02 nhiệm vụ quá hạn, chưa hoàn thành" in text


def test_a_part_of_a_year_tells_what_moved_in_it():
    text = words_of(REPORTED, period="2025-Q4", as_of=dt.date(2025, 12, 31))
    assert "Riêng quý IV năm 2025: chưa hoàn thành thêm nhiệm vụ nào; có 02 nhiệm vụ đến hạn trong kỳ" in text
    assert "Đang viết bài" in text
    assert "Đang viết bài" not in words_of(REPORTED, period="2025-Q3", as_of=dt.date(2025, 12, 31))


def test_what_is_late_from_the_years_before_is_not_forgotten():
    years = TASKS.replace("thường xuyên", "2023 - 2025", 1).replace("thường xuyên", "2024 - 2025")
    expected = "còn 04 lượt quá hạn của các năm trước: 1 (năm 2022), 2.1.1 (năm 2023, 2024), 2.1.2 (năm 2024)."
    assert expected in part(words_of(years, period="2025"), "II")


# --- what is said, and what is not ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "sheets", [[EMPTY], [ONE], [REPORTED], large(5)], ids=["empty", "one row", "ordinary", "large"]
)
@pytest.mark.parametrize("period", ["2022-2026", "2025", "2025-H1", "2025-Q2", "2025-06"])
def test_no_heading_is_empty(sheets, period):
    blocks = outline(scope(*sheets, period=period)).blocks
    headings = (BlockKind.PART, BlockKind.HEADING, BlockKind.SUBHEADING)
    order = {BlockKind.PART: 0, BlockKind.HEADING: 1, BlockKind.SUBHEADING: 2}
    for block, after in zip(blocks, [*blocks[1:], None], strict=True):
        assert block.text.strip()
        if block.kind in headings or block.kind is BlockKind.LEAD:
            assert after is not None
            assert after.kind not in headings or order[after.kind] > order.get(block.kind, 9)


def test_results_stand_with_their_documents():
    text = part(words_of(REPORTED), "I")
    assert "+ Năm 2022: Đã quán triệt (Kế hoạch 12)." in text
    assert "+ Năm 2024: Đã tuyên truyền." in text
    assert "+ Năm 2025: Đang viết bài. Văn bản: Công văn 9 (bản 2)." in text


def test_what_nobody_reported_is_said_as_not_reported():
    text = part(words_of(REPORTED, period="2025"), "I")
    assert "Đã báo cáo trạng thái, chưa nêu kết quả: nhiệm vụ 2.1.2." in text
    text = part(words_of(period="2025"), "I")
    assert "Chưa có báo cáo: nhiệm vụ 2.1.1, 2.1.2." in text
    assert "Có 02 nhiệm vụ chưa có báo cáo" in text


def test_what_was_written_after_the_day_is_not_told():
    text = words_of(REPORTED, period="2025", as_of=dt.date(2025, 6, 30))
    assert "Đang viết bài" not in text and "Thiếu người" not in text and "Cấp thêm người" not in text
    assert "Cập nhật sau ngày chốt số liệu nên không nêu tại đây: nhiệm vụ 2.1.1." in text


def test_difficulties_and_proposals_are_told_as_reported():
    text = words_of(REPORTED)
    assert "Nhiệm vụ 2.1.1 năm 2025 (Tuyên truyền), Thanh tra Ban: Thiếu người." in part(text, "II")
    assert part(text, "II").index("Thiếu người") < part(text, "II").index("Trời mưa")  # what is open comes first
    assert "Thanh tra Ban: Cấp thêm người." in part(text, "IV")


def test_where_nothing_was_reported_that_is_said():
    text = words_of(ONE)
    assert "Chưa có khó khăn, vướng mắc nào được báo cáo." in part(text, "II")
    assert "Chưa có kiến nghị, đề xuất nào được báo cáo." in part(text, "IV")


def test_where_nothing_fell_short_that_is_said():
    done = progress("1 | 2025! | | Hoàn thành | | 01/02/2025! | Xong")
    text = words_of(ONE, done, models("Bản sạch | 2025! | | | | | 01/03/2025! | 01/12/2025!"), period="2025")
    assert "không có nhiệm vụ nào quá hạn" in part(text, "II")


def test_an_empty_plan_has_nothing_to_report():
    text = words_of(EMPTY)
    assert "Chưa có nhiệm vụ nào trong phạm vi báo cáo" in part(text, "I")
    assert "Chưa có nhiệm vụ nào trong phạm vi báo cáo" in part(text, "II")


def test_the_overdue_stand_under_their_department():
    text = part(words_of(REPORTED, period="2025"), "II")
    assert "- Thanh tra Ban: nhiệm vụ 2.1.1 (Tuyên truyền), hạn 31/12/2025, quá hạn 329 ngày." in text
    assert "- Văn phòng: nhiệm vụ 2.1.2" in text


def test_a_department_that_was_merged_is_named_with_its_successor():
    units = UNITS.replace("Văn phòng | | VP | |", "Văn phòng | | VP | Thanh tra Ban |")
    assert "- Văn phòng (nay: Thanh tra Ban): nhiệm vụ 2.1.2" in part(words_of(REPORTED, units, period="2025"), "II")
    assert successor("Văn phòng", scope(REPORTED, units)) == "Thanh tra Ban"


def test_what_comes_due_next_stands_by_its_day():
    text = part(words_of(REPORTED, as_of=dt.date(2025, 12, 1), period="2025-12"), "III")
    assert "2. Nhiệm vụ đến hạn từ nay đến ngày 31/01/2026" in text
    assert "- Hạn 31/12/2025: 02 nhiệm vụ:\n+ Nhiệm vụ 2.1.1 (Tuyên truyền), Thanh tra Ban;\n+ Nhiệm vụ 2.1.2" in text
    late = 2 + 3  # 2.1.1 of 2022 and 2023; 2.1.2 of 2022 to 2024
    assert f"Hoàn thành 0{late} lượt nhiệm vụ đã quá hạn" in text


def test_models_are_counted_as_summary_does():
    given = models(
        "Bản sạch | 2024! | Kinh tế | Xây dựng mới | VP | Xã A | 01/03/2024! | 20/12/2024! | Tốt | Cấp tỉnh",
        "Bản xanh | 2025! | | | | | 01/06/2025!",
        "Bản mới | 2026! | | | | | 20/12/2026!",
    )
    text = part(words_of(REPORTED, given), "I")
    assert "Năm 2024: đã đăng ký 01 mô hình (chỉ tiêu 01 mô hình), đúng hạn 31/03/2024; đã đánh giá 01 mô hình" in text
    assert "Mô hình “Bản sạch” (Xây dựng mới; Kinh tế; Xã A; Văn phòng): đánh giá ngày 20/12/2024: Tốt." in text
    assert "Công nhận: Cấp tỉnh." in text
    assert "sau hạn 31/03/2025" in text
    assert "Bản mới" not in text and "Năm 2026: chưa có mô hình nào được đăng ký" in text


def test_a_period_that_has_not_begun_cannot_be_reported():
    with pytest.raises(DashboardError, match="bắt đầu từ ngày 01/01/2026"):
        scope(period="2026", as_of=dt.date(2025, 12, 31))


# --- words -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("count", "words"), [(0, "0"), (1, "01"), (9, "09"), (10, "10"), (1500, "1.500")])
def test_small_counts_have_a_leading_nought(count, words):
    assert amount(count) == words


def test_words_are_joined_as_people_write_them():
    assert [listed([]), listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"])] == ["", "a", "a và b", "a, b và c"]
    assert [unended("Xong.; "), ended("Xong;"), ended("Xong!"), ended("Xong…")] == ["Xong", "Xong.", "Xong!", "Xong…"]
    assert [block.text for block in enumerated("Hạn", "02 việc", ["a", "b"])] == ["- Hạn: 02 việc:", "+ A;", "+ B."]
    assert [block.text for block in enumerated("Hạn", "01 việc", ["a"])] == ["- Hạn: a."]


def test_the_report_ends_as_documents_end():
    assert outline(scope()).closing.endswith("./.")
