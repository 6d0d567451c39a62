"""Reminder letters: who gets one, which reminder it is, and the log of those that were sent."""

import datetime as dt
import io
import zipfile

import pytest
from docx import Document

from lib import accounts, store
from lib.accounts import NotAllowed, Role
from lib.errors import DashboardError
from lib.reports import making, sending
from lib.reports.asking import Asking
from lib.reports.letters import letters, nobodys, opening, requests, subject
from lib.reports.making import Material
from lib.store import Action, AlreadyReminded, AuditEntry, Reminded, Reminder, Store
from tests.reporting import DAY, scope
from tests.workbooks import INFO, TASKS, UNITS, progress

ANSWER = dt.date(2026, 12, 5)
YEARS = range(2022, 2027)
AT = dt.datetime(2026, 11, 25, 3, 0, tzinfo=dt.UTC)
LATE = progress(
    "1 | 2022! | | Hoàn thành | | 12/12/2022!",
    "2.1.1 | 2022! | | Hoàn thành | | 12/12/2022!",
    "2.1.1 | 2023! | | Hoàn thành | | 12/12/2023!",
    "2.1.1 | 2024! | | Hoàn thành | | 12/12/2024!",
    "2.1.1 | 2025! | | Đang thực hiện | 40 | | Đang viết | | Thiếu người | | 05/11/2025!",
)
PASSWORD = "sông trà khúc 2026"


def made(*changed: str, sent=None, answer_by: dt.date = ANSWER):
    return letters(scope(LATE, *changed), sent or {}, answer_by)


def test_every_late_department_gets_one_letter_in_the_order_of_the_workbook():
    found = made()
    assert [letter.unit for letter in found] == ["Thanh tra Ban", "Văn phòng"]
    assert [(task.task, task.year, task.days) for task in found[0].tasks] == [("2.1.1", 2025, 329)]
    assert [task.year for task in found[1].tasks] == [2022, 2023, 2024, 2025]  # the longest overdue first


def test_a_letter_says_what_the_department_reported():
    thanh_tra, van_phong = made()
    assert thanh_tra.tasks[0].reported == "Đang thực hiện, cập nhật ngày 05/11/2025. Khó khăn: Thiếu người."
    assert {task.reported for task in van_phong.tasks} == {"Chưa có báo cáo"}


def test_nobodys_tasks_have_no_letter_but_are_told():
    tasks = TASKS.replace("| Lãnh đạo Ban, Công đoàn | Văn phòng |", "| Lãnh đạo Ban, Công đoàn | |")
    found = scope(LATE, tasks)
    assert [letter.unit for letter in letters(found, {}, ANSWER)] == ["Thanh tra Ban"]
    assert set(nobodys(found)["task"]) == {"2.1.2"}


def test_whoever_took_the_work_over_is_written_to():
    units = UNITS.replace("Văn phòng | | VP | |", "Văn phòng | | VP | Phòng Chính sách dân tộc |")
    letter = made(units)[1]
    assert (letter.unit, letter.addressee) == ("Văn phòng", "Phòng Chính sách dân tộc")
    assert "Văn phòng (nay: Phòng Chính sách dân tộc) còn 04 lượt" in opening(letter, scope(LATE, units))


def test_an_answer_is_not_asked_for_before_the_day_of_the_figures():
    with pytest.raises(DashboardError, match="phải sau ngày chốt"):
        made(answer_by=DAY)


def test_the_coordinator_answers_to_the_agency_and_others_to_the_coordinator():
    thanh_tra, van_phong = made()
    assert "gửi Ban Dân tộc chậm nhất ngày 05/12/2026" in requests(thanh_tra, scope(LATE))[1]
    assert "gửi Thanh tra Ban chậm nhất" in requests(van_phong, scope(LATE))[1]
    assert "gửi Ban Dân tộc chậm nhất" in requests(van_phong, scope(LATE, INFO))[1]


# --- which reminder --------------------------------------------------------------------------------------------------


def test_what_was_sent_is_counted_the_next_time():
    sent = {("Văn phòng", "2.1.2", 2022): Reminded(1, dt.date(2026, 9, 1))}
    thanh_tra, van_phong = made(sent=sent)
    assert [task.reminder for task in van_phong.tasks] == [2, 1, 1, 1]
    assert subject(van_phong).endswith("(lần 2)") and "lần" not in subject(thanh_tra)
    assert "lần gần nhất ngày 01/09/2026" in opening(van_phong, scope(LATE))


def test_what_was_sent_under_a_former_name_counts_too():
    units = UNITS.replace("Văn phòng | |", "Văn phòng | Phòng Hành chính |")
    sent = {
        ("phòng hành chính", "2.1.2", 2022): Reminded(2, dt.date(2025, 9, 1)),
        ("Văn phòng", "2.1.2", 2022): Reminded(1, dt.date(2026, 9, 1)),
    }
    letter = made(units, sent=sent)[1]
    assert (letter.tasks[0].reminder, letter.last_sent_on) == (3, dt.date(2026, 9, 1))


# --- the log ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def inspector(kept) -> Asking:
    return asking(kept, "Nguyễn Thị Bình", Role.INSPECTOR)


def asking(kept: Store, name: str, role: Role, at: dt.datetime = AT) -> Asking:
    if name not in [person.shown_name for person in accounts.people(kept)]:
        accounts.add(kept, name, PASSWORD, role, at, "kiểm thử")
    return Asking(accounts.sign_in(kept, name, PASSWORD, "10.0.0.5", at), at, 30, "10.0.0.5")


def mark(kept: Store, who: Asking, number: int = 1) -> None:
    found = scope(LATE)
    sending.mark_sent(kept, letters(found, store.reminded(kept, False), ANSWER)[number:], found, who)


def test_marking_says_who_when_and_which_tasks(kept, inspector):
    mark(kept, inspector)
    logged = store.reminders(kept, sample=False)
    assert [(one.unit, one.task, one.year, one.number) for one in logged] == [
        ("Văn phòng", "2.1.2", year, 1) for year in range(2022, 2026)
    ]
    assert {(one.sent_by, one.sent_at, one.answer_by, one.as_of) for one in logged} == {
        ("Nguyễn Thị Bình", AT, ANSWER, DAY)
    }
    entry = store.entries(kept)[0]
    assert (entry.action, entry.who, entry.address) == (Action.REMINDED, "Nguyễn Thị Bình", "10.0.0.5")
    assert "Văn phòng (lần 1): 2.1.2/2022, 2.1.2/2023" in entry.detail


def test_the_next_letter_is_the_second(kept, inspector):
    mark(kept, inspector)
    found = letters(scope(LATE), store.reminded(kept, False), ANSWER)
    assert [letter.reminder for letter in found] == [1, 2]
    assert found[1].last_sent_on == dt.date(2026, 11, 25)
    later = asking(kept, "Nguyễn Thị Bình", Role.INSPECTOR, AT + dt.timedelta(days=30))
    mark(kept, later)
    assert store.reminded(kept, False)["Văn phòng", "2.1.2", 2022].times == 2
    assert [one.number for one in store.reminders(kept, False, task="2.1.2") if one.year == 2022] == [1, 2]


def test_the_day_of_a_reminder_is_the_offices(kept):
    evening = dt.datetime(2026, 11, 25, 20, 0, tzinfo=dt.UTC)  # three in the morning of the next day in Việt Nam
    mark(kept, asking(kept, "Nguyễn Thị Bình", Role.INSPECTOR, evening))
    assert store.reminded(kept, False)["Văn phòng", "2.1.2", 2022].last_on == dt.date(2026, 11, 26)


def test_the_same_letter_is_not_marked_twice_on_a_day(kept, inspector):
    mark(kept, inspector)
    with pytest.raises(DashboardError, match="Hôm nay đã ghi gửi công văn cho Văn phòng"):
        mark(kept, inspector)


def test_of_two_who_mark_one_letter_the_second_is_told(kept, inspector):
    stale = letters(scope(LATE), {}, ANSWER)
    mark(kept, inspector)
    with pytest.raises(AlreadyReminded, match="đã có người ghi"):
        sending.mark_sent(kept, stale, scope(LATE), inspector)
    assert len(store.reminders(kept, False)) == 4  # nothing of the second: not even the letter to Thanh tra Ban
    assert [entry.action for entry in store.entries(kept)].count(Action.REMINDED) == 1


def test_letters_of_a_day_to_come_were_not_sent(kept, inspector):
    found = scope(LATE, as_of=dt.date(2026, 11, 26))
    with pytest.raises(DashboardError, match="một ngày chưa đến"):
        sending.mark_sent(kept, letters(found, {}, ANSWER), found, inspector)
    assert store.reminders(kept, False) == []


@pytest.mark.parametrize("token", [None, "", "bịa"])
def test_nobody_marks_without_a_session(kept, token):
    with pytest.raises(NotAllowed):
        mark(kept, Asking(token, AT, 30))
    assert store.reminders(kept, False) == []


def test_a_viewer_marks_nothing(kept):
    with pytest.raises(NotAllowed, match="dành cho Thanh tra"):
        mark(kept, asking(kept, "Lê Văn Xem", Role.VIEWER))
    assert store.reminders(kept, False) == []


def test_no_letter_is_nothing_to_mark(kept, inspector):
    with pytest.raises(DashboardError, match="Chưa chọn công văn"):
        sending.mark_sent(kept, [], scope(LATE), inspector)


def test_reminders_of_samples_do_not_count_for_official_figures(kept):
    one = Reminder("Văn phòng", "2.1.2", 2022, 1, DAY, DAY, ANSWER, AT, "Bình", sample=True)
    store.add_reminders(kept, [one], AuditEntry(AT, "Bình", "", Action.REMINDED, "thử"))
    assert store.reminded(kept, sample=False) == {}
    assert store.reminders(kept, sample=True) == [one]


# --- files -----------------------------------------------------------------------------------------------------------


def material(sent=None) -> Material:
    return Material({}, sent or {}, ANSWER, AT, 7)


def test_each_letter_is_a_file_of_its_own_and_all_are_one_archive():
    files = making.reminder_letters(scope(LATE), material()).files
    assert [file.name for file in files] == [
        "don-doc-thanh-tra-ban-2022-2026-20261125-pb7.docx",
        "don-doc-van-phong-2022-2026-20261125-pb7.docx",
    ]
    with zipfile.ZipFile(io.BytesIO(making.zipped(files))) as archive:
        assert archive.namelist() == [file.name for file in files]
        assert archive.read(files[0].name) == files[0].data


def test_a_letter_in_word_has_every_task_with_deadline_days_and_number():
    sent = {("Văn phòng", "2.1.2", 2022): Reminded(1, dt.date(2026, 9, 1))}
    file = making.reminder_letters(scope(LATE), material(sent)).files[1]
    table = Document(io.BytesIO(file.data)).tables[1]
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[1] == ["01", "2.1.2. Đào tạo cán bộ", "2022", "31/12/2022", "1.425", "2", "Chưa có báo cáo"]
    assert [row[2:4] for row in rows[2:]] == [[str(year), f"31/12/{year}"] for year in (2023, 2024, 2025)]


def test_where_nobody_is_late_there_is_no_letter():
    years = [("1", 2022), *((f"2.1.{number}", year) for number in (1, 2) for year in YEARS)]
    done = progress(*(f"{task} | {year}! | | Hoàn thành | | 01/02/{year}!" for task, year in years))
    assert making.reminder_letters(scope(done), material()).files == []


@pytest.mark.parametrize(
    ("names", "expected"),
    [(["Văn phòng", "VAN PHONG"], ["van-phong", "van-phong-2"]), (["漢字", "///"], ["don-vi", "don-vi-2"])],
)
def test_files_of_units_have_names_of_their_own_on_any_system(names, expected):
    assert making.distinct([making.slug(name) for name in names]) == expected
