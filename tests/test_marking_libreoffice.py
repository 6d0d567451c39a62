"""The marked copy after LibreOffice has opened and saved it: notes, links and problems are still there."""

import os
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest

from lib.workbook import marked_list, marking, reader
from tests.test_marking import FAULTY, found_in, links, marked, notes
from tests.workbooks import xlsx

IN_CI = os.environ.get("CI", "").strip().lower() not in ("", "0", "false")
PLACES = (r"C:\Program Files\LibreOffice\program\soffice.exe", "/Applications/LibreOffice.app/Contents/MacOS/soffice")
SECONDS = 180


@pytest.fixture(scope="module")
def office() -> str:
    """LibreOffice on this machine: in CI it must be there, elsewhere the test is skipped."""
    found = [path for name in ("soffice", "libreoffice") if (path := shutil.which(name))]
    found += [place for place in PLACES if Path(place).is_file()]
    if not found:
        (pytest.fail if IN_CI else pytest.skip)("không tìm thấy LibreOffice trên máy này")
    return found[0]


@pytest.fixture(scope="module")
def saved(office, tmp_path_factory) -> Callable[[bytes, str, str], bytes]:
    """A workbook of one kind as LibreOffice saves it in another, with a profile of its own."""
    folder = tmp_path_factory.mktemp("office")

    def convert(data: bytes, kind: str, to: str) -> bytes:
        source, target = folder / f"marked.{kind}", folder / to
        source.write_bytes(data)
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = [office, profile, "--headless", "--convert-to", to, "--outdir", str(target), str(source)]
        subprocess.run(command, check=True, capture_output=True, timeout=SECONDS)
        return target.joinpath(f"marked.{to}").read_bytes()

    return convert


@pytest.fixture(scope="module")
def copy() -> bytes:
    """The faulty workbook, marked in the child process."""
    data = xlsx(FAULTY)
    return marking.mark(data, reader.parse(data).problems)


@pytest.fixture(scope="module")
def as_xlsx(saved, copy) -> bytes:
    return saved(copy, "xlsx", "xlsx")


@pytest.fixture(scope="module")
def as_ods(saved, copy) -> bytes:
    return saved(copy, "xlsx", "ods")


def content(data: bytes, folder: Path) -> ElementTree.Element:
    """The cells of an ods workbook."""
    path = folder / "copy.ods"
    path.write_bytes(data)
    with zipfile.ZipFile(path) as archive:
        return ElementTree.fromstring(archive.read("content.xml"))


def test_the_notes_are_there_in_xlsx(as_xlsx, copy):
    assert notes(as_xlsx) == notes(copy)


def test_the_links_are_there_in_xlsx(as_xlsx, copy):
    assert links(as_xlsx) == links(copy)


def test_it_uploads_again_as_xlsx(as_xlsx, copy):
    assert found_in(as_xlsx) == found_in(copy)


def test_the_notes_are_there_in_ods(as_ods, copy, tmp_path):
    found = content(as_ods, tmp_path).iter("{urn:oasis:names:tc:opendocument:xmlns:office:1.0}annotation")
    texts = ["\n".join("".join(part.itertext()) for part in each if part.tag.endswith("}p")) for each in found]
    assert sorted(texts) == sorted(notes(copy).values())


def test_the_links_are_there_in_ods(as_ods, copy, tmp_path):
    found = content(as_ods, tmp_path).iter("{urn:oasis:names:tc:opendocument:xmlns:text:1.0}a")
    targets = [each.get("{http://www.w3.org/1999/xlink}href") for each in found]
    assert len(targets) == len(links(copy))
    assert "#'Tiến độ'.D2" in targets


def test_it_uploads_again_as_ods(as_ods, copy):
    assert found_in(as_ods) == found_in(copy)


def test_marked_again_it_has_one_list_and_one_note_at_each_cell(as_xlsx, copy):
    again = marked(as_xlsx)
    assert notes(again) == notes(copy)
    assert links(again) == links(copy)


@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_a_workbook_of_another_format_is_marked_too(saved, kind):
    data = saved(xlsx(FAULTY), "xlsx", kind)
    found = marking.mark(data, reader.parse(data).problems)
    assert found_in(found) == found_in(data)
    assert [problem.sheet for problem in reader.parse(found).problems].count(marked_list.TITLE) == 0
    assert "Tiến độ!D2" in notes(found)
