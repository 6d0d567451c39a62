"""The plan's own workbook: the signed plan's words, and figures that a person can recount from the sheets."""

import datetime as dt
import io
import zipfile
from collections import Counter

import openpyxl
import pytest

from lib import status, store, summary
from lib.schema import SECTIONS
from lib.workbook import form
from lib.workbook.reader import Reading, parse

PLAN = {
    "1": ("Cấp ủy đảng, lãnh đạo cơ quan tổ chức quán triệt, xây dựng kế hoạch triển khai thực hiện Đề án."),
    "2.1.1": (
        "Tiếp tục quán triệt và tổ chức thực hiện có hiệu quả các chủ trương, nghị quyết của Đảng, chính sách, pháp "
        "luật của Nhà nước về công tác dân vận. Nâng cao nhận thức, trách nhiệm của cấp ủy, lãnh đạo cơ quan trong "
        "đổi mới và nâng cao hiệu quả công tác dân vận góp phần phát triển kinh tế, xây dựng nông thôn mới, đô thị "
        "văn minh."
    ),
    "2.1.2": (
        "Nâng cao hiệu quả Cuộc vận động “Toàn dân đoàn kết xây dựng nông thôn mới, đô thị văn minh”, phong trào thi "
        "đua “Dân vận khéo” gắn với các phong trào thi đua yêu nước, các cuộc vận động. Xây dựng, nhân rộng ít nhất "
        "01 mô hình “Dân vận khéo”/năm (Đăng ký xây dựng, nhân rộng mô hình: Trước 31/3 hàng năm và tổng kết, đánh "
        "giá hàng năm)."
    ),
    "2.1.3": (
        "Đổi mới và nâng cao hiệu quả công tác tuyên truyền. Sử dụng có hiệu quả các phương tiện thông tin đại chúng,"
        " mạng xã hội theo hướng thiết thực."
    ),
    "2.1.4": (
        "Xây dựng, ban hành và triển khai thực hiện có hiệu quả Quy chế phối hợp công tác dân vận giữa Ban Dân tộc "
        "với Ban dân vận, Mặt trận Tổ quốc Việt Nam và các tổ chức chính trị - xã hội cùng cấp."
    ),
    "2.1.5": ("Quan tâm quy hoạch, đào tạo, bồi dưỡng cán bộ làm công tác dân vận."),
    "2.1.6": (
        "Rà soát, sơ, tổng kết các nghị quyết, chỉ thị, kết luận của Đảng về công tác dân vận; kịp thời cổ vũ, động "
        "viên, nhân rộng các nhân tố mới, điển hình tiên tiến trong công tác dân vận."
    ),
    "2.2.1": (
        "Thực hiện mô hình các Tổ công tác tuyên truyền, vận động nhân dân để thực hiện các dự án phát triển kinh tế "
        "- xã hội trên địa bàn vùng đồng bào DTTS và miền núi."
    ),
    "2.2.2": (
        'Tiếp tục đẩy mạnh phong trào thi đua "Dân vận khéo" trong phát triển kinh tế gắn với các cuộc vận động, '
        'phong trào thi đua yêu nước của cơ quan. Thực hiện có hiệu quả phong trào "Quảng Ngãi vì người nghèo - không'
        ' để ai bị bỏ lại phía sau", Cuộc vận động "Người Việt Nam ưu tiên dùng hàng Việt Nam"; Ứng dụng công nghệ '
        "thông tin, chuyển đổi số trong các lĩnh vực của đời sống xã hội."
    ),
    "2.2.3": ("Phát huy vai trò giám sát của Ban Thanh tra nhân dân."),
    "2.3.1": (
        "Tiếp tục đẩy mạnh công tác dân vận của cơ quan trong triển khai thực hiện xây dựng nông thôn mới. Tổ chức "
        'thực hiện có hiệu quả phong trào thi đua "Toàn dân đoàn kết xây dựng đời sống văn hóa", "Quảng Ngãi chung '
        'sức xây dựng nông thôn mới"; gắn với các cuộc vận động, phong trào thi đua "Dân vận khéo". Trên cơ sở các '
        "tiêu chí về xây dựng nông thôn mới; căn cứ tình hình thực tế của cơ quan để lựa chọn những tiêu chí, nội "
        "dung phù hợp, cụ thể hóa và triển khai thực hiện trong hệ thống ngành."
    ),
    "2.3.2": (
        "Phát huy vai trò lãnh đạo của Đảng, quản lý của Nhà nước đối với công tác huy động nguồn lực xã hội trong "
        "xây dựng nông thôn mới; xác định nhiệm vụ trọng tâm và nhu cầu thiết thực để phân bổ sử dụng nguồn lực hợp "
        "lý."
    ),
    "2.3.2b": (
        "Phát huy vai trò chủ thể của người dân trong quá trình tổ chức, kiểm tra, giám sát; vai trò người có uy tín "
        "và lực lượng nòng cốt trong công tác tuyên truyền, vận động người dân trong việc góp công, góp của, hiến đất"
        " để xây dựng hạ tầng kinh tế - xã hội."
    ),
    "2.3.3": (
        "Thực hiện tốt các cơ chế, chính sách của Trung ương, của tỉnh về khuyến khích đầu tư vào nông nghiệp, nông "
        "thôn, vào giáo dục hướng nghiệp và định hướng phân luồng học sinh giúp người lao động, nhất là thanh niên, "
        "sinh viên vùng đồng bào DTTS và miền núi lựa chọn và quyết định học nghề, tiếp cận việc làm phù hợp."
    ),
    "2.3.4": (
        "Vận động nhân dân tích cực tham gia xây dựng nông thôn mới theo chỉ đạo của Trung ương, của tỉnh, nhất là "
        "lĩnh vực chuyển đổi số, kinh tế tuần hoàn, kinh tế nông nghiệp gắn với biến đổi khí hậu, phát triển du lịch "
        "nông thôn. Vận động nhân dân tham gia xây dựng các điểm thu gom, xử lý rác thải."
    ),
    "2.4.1": (
        "Trên cơ sở các tiêu chí về xây dựng đô thị văn minh; căn cứ tình hình thực tế của cơ quan để lựa chọn những "
        "tiêu chí, nội dung phù hợp; cụ thể hóa, triển khai thực hiện trong hệ thống ngành."
    ),
    "2.4.2": (
        "Xây dựng và nhân rộng các mô hình, điển hình “Dân vận khéo” về thực hiện nếp sống văn minh, trật tự đô thị "
        "gắn với thực hiện tốt quy tắc ứng xử, các mô hình về phòng, chống thiên tai, cháy, nổ, sự cố môi trường, "
        "dịch bệnh; xây dựng, cải tạo nhà ở phù hợp với quy hoạch đô thị và quy chế quản lý kiến trúc đô thị; giữ gìn"
        " an ninh trật tự, không lấn chiếm lòng lề đường, vỉa hè để kinh doanh, buôn bán, tổ chức việc cưới, việc "
        "tang, quảng cáo trái quy định."
    ),
    "2.4.3": (
        "Phát động phong trào cán bộ, đảng viên, đoàn viên và nhân dân tham gia trồng, chăm sóc và bảo vệ cây xanh, "
        "chú trọng việc trồng cây xanh tại các đô thị."
    ),
    "III.1": (
        "Căn cứ nội dung kế hoạch này, các phòng xây dựng kế hoạch thực hiện phù hợp với đặc điểm tình hình thực tế;"
    ),
    "III.2": (
        "Thanh tra Ban theo dõi, đôn đốc, tổng hợp, đánh giá kết quả triển khai thực hiện Đề án; phối hợp các phòng "
        "liên quan kiểm tra, giám sát việc thực hiện Đề án; tham mưu Cấp ủy, Lãnh đạo Ban báo cáo Ban Dân vận việc "
        "thực hiện Đề án."
    ),
}
SECTION_NAMES = {
    "1": "Công tác quán triệt, triển khai thực hiện",
    "2.1": "Nhiệm vụ chung về công tác dân vận góp phần phát triển kinh tế, xây dựng nông thôn mới, đô thị văn minh",
    "2.2": "Đổi mới và nâng cao hiệu quả công tác dân vận góp phần phát triển kinh tế",
    "2.3": "Đổi mới và nâng cao hiệu quả công tác dân vận góp phần xây dựng nông thôn mới",
    "2.4": "Đổi mới và nâng cao hiệu quả công tác dân vận góp phần xây dựng đô thị văn minh",
    "III": "Tổ chức thực hiện",
}
ALL_THREE = "Cấp ủy đảng, Lãnh đạo Ban, Công đoàn"
INSPECTORATE, POLICY, OFFICE = "Thanh tra Ban", "Phòng Chính sách dân tộc", "Văn phòng"
ONGOING, FROM_2022 = "thường xuyên", "Trong năm 2022 và những năm tiếp theo"

# Code: executing units, lead department, time, as the plan's block below the task says them.
BLOCKS = {
    "1": ("Cấp ủy đảng, lãnh đạo cơ quan", "", "Trong năm 2022"),
    "2.1.1": (ALL_THREE, INSPECTORATE, ONGOING),
    "2.1.2": (ALL_THREE, INSPECTORATE, ONGOING),
    "2.1.3": (ALL_THREE, INSPECTORATE, ONGOING),
    "2.1.4": (ALL_THREE, POLICY, "Phối hợp theo giai đoạn hoặc thường xuyên hàng năm"),
    "2.1.5": (ALL_THREE, OFFICE, ONGOING),
    "2.1.6": (ALL_THREE, INSPECTORATE, "Thường xuyên"),
    "2.2.1": (ALL_THREE, INSPECTORATE, FROM_2022),
    "2.2.2": (ALL_THREE, OFFICE, FROM_2022),
    "2.2.3": ("Công đoàn", "", ONGOING),
    "2.3.1": (ALL_THREE, POLICY, ONGOING),
    "2.3.2": (ALL_THREE, OFFICE, ONGOING),
    "2.3.2b": (ALL_THREE, POLICY, ONGOING),
    "2.3.3": (ALL_THREE, POLICY, ONGOING),
    "2.3.4": (ALL_THREE, INSPECTORATE, ONGOING),
    "2.4.1": ("", "", ""),
    "2.4.2": ("", "", ""),
    "2.4.3": ("", "", ""),
    "III.1": ("Các phòng thuộc Ban", "Các phòng thuộc Ban", ""),
    "III.2": (INSPECTORATE, INSPECTORATE, ""),
}
GROUP = {"Các phòng thuộc Ban": [INSPECTORATE, POLICY, OFFICE]}


@pytest.fixture(scope="module")
def data() -> bytes:
    return store.SHIPPED.read_bytes()


@pytest.fixture(scope="module")
def reading(data: bytes) -> Reading:
    return parse(data)


@pytest.fixture(scope="module")
def register(reading: Reading):
    return reading.register


def raw_rows(data: bytes, title: str) -> list[dict[str, object]]:
    """The cells of a sheet as they stand, header -> value, blank as ""."""
    page = openpyxl.load_workbook(io.BytesIO(data), data_only=True)[title]
    header, *rows = ([cell.value for cell in row] for row in page.iter_rows())
    return [{name: "" if value is None else value for name, value in zip(header, row, strict=True)} for row in rows]


def test_it_has_no_error_and_warns_only_of_the_tasks_without_a_time(reading):
    assert reading.errors == ()
    assert {problem.rule for problem in reading.warnings} == {"no-schedule"}
    assert len(reading.warnings) == sum(not time for _, _, time in BLOCKS.values())


def test_it_names_the_plan_as_it_was_signed(register):
    plan = register.plan
    assert (plan.parent_agency, plan.agency) == ("UBND tỉnh Quảng Ngãi", "Ban Dân tộc tỉnh Quảng Ngãi")
    assert (plan.number, plan.issued_on) == ("", dt.date(2022, 12, 12))
    assert (plan.first_year, plan.last_year, plan.model_target) == (2022, 2026, 1)
    assert plan.registration_due(2024) == dt.date(2024, 3, 31)
    assert (plan.recipient, plan.coordinator, plan.signer) == ("Ban Dân vận Tỉnh ủy", INSPECTORATE, "Đỗ Minh Hải")


def test_what_was_not_in_the_plan_is_marked_as_an_illustration(register):
    assert register.plan.sample


def test_it_has_the_six_sections_of_the_plan(data):
    assert {row["Mã mục"]: row["Tên mục"] for row in raw_rows(data, SECTIONS.title)} == SECTION_NAMES


def test_every_task_is_in_the_plan_s_full_words(data):
    assert {row["Mã"]: row["Nội dung nhiệm vụ"] for row in raw_rows(data, "Nhiệm vụ")} == PLAN


def test_every_task_has_the_units_and_the_time_the_plan_gives_it(data):
    columns = ("Cơ quan, đơn vị thực hiện", "Phòng tham mưu", "Thời gian thực hiện")
    found = {row["Mã"]: tuple(row[column] for column in columns) for row in raw_rows(data, "Nhiệm vụ")}
    assert found == BLOCKS


def test_every_task_stands_in_the_section_its_code_begins_with(data):
    for row in raw_rows(data, "Nhiệm vụ"):
        assert row["Mã"] == row["Mã mục"] or row["Mã"].startswith(f"{row['Mã mục']}.")


def test_every_short_name_is_its_own_and_under_sixty_characters(register):
    short_names = register.tasks["short_name"]
    assert short_names.is_unique
    assert short_names.str.len().between(1, 59).all()


def test_task_one_runs_in_2022_and_every_other_task_in_every_year(register):
    years = register.planned.groupby("task")["year"].apply(list).to_dict()
    assert years == {code: [2022] if code == "1" else [2022, 2023, 2024, 2025, 2026] for code in PLAN}


def test_it_reports_on_every_occurrence_once(data, register):
    reported = [(row["Mã nhiệm vụ"], row["Năm"]) for row in raw_rows(data, "Tiến độ")]
    assert reported == list(register.planned[["task", "year"]].itertuples(index=False, name=None))


def test_late_work_is_never_hidden_without_a_document(data):
    hidden = [row for row in raw_rows(data, "Tiến độ") if row["Trạng thái"] == "Tạm hoãn" or row["Hạn hoàn thành"]]
    assert hidden
    assert all(row["Văn bản minh chứng"] for row in hidden)


def as_date(value: object) -> dt.date | None:
    if isinstance(value, dt.datetime):
        return value.date()
    return dt.datetime.strptime(value, "%d/%m/%Y").date() if value else None


def state_by_hand(row: dict[str, object], day: dt.date) -> str:
    """The state of one row of `Tiến độ`; in this plan every task is due on the last day of its year."""
    due = as_date(row["Hạn hoàn thành"]) or dt.date(row["Năm"], 12, 31)
    completed = as_date(row["Ngày hoàn thành"])
    if row["Năm"] > day.year:
        return "upcoming"
    if row["Trạng thái"] == "Tạm hoãn":
        return "suspended"
    if row["Trạng thái"] == "Hoàn thành" and completed <= day:
        return "done_late" if completed > due else "done_on_time"
    return "overdue" if day > due else "within"


def leads_by_hand(row: dict[str, object]) -> list[str]:
    """Who the row belongs to: its own department, else the plan's, else the only executing unit, else nobody."""
    executing, lead, _ = BLOCKS[row["Mã nhiệm vụ"]]
    if row["Phòng tham mưu"]:
        return row["Phòng tham mưu"].split("; ")
    if lead:
        return GROUP.get(lead, [lead])
    return [executing] if executing and "," not in executing else ["Chưa phân công"]


DAYS = [dt.date(2024, 6, 30), dt.date(2025, 12, 31), dt.date(2026, 11, 22), dt.date(2027, 1, 1)]


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_the_figures_are_those_counted_by_hand(data, register, day):
    by_hand = Counter(state_by_hand(row, day) for row in raw_rows(data, "Tiến độ"))
    counts = summary.counts(status.occurrences(register, day))
    states = ("upcoming", "done_on_time", "done_late", "within", "overdue", "suspended")
    assert {state: counts[state] for state in states} == {state: by_hand[state] for state in states}
    done = by_hand["done_on_time"] + by_hand["done_late"]
    assert counts["total"] == by_hand.total()
    assert counts["completion_rate"] == pytest.approx(done / (done + by_hand["overdue"]))


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_the_figures_of_each_department_are_those_counted_by_hand(data, register, day):
    by_hand = {}
    for row in raw_rows(data, "Tiến độ"):
        for unit in leads_by_hand(row):
            by_hand.setdefault(unit, Counter())[state_by_hand(row, day)] += 1
    table = summary.by_department(status.occurrences(register, day), register)
    assert {unit: int(table.loc[unit, "total"]) for unit in table.index} == {
        unit: counted.total() for unit, counted in by_hand.items()
    }
    assert {unit: int(table.loc[unit, "overdue"]) for unit in table.index} == {
        unit: counted["overdue"] for unit, counted in by_hand.items()
    }


def test_on_22_11_2026_it_shows_what_leadership_has_to_decide(register):
    """The day of the sketches: most is done, some is late, some is due soon, some was never reported."""
    counts = summary.counts(status.occurrences(register, dt.date(2026, 11, 22)))
    figures = ("total", "done_on_time", "done_late", "within", "due_soon", "overdue", "suspended", "no_report")
    assert [counts[figure] for figure in figures] == [96, 60, 11, 16, 3, 8, 1, 4]
    assert counts["longest_overdue_days"] == (dt.date(2026, 11, 22) - dt.date(2024, 12, 31)).days


def test_the_models_show_every_way_a_year_can_end(register):
    states = summary.dan_van_kheo(register, dt.date(2026, 11, 22))["state"]
    assert states.to_dict() == {
        2022: "met",
        2023: "met",
        2024: "registered_late",
        2025: "not_evaluated",
        2026: "awaiting_evaluation",
    }


def entries(data: bytes) -> dict[str, bytes]:
    """The parts of an xlsx; how they are packed differs from one zlib to the next."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist() if name != "xl/styles.xml"}


def test_it_is_of_the_make_that_the_form_writes_today(data, register):
    """Where the form changed: `python run.py template TỆP --with-data --out TỆP_MỚI` writes it again from itself.

    Colours alone may change without it.
    """
    assert entries(form.write(register, blank=False)) == entries(data)
