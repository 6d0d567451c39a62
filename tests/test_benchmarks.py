"""The benchmarks can be repeated by their command, and their page of results comes from it alone."""

import importlib

import pytest

from benchmarks import results
from benchmarks.__main__ import SECTIONS
from benchmarks.findings import Aim, Findings, Table
from benchmarks.measuring import Samples, by_turns

THREE = Samples((3.0, 1.0, 2.0))


def test_the_page_of_results_is_what_the_command_writes():
    assert results.PAGE.read_text(encoding="utf-8") == results.page(SECTIONS), "python run.py bench --page-only"


@pytest.mark.parametrize("name", SECTIONS)
def test_every_section_can_be_measured_and_was(name):
    assert callable(importlib.import_module(f"benchmarks.{name}").measure)
    assert results.measured(name)


@pytest.mark.parametrize("name", SECTIONS)
def test_whatever_misses_its_aim_is_explained(name):
    missed = [aim.what for aim in results.measured(name).findings.aims if not aim.met]
    words = results.FOLDER / f"{name}.md"
    assert not missed or words.exists(), f"{name} misses {missed}: say why, and what was tried, in {words}"


def test_an_aim_says_by_how_much_it_is_missed(tmp_path, monkeypatch):
    monkeypatch.setattr(results, "FOLDER", tmp_path)
    aims = (Aim("quick", 2, THREE), Aim("slow", 1.6, THREE), Aim("many", 4, THREE, "a second", at_least=True))
    results.keep("one", Findings((), aims), rounds=3, today=results.dt.date(2026, 11, 25))
    page = results.page({"one": "One"})
    assert "| quick | at most 2 × | 2.00 (1.00 to 3.00) | met |" in page
    assert "| slow | at most 1.6 × | 2.00 (1.00 to 3.00) | missed by 25% |" in page
    assert "| many | at least 4 a second | 2.00 (1.00 to 3.00) | missed by 50% |" in page


def test_what_was_found_is_kept_until_it_is_measured_again(tmp_path, monkeypatch):
    monkeypatch.setattr(results, "FOLDER", tmp_path)
    for title in ("before", "after"):
        findings = Findings((Table(title, (("head",), ("cell",))),))
        results.keep("one", findings, rounds=1, today=results.dt.date(2026, 11, 25))
        assert results.measured("one").findings == findings


def test_ratios_are_those_of_each_round():
    assert THREE.over(Samples((1.0, 1.0, 4.0))).each == (3.0, 1.0, 0.5)


def test_everything_is_run_by_turns_after_a_run_that_does_not_count():
    order = []
    by_turns(2, mine=lambda: order.append("mine"), theirs=lambda: order.append("theirs"))
    assert order == ["mine", "theirs"] * 3
