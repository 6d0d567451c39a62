"""Whatever is brought, people get a sentence, or every fault at its cell; and the commands that try it can fail."""

import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from lib.errors import UnreadableWorkbook
from lib.workbook import isolation, reader
from lib.workbook.child_side import BROKEN, TOO_BIG
from lib.workbook.isolation import TOO_SLOW, ReaderBug
from lib.workbook.limits import Limits
from tests.hostile import case_cells, case_kinds, case_markup, case_sheets, case_zips, corpus, fuzz, line, seeds
from tests.hostile.cases import CASES, write
from tests.hostile.mutations import mutated
from tests.hostile.oracle import Failure, Outcome, Verdict, fault_of_words, judge
from tests.hostile.unnoticed import unnoticed

MUTATIONS = 60
"""Of each format, in this suite; `python -m tests.hostile.fuzz` makes as many as there is time for."""


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Outcome]:
    """What the corpus runner says of every case, by the case's name."""
    written = write(tmp_path_factory.mktemp("hostile"))
    return {written[path].name: outcome for path, outcome in corpus.in_one_process(sorted(written))}


@pytest.mark.parametrize("name", CASES)
def test_each_hostile_file_gets_what_it_must(outcomes, name):
    case, outcome = CASES[name], outcomes[name]
    assert (outcome.verdict, outcome.failure) == (case.gets, None), outcome.reason
    assert not case.says or any(case.says in sentence for sentence in outcome.sentences), outcome.sentences


def test_no_two_cases_have_one_name():
    modules = (case_cells, case_kinds, case_markup, case_sheets, case_zips)
    assert len(CASES) == sum(len(module.table.cases) for module in modules)


def test_a_folder_is_read_file_by_file_as_the_product_reads(tmp_path, capsys):
    names = ["the ordinary workbook as xlsx", "a state nobody knows", "PDF", "a day before all time"]
    (tmp_path / "sub").mkdir()
    for at, name in enumerate(names):
        tmp_path.joinpath("sub" if at else ".", f"{at}.xlsx").write_bytes(CASES[name].make())
    report = tmp_path.parent / "report.txt"
    assert corpus.main([str(tmp_path), "--out", str(report)]) == 0
    lines = [told.split("\t") for told in report.read_text(encoding="utf-8").splitlines()[:4]]
    assert [told[0] for told in lines] == ["accepted", "problems", "refused", "refused"]
    assert [told[2] for told in lines] == ["0.xlsx", "sub/1.xlsx", "sub/2.xlsx", "sub/3.xlsx"]
    assert "PDF" in lines[2][3] and "tệp bị hỏng" in lines[3][3]
    assert ".xlsx\t1\t1\t2\t0" in capsys.readouterr().out


def test_an_empty_folder_is_told_apart_from_a_sound_one(tmp_path):
    assert corpus.main([str(tmp_path)]) == 2


# The runner's own eyes: readers that fail in every way


def through_a_child(data: bytes, limits: Limits) -> reader.Reading:
    """A reader whose process does what the file says."""
    isolation.call("tests.reading_child", data, limits)
    return reader.Reading(None, ())


def raising(error: Exception):
    def read(data: bytes, limits: Limits) -> reader.Reading:
        raise error

    return read


@pytest.mark.parametrize(
    ("deed", "failure"),
    [
        ("die:", Failure.CRASHED),
        ("sleep:60", Failure.HUNG),
        ("eat:600", Failure.OVER_MEMORY),
        ("bug:", Failure.TRACEBACK),
        ("refuse:The file is damaged", Failure.UNTRANSLATED),
        ("refuse:Tệp bị hỏng: unexpected end of file", Failure.ENGLISH),
        ("refuse:", Failure.CRASHED),
    ],
)
def test_a_reader_that_fails_fails_the_run(tmp_path, capsys, deed, failure):
    tmp_path.joinpath("x.xlsx").write_text(deed, encoding="utf-8")
    limits = replace(Limits(), child_seconds=0.6 if deed == "sleep:60" else 20.0, child_bytes=300 * 2**20)
    assert corpus.main([str(tmp_path)], through_a_child, limits) == 1
    assert f"FAILED ({failure})" in capsys.readouterr().out


def test_a_reader_that_never_comes_back_fails_the_run(tmp_path, capsys):
    tmp_path.joinpath("x.xlsx").write_bytes(b"x")
    ended = threading.Event()

    def waiting(data: bytes, limits: Limits) -> reader.Reading:
        ended.wait()
        return reader.Reading(None, ())

    assert corpus.main([str(tmp_path)], waiting, replace(Limits(), child_seconds=0.0), grace=0.1) == 1
    ended.set()
    assert "FAILED (hung)" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("error", "failure"),
    [
        (KeyError("x"), Failure.TRACEBACK),
        (ReaderBug("Traceback"), Failure.TRACEBACK),
        (MemoryError(), Failure.TRACEBACK),
        (UnreadableWorkbook(TOO_SLOW), Failure.HUNG),
        (UnreadableWorkbook(TOO_BIG), Failure.OVER_MEMORY),
        (UnreadableWorkbook("damaged"), Failure.UNTRANSLATED),
        (UnreadableWorkbook("Tệp này is damaged"), Failure.ENGLISH),
        (UnreadableWorkbook(BROKEN), None),
    ],
)
def test_what_a_reader_raises_is_judged(error, failure):
    assert judge(b"", read=raising(error)).failure == failure


def test_what_people_wrote_is_not_taken_for_english():
    assert fault_of_words("“Done” không phải trạng thái. Ghi một trong: Hoàn thành; hoặc để trống.") is None
    assert fault_of_words("Done không phải trạng thái.") == Failure.ENGLISH


# Mutations


@pytest.mark.parametrize("kind", seeds.KINDS)
def test_the_seeds_say_the_same_in_every_format(kind):
    ours, first = (reader.parse(seeds.seed(each)) for each in (kind, "xlsx"))
    assert ours.problems == () and unnoticed(seeds.seed(kind), kind) == ""
    for name in ("sections", "tasks", "progress", "models"):
        assert getattr(ours.register, name).equals(getattr(first.register, name))


@pytest.mark.parametrize("kind", seeds.KINDS)
def test_mutated_workbooks_are_read_or_refused_in_words(kind):
    tally = fuzz.Tally()
    for number, outcome in fuzz.run(kind, 0, MUTATIONS):
        tally.add(kind, number, outcome)
    assert tally.failures == []
    assert tally.verdicts.total() == MUTATIONS
    assert tally.verdicts[Verdict.ACCEPTED] > 5 and tally.verdicts[Verdict.REFUSED] > 5


def test_a_number_always_gives_the_same_mutation():
    assert all(mutated(kind, 7) == mutated(kind, 7) != seeds.seed(kind) for kind in seeds.KINDS)


def test_a_reader_that_loses_a_cell_is_found_out(monkeypatch):
    """The same workbook, read by a product that forgets the second row of every sheet."""
    from tests.hostile import unnoticed as module

    whole = module.read_sheets

    def forgetful(*arguments: object):
        return [replace(sheet, rows=[sheet.rows[0], *sheet.rows[2:]]) for sheet in whole(*arguments)]

    monkeypatch.setattr(module, "read_sheets", forgetful)
    for kind in ("xlsx", "xls", "ods"):
        assert module.unnoticed(seeds.seed(kind), kind) != ""


def test_an_input_that_ends_the_reading_line_is_judged_alone(tmp_path):
    """A list in which a file is missing: the process ends there, and the rest is read all the same."""
    paths = [tmp_path / f"{at}.xlsx" for at in range(3)]
    for path in (paths[0], paths[2]):
        path.write_bytes(seeds.seed("xlsx"))
    names = tmp_path / "names.txt"
    names.write_text("\n".join(map(str, paths)), encoding="utf-8")
    again = Outcome(Verdict.FAILED, "", Failure.CRASHED)
    found = dict(line.outcomes(lambda at: ["files", str(names), str(at)], 0, 3, lambda at: again))
    assert [found[at].verdict for at in range(3)] == [Verdict.ACCEPTED, Verdict.FAILED, Verdict.ACCEPTED]


def test_an_input_at_which_the_reading_line_falls_silent_is_judged_alone(monkeypatch):
    class Silent:
        """A process that tells a number and then nothing more."""

        def __init__(self, arguments: list[str]) -> None:
            self.lines = [int(arguments[0]), None]

        def line(self, silence: float) -> object:
            return self.lines.pop(0)

        def end(self) -> None:
            pass

    monkeypatch.setattr(line, "_Process", Silent)
    again = Outcome(Verdict.FAILED, "", Failure.HUNG)
    assert dict(line.outcomes(lambda at: [str(at)], 4, 6, lambda at: again)) == {4: again, 5: again}


def test_the_fuzzer_keeps_what_fails(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(fuzz, "BATCH", 2)
    monkeypatch.setattr(fuzz, "run", lambda kind, first, last: [(first, Outcome(Verdict.FAILED, "x", Failure.HUNG))])
    assert fuzz.main(["--minutes", "0.0005", "--kinds", "ods", "--keep", str(tmp_path), "--seed", "3"]) == 1
    assert (tmp_path / "ods-3000000.ods").read_bytes() == mutated("ods", 3_000_000)
    assert "ods 3000000: hung" in capsys.readouterr().out


def test_a_process_that_dies_leaves_nothing_running(tmp_path):
    """What it had started would otherwise read on, held by no limit of time."""
    mark = Path(tmp_path, "alive")
    with pytest.raises(UnreadableWorkbook):
        isolation.call("tests.reading_child", f"orphan:{mark}".encode(), Limits())
    size = mark.stat().st_size
    time.sleep(0.3)
    assert mark.stat().st_size == size
