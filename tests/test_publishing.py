"""What may be published, by whom, and what is told to whoever may not."""

import datetime as dt
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from lib import publishing, store
from lib.accounts import NotAllowed
from lib.compare import AlarmKind
from lib.errors import DashboardError
from lib.publishing import PublishRefused
from lib.store import Action, Published, PublishedMeanwhile, Source, Store
from tests.publications import (
    AT,
    IDLE,
    NAME,
    OTHER,
    book,
    candidate,
    faulty,
    publish,
    put_first,
    read,
    request,
    token,
)
from tests.workbooks import TASKS, progress, workbook, xlsx


@pytest.fixture(name="office")
def a_store(tmp_path) -> Store:
    """A store in which nothing is published but the first workbook."""
    made = Store(tmp_path)
    put_first(made, book(60))
    return made


@pytest.fixture(name="path")
def a_shared_file(tmp_path):
    """The shared file, in step with the first workbook."""
    path = tmp_path / "chung" / "so.xlsx"
    path.parent.mkdir()
    path.write_bytes(book(60))
    return path


def numbers(office: Store) -> list[int]:
    return [version.number for version in store.history(office)]


def refusal(office: Store, found, asked, path=None) -> str:
    """What is said when it is refused; nothing was published then, and it is logged in the same words."""
    before = numbers(office)
    with pytest.raises(DashboardError) as caught:
        publishing.publish(office, found, asked, path)
    last = store.entries(office)[0]
    assert (last.action, last.detail) == (Action.PUBLISH_REFUSED, str(caught.value))
    assert numbers(office) == before
    return str(caught.value)


# What a candidate says


def test_a_candidate_says_what_would_change_and_how_the_figures_move(office):
    found = candidate(office, book(due="31/12/2026"))
    assert (found.ok, found.same, found.parent.number) == (True, False, 1)
    assert [alarm.kind for alarm in candidate(office, book(due="31/12/2028")).alarms] == [AlarmKind.DEADLINE_LATER]
    assert found.before["overall"]["total"] == found.after["overall"]["total"] > 0


def test_the_same_workbook_saved_again_would_change_nothing(office):
    assert candidate(office, book(60, note="đã xem")).same


def test_a_published_workbook_that_cannot_be_read_any_more_counts_as_empty(office):
    published = Published(store.current(office).version, b"damaged")
    found = publishing.examine(read(book(70)), book(70), "so.xlsx", published, None, AT.date())
    assert found.before is None and found.alarms == () and not found.comparison.empty


def test_a_due_day_of_a_row_counts_before_the_plans(office):
    dues = {(due.task, due.year): due.due_on for due in candidate(office, book(due="30/6/2026")).dues}
    assert (dues["2.1.1", 2025], dues["2.1.1", 2024]) == (dt.date(2026, 6, 30), dt.date(2024, 12, 31))


# Publishing


def test_a_publication_says_who_when_why_and_from_which_version(office):
    version = publish(office, book(70))
    assert (version.number, version.parent, version.published_by, version.reason) == (2, 1, NAME, "báo cáo tháng 11")
    assert (version.source, version.published_at) == (Source.UPLOAD, AT)
    assert version.figures["overall"]["total"] > 0
    assert store.current(office).data == book(70)
    last = store.entries(office)[0]
    assert (last.action, last.who, last.address) == (Action.PUBLISHED, NAME, "10.0.0.7")


def test_a_due_day_that_was_moved_is_found_against_the_first_workbook(office):
    publish(office, book(60, due="31/12/2028"))
    moved = store.moved_dues(office, 2, sample=False)
    assert moved[["task", "year", "first_due_on", "due_on"]].astype(str).to_numpy().tolist() == [
        ["2.1.1", "2025", "2027-12-31", "2028-12-31"]
    ]


@pytest.mark.parametrize("who", ["nobody", "a made-up token", "a viewer", "an expired session"])
@pytest.mark.parametrize("restored", [None, 1])
def test_without_an_inspectors_session_nothing_is_published_or_restored(office, path, who, restored):
    publish(office, book(70), path)
    tokens = {
        "nobody": None,
        "a made-up token": "x" * 43,
        "a viewer": token(office, OTHER, inspects=False),
        "an expired session": token(office, at=AT - dt.timedelta(minutes=IDLE + 1)),
    }
    data = book(80) if restored is None else book(60)
    with pytest.raises(NotAllowed):
        publishing.publish(office, candidate(office, data), request(tokens[who], restored_from=restored), path)
    assert numbers(office) == [2, 1]
    assert path.read_bytes() == book(70)
    last = store.entries(office)[0]
    assert (last.action, last.who) == (Action.PUBLISH_REFUSED, OTHER if who == "a viewer" else "")


@pytest.mark.parametrize("reason", ["", "   ", ".....", "ok"])
def test_a_reason_has_letters(office, reason):
    assert "lý do" in refusal(office, candidate(office, book(70)), request(token(office), reason))


def test_a_reason_is_kept_as_one_line(office):
    asked = request(token(office), "  báo cáo\n tháng 11 ")
    assert publishing.publish(office, candidate(office, book(70)), asked).reason == "báo cáo tháng 11"


def test_every_kind_of_alarm_is_confirmed_by_itself(office):
    vanished = TASKS.replace("2.1.2 | 2.1", "2.1.3 | 2.1")
    rows = progress("2.1.1 | 2025 | 31/12/2028 | Đang thực hiện | 60 | | | Công văn số 5")
    found = candidate(office, xlsx(workbook(vanished, rows)))
    assert {alarm.kind for alarm in found.alarms} == {AlarmKind.TASK_VANISHED, AlarmKind.DEADLINE_LATER}
    said = refusal(office, found, request(token(office), confirmed=[AlarmKind.TASK_VANISHED]))
    assert "hạn bị lùi" in said and "nhiệm vụ" not in said
    both = [AlarmKind.TASK_VANISHED, AlarmKind.DEADLINE_LATER]
    assert publishing.publish(office, found, request(token(office), confirmed=both)).number == 2


def test_bytes_other_than_those_that_were_examined_are_refused(office):
    found = replace(candidate(office, book(70)), data=faulty())
    assert "lỗi" in refusal(office, found, request(token(office)))


def test_a_workbook_with_errors_is_refused(office):
    found = replace(candidate(office, book(70)), ok=False)
    assert "lỗi" in refusal(office, found, request(token(office)))


def test_what_is_published_already_is_not_published_again(office):
    assert "giống hệt" in refusal(office, candidate(office, book(60)), request(token(office)))


def test_whoever_compared_with_an_older_version_is_told_whose_is_newer(office, path):
    old = store.current(office)
    publish(office, book(70), path, token(office, OTHER))
    said = refusal(office, candidate(office, book(80), against=old), request(token(office)), path)
    assert OTHER in said and "phiên bản 2" in said and "09:12 24/11/2026" in said
    assert path.read_bytes() == book(70)


def test_a_first_workbook_that_was_replaced_is_compared_with_again(office):
    found = candidate(office, book(80))
    put_first(office, book(70))
    assert "so sánh" in refusal(office, found, request(token(office)))


def test_of_two_inspectors_at_once_one_wins_each_time_and_the_other_is_told(kept, path):
    put_first(kept, book(60))
    tokens = {name: token(kept, name) for name in (NAME, OTHER)}
    examined = [candidate(kept, book(percent)) for percent in (61, 62, 63, 64)]
    for turn in range(20):
        latest = store.current(kept).version
        of_turn = examined[:2] if turn % 2 else examined[2:]
        found = {name: replace(one, parent=latest) for name, one in zip(tokens, of_turn, strict=True)}
        with ThreadPoolExecutor() as pool:
            tries = {name: pool.submit(attempt, kept, found[name], tokens[name], path) for name in tokens}
        answers = {name: made.result() for name, made in tries.items()}
        (won,) = [name for name, answer in answers.items() if isinstance(answer, store.Version)]
        (lost,) = [name for name in tokens if name != won]
        assert isinstance(answers[lost], PublishedMeanwhile) and won in str(answers[lost])
        assert store.current(kept).data == found[won].data == path.read_bytes()
    assert numbers(kept) == list(range(21, 0, -1))
    actions = [entry.action for entry in store.entries(kept)]
    assert (actions.count(Action.PUBLISHED), actions.count(Action.PUBLISH_REFUSED)) == (20, 20)
    assert all(store.content(kept, version) for version in store.history(kept))


def attempt(kept: Store, found, who: str, path):
    try:
        return publishing.publish(kept, found, request(who), path)
    except DashboardError as error:
        return error


# Restoring


def test_restoring_is_a_new_version_with_the_old_bytes(office, path):
    publish(office, book(70), path)
    asked = request(token(office), restored_from=1)
    version = publishing.publish(office, candidate(office, book(60)), asked, path)
    assert (version.number, version.source, version.restored_from) == (3, Source.RESTORE, 1)
    assert store.current(office).data == path.read_bytes() == book(60)
    assert store.entries(office)[1].action == Action.RESTORED


def test_restoring_asks_for_its_alarms_like_any_other_change(office):
    publish(office, book(60, due="31/12/2026"))
    said = refusal(office, candidate(office, book(60)), request(token(office), confirmed=(), restored_from=1))
    assert "hạn bị lùi" in said


def test_other_bytes_than_those_of_the_version_are_not_its_restoration(office):
    publish(office, book(70))
    assert "phiên bản 1" in refusal(office, candidate(office, book(80)), request(token(office), restored_from=1))


def test_a_version_that_never_was_cannot_be_restored(office):
    with pytest.raises(DashboardError, match="9"):
        publishing.publish(office, candidate(office, book(70)), request(token(office), restored_from=9))


# The shared file


def test_publishing_writes_the_shared_file(office, path):
    publish(office, book(70), path)
    assert path.read_bytes() == book(70)
    assert [entry.action for entry in store.entries(office)][:2] == [Action.SHARED_WRITTEN, Action.PUBLISHED]
    assert [item.name for item in path.parent.iterdir()] == ["so.xlsx"]


@pytest.mark.skipif(os.name == "nt", reason="Windows gives rights by the folder")
def test_whoever_could_save_the_shared_file_still_can(office, path):
    path.chmod(0o664)
    publish(office, book(70), path)
    assert path.stat().st_mode & 0o777 == 0o664


def test_a_link_to_the_shared_file_stays_a_link(office, path, tmp_path):
    link = tmp_path / "so.xlsx"
    try:
        link.symlink_to(path)
    except OSError:
        pytest.skip("no links here")
    publish(office, book(70), link)
    assert link.is_symlink() and path.read_bytes() == book(70)


def test_a_shared_file_that_changed_since_the_comparison_is_never_overwritten(office, path):
    found = candidate(office, book(70), seen=publishing.digest_at(path))
    path.write_bytes(book(65))
    assert "đã thay đổi" in refusal(office, found, request(token(office)), path)
    assert path.read_bytes() == book(65)


def test_an_unpublished_shared_file_that_the_inspector_saw_is_replaced_and_put_aside(office, path):
    path.write_bytes(faulty())
    publish(office, book(70), path, seen=publishing.digest_at(path))
    assert path.read_bytes() == book(70)
    (aside,) = (office.data_dir / "tep-dung-chung-da-thay").iterdir()
    assert aside.read_bytes() == faulty() and aside.suffix == ".xlsx"
    assert aside.name in store.entries(office)[0].detail


def test_a_shared_file_that_somebody_has_open_is_not_replaced(office, path):
    path.with_name(".~lock.so.xlsx#").write_text(",Bình,PC-07,24.11.2026 09:12,file:///;", encoding="utf-8")
    said = refusal(office, candidate(office, book(70)), request(token(office)), path)
    assert "Bình" in said and "~lock" in said
    assert path.read_bytes() == book(60)


def test_what_stands_in_the_shared_file_already_may_be_published_while_it_is_open(office, path):
    path.write_bytes(book(70))
    path.with_name("~$so.xlsx").write_bytes(b"\x05Binh ")
    assert publish(office, book(70), path).number == 2
    assert path.read_bytes() == book(70)


@pytest.mark.parametrize("ending", [".xls", ".ods", ".xlsb", ".xlsm"])
def test_a_shared_file_of_another_kind_is_not_overwritten(office, path, ending):
    other = path.rename(path.with_suffix(ending))
    said = refusal(office, candidate(office, book(70)), request(token(office)), other)
    assert ending in said and "SHARED_WORKBOOK" in said
    assert other.read_bytes() == book(60)


def test_a_shared_file_that_cannot_be_read_is_told_before_anything_is_published(office, path, monkeypatch):
    def refuse(*_):
        raise PermissionError("no")

    monkeypatch.setattr("lib.publishing.actions.digest_at", refuse)
    with pytest.raises(PublishRefused, match="ổ mạng"):
        publish(office, book(70), path)
    assert numbers(office) == [1]


def test_a_database_that_stops_after_the_publication_does_not_deny_it(office, path, monkeypatch, caplog):
    def stop(*_):
        raise store.StoreUnavailable("Kho số liệu không trả lời.")

    monkeypatch.setattr("lib.publishing.write_back.finish_write", stop)
    assert publish(office, book(70), path).number == 2
    assert "Chưa ghi được" in caplog.text
