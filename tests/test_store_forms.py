"""A database of an earlier form: it is read as it is, and gets what it lacks with the next write."""

import datetime as dt

import pytest
from sqlalchemy import inspect, text

from lib import store
from lib.store import Action, AuditEntry, Reminder, Store
from lib.store.tables import FORM, METADATA, of_form
from tests.test_store import AT, draft

NEW = [table.name for table in METADATA.sorted_tables if table not in of_form(1)]
DAY = dt.date(2026, 6, 1)


def of_the_first_form(kept: Store) -> Store:
    """The same store as the first form of the tables left it."""
    store.publish(kept, draft(b"one"), 1)
    with kept.writing() as connection:
        for name in NEW:
            connection.execute(text(f"DROP TABLE {name}"))
        connection.execute(text("UPDATE schema_versions SET number = 1"))
    return kept


def form_of(kept: Store) -> int:
    with kept.reading() as connection:
        return connection.execute(text("SELECT number FROM schema_versions")).scalar()


def test_it_is_read_as_it_is(kept):
    old = of_the_first_form(kept)
    assert store.current(old).data == b"one"
    assert (store.reminders(old, False), store.reminded(old, False), store.calendar_links(old)) == ([], {}, [])
    assert form_of(old) == 1


def test_the_next_write_gives_it_what_it_lacks_and_keeps_what_it_has(kept):
    old = of_the_first_form(kept)
    one = Reminder("Văn phòng", "2.1.2", 2022, 1, DAY, DAY, DAY, AT, "Bình", sample=False)
    store.add_reminders(old, [one], AuditEntry(AT, "Bình", "", Action.REMINDED, ""))
    assert form_of(old) == FORM
    assert set(NEW) <= set(inspect(old.engine).get_table_names())
    assert store.reminders(old, False) == [one] and store.current(old).data == b"one"


def test_it_is_backed_up_and_restored(kept, tmp_path):
    path = tmp_path / "sao-luu.sqlite3"
    store.backup(of_the_first_form(kept), path)
    other = Store(tmp_path / "other")
    store.restore_backup(other, path)
    assert store.current(other).data == b"one"


def test_a_backup_of_the_first_form_fills_a_new_store(tmp_path):
    old = of_the_first_form(Store(tmp_path, name="cu.sqlite3"))
    other = Store(tmp_path / "other")
    store.restore_backup(other, old.file)
    assert (store.current(other).data, form_of(other)) == (b"one", FORM)


def test_reminders_and_links_are_backed_up(kept, tmp_path):
    one = Reminder("Văn phòng", "2.1.2", 2022, 1, DAY, DAY, DAY, AT, "Bình", sample=False)
    store.publish(kept, draft(b"one"), 1)
    store.add_reminders(kept, [one], AuditEntry(AT, "Bình", "", Action.REMINDED, ""))
    store.backup(kept, tmp_path / "x.sqlite3")
    other = Store(tmp_path / "other")
    store.restore_backup(other, tmp_path / "x.sqlite3")
    assert store.reminders(other, False) == [one]


@pytest.mark.parametrize("form", range(1, FORM + 1))
def test_every_form_holds_all_of_the_one_before(form):
    assert set(of_form(form - 1)) <= set(of_form(form))
