"""The meeting's scenes as data: which there are, what they say, their figures, the chosen order."""

import datetime as dt

import pytest

from lib import scenes, summary
from lib.panels.address import View
from lib.scenes import Bars, Figures, Lead, Table
from lib.status import occurrences
from lib.words import Look
from tests.workbooks import models, progress, register

DAY = dt.date(2025, 6, 30)
ALL_DONE = progress(*(f"{task} | {year} | | Hoàn thành | 100 | 01/03/{year}" for task, year in [("1", 2022)]))


def material(*changed, as_of=DAY, view=None, since=None):
    found = register(*changed)
    shown = occurrences(found, as_of)
    view = view or View()
    if view.unit:
        shown = summary.select(shown, units={view.unit})
    return scenes.Material(found, shown, as_of, view, since)


def made(*changed, **more):
    return {scene.code: scene for scene in scenes.scenes(material(*changed, **more))}


def texts(scene, column):
    (table,) = [block for block in scene.blocks if isinstance(block, Table)]
    place = [head.header for head in table.columns].index(column)
    return [f"{row[place].code} {row[place].text}".strip() for row in table.rows]


def test_the_script_opens_decides_goes_through_departments_and_closes():
    assert list(made()) == [
        "mo-dau",
        "quyet-dinh",
        "phong-thanh-tra-ban",
        "phong-van-phong",
        "phong-lanh-dao-ban",
        "muc",
        "ban-do",
        "dan-van-kheo",
        "ket-thuc",
    ]


def test_the_opening_says_the_sentence_and_the_figures_of_the_summary():
    found = material()
    lead, figures = scenes.scenes(found)[0].blocks
    assert isinstance(lead, Lead) and isinstance(figures, Figures)
    counts = summary.counts(found.occurrences)
    assert "".join(part.text for part in lead.parts).startswith("Đến 30/06/2025, đã hoàn thành 0/")
    assert figures.items[1].value == str(counts["overdue"])
    assert figures.items[3].value == str(counts["no_report"])


def test_a_plan_without_tasks_has_an_opening_that_says_so_and_no_empty_scene():
    header = "# Nhiệm vụ\nMã | Mã mục | Nội dung nhiệm vụ | Cơ quan, đơn vị thực hiện | Phòng tham mưu | "
    found = made(header + "Thời gian thực hiện\n")
    assert list(found) == ["mo-dau", "dan-van-kheo"]
    assert found["mo-dau"].blocks[0].parts[0].text == "Chưa có nhiệm vụ nào trong phạm vi đang xem."


def test_where_everything_is_done_nothing_needs_a_decision():
    one = "# Nhiệm vụ\nMã | Mã mục | Nội dung nhiệm vụ | Cơ quan, đơn vị thực hiện | Phòng tham mưu | "
    one += "Thời gian thực hiện\n1 | 1 | Quán triệt Đề án | Lãnh đạo Ban | | Trong năm 2022\n"
    found = made(one, ALL_DONE)
    assert "quyet-dinh" not in found
    assert "ket-thuc" not in found
    title = "Lãnh đạo Ban: hoàn thành 100% số đến hạn, không có lượt nào quá hạn"
    assert found["phong-lanh-dao-ban"].title == title


def test_decisions_begin_with_what_is_overdue_longest():
    scene = made(progress("2.1.2 | 2023 | | Đang thực hiện | | | | | Thiếu kinh phí | Bố trí thêm"))["quyet-dinh"]
    days = texts(scene, "Tình trạng")
    assert days == sorted(days, key=lambda said: -int(said.split()[2].replace(".", "")))
    assert texts(scene, "Nhiệm vụ")[0] == "1 Quán triệt Đề án (2022)"
    assert "Thiếu kinh phí. Bố trí thêm" in texts(scene, "Vướng mắc, kiến nghị")


def test_what_a_department_asks_for_stands_among_the_decisions_though_it_is_in_time():
    scene = made(progress("2.1.2 | 2025 | | Đang thực hiện | | | | | | Bố trí thêm kinh phí"))["quyet-dinh"]
    assert texts(scene, "Nhiệm vụ")[-1] == "2.1.2 Đào tạo cán bộ (2025)"
    assert texts(scene, "Vướng mắc, kiến nghị")[-1] == "Bố trí thêm kinh phí"


def test_unassigned_tasks_are_told_and_proposed_to_be_given_to_somebody():
    tasks = "# Nhiệm vụ\nMã | Mã mục | Nội dung nhiệm vụ | Cơ quan, đơn vị thực hiện | Phòng tham mưu | "
    tasks += "Thời gian thực hiện\n1 | 1 | Một | | | Trong năm 2022\n2 | 1 | Hai | | | Năm 2026\n"
    scene = made(tasks, ALL_DONE)["quyet-dinh"]
    assert scene.title == "1 trong 2 nhiệm vụ chưa giao phòng nào còn việc phải làm"
    assert scene.blocks[0].text == "Đề nghị: giao phòng tham mưu cho nhiệm vụ 2."
    assert texts(scene, "Phòng") == ["chưa giao"]


def test_a_departments_bar_adds_up_to_what_it_leads():
    found = material()
    scene = {scene.code: scene for scene in scenes.scenes(found)}["phong-van-phong"]
    (bars,) = [block for block in scene.blocks if isinstance(block, Bars)]
    led = summary.by_department(found.occurrences, found.register).loc["Văn phòng"]
    assert sum(piece.count for piece in bars.rows[0].pieces) == led["total"]
    assert scene.title == "Văn phòng: 3 lượt quá hạn, lâu nhất 912 ngày"
    assert texts(scene, "Tình trạng")[:2] == ["Quá hạn 912 ngày", "Quá hạn 547 ngày"]


def test_a_chosen_department_has_its_own_scene_alone():
    codes = list(made(view=View(unit="Văn phòng")))
    assert [code for code in codes if code.startswith("phong-")] == ["phong-van-phong"]


def test_work_of_two_departments_stands_under_each_and_counts_once():
    shared = progress("2.1.1 | 2022 | | | | | | | | | | Thanh tra Ban; Văn phòng")
    scene = made(shared, as_of=dt.date(2023, 1, 5))["ket-thuc"]
    pairs = zip(texts(scene, "Phòng"), texts(scene, "Nhiệm vụ"), strict=True)
    assert [unit for unit, task in pairs if task == "2.1.1 Tuyên truyền (2022)"] == ["Thanh tra Ban", "Văn phòng"]
    assert scene.title.startswith(f"{len(texts(scene, 'Nhiệm vụ')) - 1} việc phải làm")


def test_every_overdue_occurrence_stands_in_the_closing_list():
    found = material()
    scene = scenes.scenes(found)[-1]
    late = found.occurrences[found.occurrences["look"] == Look.OVERDUE]
    assert {f"{row.task} {row.label} ({row.year})" for row in late.itertuples()} <= set(texts(scene, "Nhiệm vụ"))


def test_a_list_too_long_for_a_meeting_says_how_many_it_leaves_out():
    rows = "".join(f"{n} | 1 | Việc {n} | | VP | thường xuyên\n" for n in range(1, 60))
    header = "# Nhiệm vụ\nMã | Mã mục | Nội dung nhiệm vụ | Cơ quan, đơn vị thực hiện | Phòng tham mưu | "
    scene = made(header + "Thời gian thực hiện\n" + rows)["quyet-dinh"]
    table = scene.blocks[-1]
    assert (len(table.rows), table.hidden) == (120, 59 * 3 - 120)


class TestSinceTheLastMeeting:
    MET = dt.date(2025, 1, 20)
    BEFORE = progress("2.1.1 | 2024 | | Đang thực hiện", "2.1.2 | 2024 | | Đang thực hiện", "2.1.2 | 2025 | 30/06/2025")

    def scene(self, *now, then=BEFORE, met=MET, **more):
        since = scenes.Since(met, occurrences(register(then), met))
        return made(*now, since=since, **more).get("thay-doi")

    def test_without_a_day_there_is_no_such_scene(self):
        assert "thay-doi" not in made()

    def test_where_nothing_happened_there_is_no_such_scene(self):
        assert self.scene(self.BEFORE, as_of=dt.date(2025, 1, 25)) is None

    def test_what_was_done_and_what_became_overdue_is_told_with_how_it_stood(self):
        scene = self.scene(
            progress(
                "2.1.1 | 2024 | | Hoàn thành | 100 | 10/02/2025", "2.1.2 | 2024 | | Đang thực hiện", "2.1.2 | 2025"
            ),
            then=progress("2.1.1 | 2024 | 20/01/2025 | Đang thực hiện", "2.1.2 | 2024 | 31/03/2025 | Đang thực hiện"),
        )
        assert scene.title == "Từ 20/01/2025: 1 lượt hoàn thành, 1 lượt mới quá hạn"
        assert texts(scene, "Nhiệm vụ") == ["2.1.2 Đào tạo cán bộ (2024)", "2.1.1 Tuyên truyền (2024)"]
        assert texts(scene, "Trước đó")[0] == "đang thực hiện, hạn 31/03/2025"
        assert texts(scene, "Hiện nay") == ["quá hạn 181 ngày", "hoàn thành 10/02/2025, muộn 41 ngày"]

    @pytest.mark.parametrize(
        ("row", "said"),
        [
            ("2.1.2 | 2025 | 30/11/2025", "1 lượt lùi hạn"),
            ("2.1.2 | 2025 | 30/06/2025 | Tạm hoãn", "1 lượt tạm hoãn"),
            ("2.1.2 | 2025 | 30/06/2025 | Đang thực hiện", "1 lượt cập nhật khác"),
            ("2.1.2 | 2025 | 30/06/2025 | | | | | | | | | Thanh tra Ban", "1 lượt cập nhật khác"),
        ],
    )
    def test_each_kind_of_change_is_counted(self, row, said):
        same = ["2.1.1 | 2024 | | Đang thực hiện", "2.1.2 | 2024 | | Đang thực hiện"]
        scene = self.scene(progress(*same, row), as_of=dt.date(2025, 1, 25))
        assert scene.title == f"Từ 20/01/2025: {said}"

    def test_work_that_is_done_no_more_is_told(self):
        scene = self.scene(
            progress("2.1.1 | 2024 | | Đang thực hiện"),
            then=progress("2.1.1 | 2024 | | Hoàn thành | 100 | 20/12/2024"),
            as_of=dt.date(2025, 1, 25),
        )
        assert scene.title == "Từ 20/01/2025: 1 lượt mới quá hạn"
        assert texts(scene, "Trước đó") == ["hoàn thành 20/12/2024"]

    def test_the_figures_of_then_stand_beside_those_of_now(self):
        scene = self.scene(progress("2.1.1 | 2024 | | Hoàn thành | 100 | 10/02/2025"))
        rate = scene.blocks[0].items[0]
        assert rate.beside == "20/01: 0%"
        assert rate.value == "14,3%"

    def test_that_a_year_has_begun_is_no_news(self):
        scene = self.scene(self.BEFORE, met=dt.date(2024, 12, 31), as_of=dt.date(2025, 1, 2))
        assert scene.title == "Từ 31/12/2024: 2 lượt mới quá hạn"
        assert [task[-6:] for task in texts(scene, "Nhiệm vụ")] == ["(2024)", "(2024)"]


class TestChosen:
    def codes(self, *wanted):
        return [scene.code for scene in scenes.arranged(scenes.scenes(material()), wanted)]

    def test_scenes_come_in_the_chosen_order_each_once(self):
        assert self.codes("ban-do", "mo-dau", "ban-do") == ["ban-do", "mo-dau"]

    def test_all_departments_go_by_one_word(self):
        assert self.codes("phong", "phong-van-phong") == [
            "phong-thanh-tra-ban",
            "phong-van-phong",
            "phong-lanh-dao-ban",
        ]

    def test_a_scene_with_nothing_to_say_is_passed_over(self):
        assert self.codes("thay-doi", "muc") == ["muc"]

    def test_a_choice_of_which_nothing_is_left_opens_all_the_same(self):
        assert self.codes("thay-doi", "khong-co") == ["mo-dau"]

    def test_every_scene_is_known_before_it_is_made(self):
        found = material()
        names = {each.code: each.name for each in scenes.known(found.departments.index)}
        assert {scene.code: scene.name for scene in scenes.scenes(found)}.items() <= names.items()

    def test_units_that_differ_by_accents_alone_have_codes_of_their_own(self):
        codes = [each.code for each in scenes.known(["Phòng Tú", "Phòng Tù", "Tu"]) if each.code.startswith("phong-")]
        assert len(set(codes)) == 3


def test_models_after_the_day_are_not_known_yet():
    found = made(models("Bản sạch | 2025 | Kinh tế | Nhân rộng | Văn phòng | Ba Vinh | 10/03/2025 | 20/12/2025"))
    assert texts(found["dan-van-kheo"], "Đăng ký") == ["10/03/2025"]
    assert texts(found["dan-van-kheo"], "Đánh giá") == ["chưa"]
