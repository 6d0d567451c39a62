"""Changes of the plan itself that need a second look: vanished tasks and models, limits moved, columns sorted alone."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator

from lib.compare.alarm_kinds import Alarm, AlarmKind
from lib.compare.changes import Change, ChangeKind, FieldChange
from lib.compare.moved_columns import MovedColumn, moved_columns
from lib.compare.occurrence_alarms import Situation
from lib.compare.sentences import NOUNS, Spoken, designation, sheet_title, spoken, title
from lib.compare.snapshot import PlanFacts, Snapshot, Subject
from lib.compare.standing import state
from lib.schema import Report
from lib.words import State, day, number


def task_vanished(situation: Situation) -> Iterator[Alarm]:
    """A task that is gone, with all its years."""
    years: dict[str, list[Change]] = defaultdict(list)
    for change in situation.comparison.of(Subject.OCCURRENCE, ChangeKind.REMOVED):
        years[change.key[0]].append(change)
    for change in situation.comparison.of(Subject.TASK, ChangeKind.REMOVED):
        lost = years[change.key]
        reported = sum(each.record.status != Report.NONE for each in lost)
        overdue = sum(state(each.record, each.key[1], situation.as_of) == State.OVERDUE for each in lost)
        remark = (
            f"“{change.label}” không còn trong sổ. Mất {number(len(lost))} lượt{_years(lost)}, trong đó "
            f"{number(reported)} lượt đã có báo cáo, {number(overdue)} lượt đang quá hạn."
        )
        yield Alarm(AlarmKind.TASK_VANISHED, designation(change), (), remark, (change, *lost))


def _years(changes: list[Change]) -> str:
    years = [str(change.key[1]) for change in changes]
    return f" (năm {', '.join(years)})" if years else ""


def model_vanished(situation: Situation) -> Iterator[Alarm]:
    """A model that was registered, gone."""
    for change in situation.comparison.of(Subject.MODEL, ChangeKind.REMOVED):
        if registered_on := change.record.registered_on:
            remark = f"Mô hình đã đăng ký ngày {day(registered_on)} không còn trong sổ. {_model_effect(situation)}"
            yield Alarm(AlarmKind.TASK_VANISHED, designation(change), (), remark, (change,))


def limits_eased(situation: Situation) -> Iterator[Alarm]:
    """`Chỉ tiêu mô hình mỗi năm` lowered; `Hạn đăng ký mô hình` moved later."""
    for change in situation.comparison.of(Subject.PLAN, ChangeKind.CHANGED):
        target, deadline = change.difference("model_target"), change.difference("registration_deadline")
        if target and target.new < target.old:
            yield _eased(AlarmKind.TARGET_LOWERED, target, change, situation)
        if deadline and (deadline.new.month, deadline.new.day) > (deadline.old.month, deadline.old.day):
            yield _eased(AlarmKind.DEADLINE_LATER, deadline, change, situation)


def _eased(kind: AlarmKind, field: FieldChange, change: Change, situation: Situation) -> Alarm:
    header = title(Subject.PLAN, field.field)
    said = tuple(each for each in spoken(change) if each.title == header)
    years = f"các năm {situation.current.plan.first_year}-{situation.current.plan.last_year}"
    return Alarm(kind, f"Mô hình “Dân vận khéo”, {years}", said, _model_effect(situation), (change,))


def _model_effect(situation: Situation) -> str:
    """Which years' results would differ on the as-of day."""
    before, now = (_results(snapshot, situation.as_of) for snapshot in (situation.previous, situation.current))
    moved = [
        f"năm {year} từ {before[year]} thành {now[year]}" for year in now if before.get(year, now[year]) != now[year]
    ]
    return f"Tính đến {day(situation.as_of)}: {'; '.join(moved)}." if moved else "Không năm nào đổi kết quả."


def _results(snapshot: Snapshot, as_of: dt.date) -> dict[int, str]:
    """How far each plan year that has come is with its models, in words."""
    plan: PlanFacts = snapshot.plan
    years = range(plan.first_year, min(plan.last_year, as_of.year) + 1)
    registered, evaluated = dict.fromkeys(years, 0), dict.fromkeys(years, 0)
    for (_, year), model in snapshot.models.items():
        if year in registered and model.registered_on and model.registered_on <= as_of:
            registered[year] += model.registered_on <= plan.registration_deadline.of(year)
            evaluated[year] += bool(model.evaluated_on and model.evaluated_on <= as_of)
    return {year: _result(registered[year], evaluated[year], plan.model_target) for year in years}


def _result(registered_on_time: int, evaluated: int, target: int) -> str:
    if registered_on_time < target:
        return f"thiếu đăng ký đúng hạn ({number(registered_on_time)}/{number(target)} mô hình)"
    return "đạt chỉ tiêu" if evaluated >= target else "đủ đăng ký đúng hạn, chờ đánh giá"


def sorted_alone(situation: Situation) -> Iterator[Alarm]:
    """Texts, states or days that stand at other codes now while their set stayed the same."""
    for moved in moved_columns(situation.previous, situation.comparison):
        header = title(moved.subject, moved.field)
        first = moved.changes[0]
        said = next(each for each in spoken(first) if each.title == header)
        example = Spoken(f"{designation(first)}, {header}", said.old, said.new)
        where = f"Trang {sheet_title(moved.subject)}, cột {header}"
        yield Alarm(AlarmKind.SORTED_ALONE, where, (example,), _sorted_remark(moved, situation), moved.changes)


def _sorted_remark(moved: MovedColumn, situation: Situation) -> str:
    count = f"{number(len(moved.changes))} {NOUNS[moved.subject]}"
    remark = f"{count} đổi chỗ giá trị cho nhau: có thể cột này bị sắp xếp riêng, không kéo theo cả bảng."
    if moved.subject != Subject.OCCURRENCE:
        return remark
    before, now = situation.previous.occurrences, situation.current.occurrences
    keys = [change.key for change in moved.changes]
    other = sum(state(before[k], k[1], situation.as_of) != state(now[k], k[1], situation.as_of) for k in keys)
    return f"{remark} Tính đến {day(situation.as_of)}, {number(other)} lượt sẽ có trạng thái khác."


RULES = (task_vanished, model_vanished, sorted_alone, limits_eased)
