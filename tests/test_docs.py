"""The documents say all that the program has, and nothing that it has not."""

import json
import re
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from lib import commands, exports, schema, settings, store, summary, words
from lib.panels import address
from lib.reports import fields, making
from lib.reports.blocks import BlockKind
from lib.workbook import reader
from lib.workbook.reading import check
from lib.workbook.rules import RULES
from tests import navigation, pictures
from tests.workbooks import (
    INFO,
    MODELS_HEADER,
    PROGRESS_HEADER,
    TASKS,
    UNITS,
    models,
    progress,
    sheets,
    without,
    workbook,
)

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
RULE_BOOK, GUIDE = DOCS / "quy-tac-tinh.md", DOCS / "huong-dan.md"
SETUP, COMMANDS, TEMPLATES = DOCS / "cai-dat.md", DOCS / "lenh.md", DOCS / "mau-van-ban.md"
PAGES = sorted([ROOT / "README.md", *DOCS.glob("*.md")])
SOURCES = sorted([*ROOT.glob("lib/**/*.py"), *ROOT.glob("pages/**/*.py"), ROOT / "dashboard.py", ROOT / "run.py"])

SHEETS = {sheet.title: sheet for sheet in schema.SHEETS}


@cache
def text(page: Path) -> str:
    return page.read_text(encoding="utf-8")


@cache
def sections(page: Path) -> dict[str, str]:
    """Heading -> what stands below it, up to the next heading; code blocks have no headings."""
    prose = re.sub(r"(?ms)^ *```.*?^ *```", lambda block: re.sub(r"(?m)^#", " #", block[0]), text(page))
    parts = re.split(r"(?m)^#+ +(.+)$", prose)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def table(part: str) -> dict[str, list[str]]:
    """First cell of each table row, without its marks of code -> the other cells."""
    rows = [line.strip().strip("|").split("|") for line in part.splitlines() if line.startswith("|")]
    return {first.strip(" `"): [cell.strip() for cell in rest] for first, *rest in rows}


def blocks(page: Path, language: str) -> list[str]:
    return re.findall(rf"(?ms)^```{language}\n(.*?)^```", text(page))


# --- rules --------------------------------------------------------------------------------------------------------

TASK_HEADER = (
    "# Nhiệm vụ\nMã | Mã mục | Nội dung nhiệm vụ | Tên ngắn | Cơ quan, đơn vị thực hiện | Phòng tham mưu | "
    "Thời gian thực hiện | Hạn | Từ năm | Đến năm\n"
)


def task(row: str) -> str:
    return workbook(f"{TASK_HEADER}{row}\n")


def report(row: str) -> str:
    return workbook(progress(row))


def unit(row: str) -> str:
    return workbook(f"{UNITS.rstrip()}\n{row}\n")


def fact(row: str) -> str:
    return workbook(f"{INFO.rstrip()}\n{row}\n")


def model(*rows: str) -> str:
    return workbook(models(*rows))


EXAMPLES = {
    "missing-sheet": without("Mục"),
    "duplicate-sheet": workbook() + "\n# MỤC\nMã mục | Tên mục\n1 | Một\n",
    "no-header": workbook("# Mục\n1 | Triển khai\n"),
    "missing-column": workbook(f"# Tiến độ\n{PROGRESS_HEADER.replace('Trạng thái', 'A').replace('Kiến nghị', 'B')}\n"),
    "misspelt-column": workbook(f"# Tiến độ\n{PROGRESS_HEADER.replace('Hạn hoàn thành', 'Hạn hoàn thàn')}\n"),
    "duplicate-column": workbook("# Mục\nMã mục | Tên mục | Mã mục\n1 | Một | 1\n2.1 | Hai | 2.1\n"),
    "cell-error": report("2.1.1 | 2024 | | #REF!"),
    "not-calculated": report("2.1.1 | 2024 | | =!"),
    "unseen-character": report("2.1.1 | 2024 | | Đang thực hiện | 50 | | Ngày \u202e4202/21/50"),
    "blank-key": report(" | 2024 | | Đang thực hiện"),
    "missing-fact": workbook(INFO.replace("Tên cơ quan | Ban Dân tộc\n", "")),
    "duplicate-key": fact("Tên cơ quan | Ban khác"),
    "misspelt-key": fact("Số ngày báo truoc | 10"),
    "bad-count": fact("Chỉ tiêu mô hình mỗi năm | một"),
    "bad-day-month": fact("Hạn đăng ký mô hình | 31/3/2026"),
    "bad-nature": fact("Tính chất số liệu | Tạm tính"),
    "reversed-years": task("9 | 2.1 | Việc | | | VP | thường xuyên | | 2025 | 2023"),
    "code-not-text": task("2.1! | 2.1 | Việc | | | VP | thường xuyên"),
    "bad-year": report("2.1.1 | 22 | | Đang thực hiện"),
    "year-as-date": report("2.1.1 | 01/01/2024! | | Đang thực hiện"),
    "bad-date": report("2.1.1 | 2024 | | Hoàn thành | | hôm qua"),
    "no-such-day": report("2.1.1 | 2024 | | Hoàn thành | | 31/02/2026"),
    "date-without-year": report("2.1.1 | 2024 | | Hoàn thành | | 5/12"),
    "bad-percent": report("2.1.1 | 2024 | | Đang thực hiện | 120"),
    "percent-below-one": report("2.1.1 | 2024 | | Đang thực hiện | 0,5"),
    "swapped-days": workbook(
        progress("2.1.1 | 2024 | | Xong | | 05/03/2024!", "2.1.2 | 2024 | | Xong | | 25/03/2024"),
    ),
    "duplicate-section": workbook("# Mục\nMã mục | Tên mục\n1 | Một\n2.1 | Hai\n2.1 | Ba\n"),
    "duplicate-unit": unit("Phòng mới | | TTB | |"),
    "reserved-unit": unit("Chưa phân công | | | |"),
    "unknown-unit": workbook(TASKS.replace("| Văn phòng |", "| Văn phong |")),
    "several-successors": unit("Phòng mới | | | TTB; VP |"),
    "unit-circle": unit("A | | | B |\nB | | | A |"),
    "duplicate-task": workbook(TASKS + "2.1.1. | 2.1 | Việc | | VP | thường xuyên\n"),
    "no-tasks": workbook(TASK_HEADER),
    "unknown-section": task("9 | 2.7 | Việc | | | VP | thường xuyên"),
    "blank-section": task("9 | | Việc | | | VP | thường xuyên"),
    "blank-content": task("9 | 2.1 | | | | VP | thường xuyên"),
    "long-short-name": task(f"9 | 2.1 | Việc | {'x' * 75} | | VP | thường xuyên"),
    "no-schedule": task("9 | 2.1 | Việc | | | VP |"),
    "vague-schedule": task("9 | 2.1 | Việc | | | VP | Theo chỉ đạo của Tỉnh ủy"),
    "unknown-schedule": task("9 | 2.1 | Việc | | | VP | sau năm 2023"),
    "bad-schedule-date": task("9 | 2.1 | Việc | | | VP | trước 31/4 hằng năm"),
    "schedule-conflict": task("9 | 2.1 | Việc | | | VP | 2023, 2024"),
    "year-outside-plan": task("9 | 2.1 | Việc | | | VP | 2021 - 2023"),
    "due-without-occurrence": task("9 | 2.1 | Việc | | | VP | thường xuyên | 01/05/2022 | 2023 | 2025"),
    "no-occurrence": task("9 | 2.1 | Việc | | | VP | năm 2030"),
    "unknown-task": report("2.1.9 | 2024 | | Đang thực hiện"),
    "duplicate-progress": workbook(progress("2.1.1 | 2024", "2.1.1 | 2024")),
    "year-without-occurrence": report("1 | 2024 | | Đang thực hiện"),
    "unknown-choice": report("2.1.1 | 2024 | | Hoàn thàn"),
    "blank-status": report("2.1.1 | 2024 | | | 100"),
    "done-without-date": report("2.1.1 | 2024 | | Hoàn thành"),
    "done-date-assumed": report("2.1.1 | 2024 | | Hoàn thành | | | | | | | 10/12/2024"),
    "status-against-dates": report("2.1.1 | 2024 | | Hoàn thành đúng hạn | | 01/01/2025"),
    "completed-but-open": report("2.1.1 | 2024 | | Đang thực hiện | | 05/12/2024"),
    "suspended-without-document": report("2.1.1 | 2024 | | Tạm hoãn"),
    "moved-without-document": report("2.1.1 | 2024 | 30/06/2025 | Đang thực hiện"),
    "duplicate-model": model("Bản sạch | 2024 | | | | | 28/3/2024", "BẢN SẠCH | 2024 | | | | | 28/3/2024"),
    "model-outside-plan": model("Bản sạch | 2021 | | | | | 28/3/2021"),
    "model-not-registered": model("Bản sạch | 2024"),
    "evaluated-before-registered": model("Bản sạch | 2024 | | | | | 28/03/2024 | 01/02/2024"),
}
"""For each rule a workbook that breaks it, as the guide's own example says where there is one."""

GRAVITIES = {"Lỗi": {"error"}, "Cảnh báo": {"warning"}, "Lỗi hoặc cảnh báo": {"error", "warning"}}


def documented_rules() -> dict[str, list[str]]:
    return table(sections(RULE_BOOK)["Các lỗi và cảnh báo"])


def test_the_rule_book_lists_exactly_the_rules_there_are():
    assert sorted(list(documented_rules())[2:]) == sorted(RULES)


@pytest.mark.parametrize("rule", RULES)
def test_the_rule_book_says_how_grave_each_rule_is(rule):
    found = {problem.severity.value for problem in check(sheets(EXAMPLES[rule])).problems if problem.rule == rule}
    assert found == GRAVITIES[documented_rules()[rule][0]]


# --- the workbook -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("title", SHEETS)
def test_the_rule_book_describes_every_column(title):
    described = table(sections(RULE_BOOK)[title])
    assert {column.header for column in SHEETS[title].columns} <= set(described)


def test_the_headers_of_the_test_workbooks_are_all_of_the_schemas():
    for header, sheet in ((PROGRESS_HEADER, schema.PROGRESS), (MODELS_HEADER, schema.MODELS)):
        assert set(header.split(" | ")) == {column.header for column in sheet.columns}


def test_the_rule_book_describes_every_key_of_the_plan():
    described = list(table(sections(RULE_BOOK)["Trang Thông tin"]))
    assert described[2:] == [key.key for key in schema.INFO_KEYS]


def test_the_rule_book_names_every_accepted_word():
    listed = (*schema.STATUS_WORDS.values(), schema.FIELDS, schema.FORMS)
    accepted = [word for spellings in listed for word in spellings]
    assert [word for word in accepted if f"`{word}`" not in text(RULE_BOOK)] == []


@pytest.mark.parametrize("title", [schema.INFO_SHEET, *SHEETS])
def test_the_guide_says_who_fills_each_sheet_in(title):
    assert title in table(sections(GUIDE)["Chuẩn bị sổ theo dõi"])


@pytest.mark.parametrize("form", store.FORMATS)
def test_the_guide_names_every_file_that_can_be_published(form):
    assert f"`{store.PUBLISHED_STEM}{form}`" in sections(GUIDE)["Thay số liệu"]


# --- pages, signs, figures ----------------------------------------------------------------------------------------


def test_the_guide_describes_every_page_at_its_address():
    for title, path in navigation.offered():
        assert f"`{path}`" in sections(GUIDE)[title] or not path


def test_the_guide_shows_every_page():
    for title, path in navigation.offered():
        picture = rf"\]\(hinh/{path or address.OVERVIEW}(-[a-z-]+)?-{pictures.GUIDE_SIZE}\.png\)"
        assert re.search(picture, sections(GUIDE)[title]), "python run.py pictures --guide"


def test_every_picture_of_the_guide_is_there_and_no_other():
    shown = re.findall(r"!\[[^\]]+\]\(hinh/([^)]+)\)", text(GUIDE))
    assert sorted(shown) == sorted(path.name for path in pictures.GUIDE_FOLDER.glob("*"))


def test_the_pictures_of_the_guide_are_light_to_carry():
    assert sum(path.stat().st_size for path in pictures.GUIDE_FOLDER.glob("*")) < 2_500_000


@pytest.mark.parametrize("name", address.HELD)
def test_the_guide_names_every_choice_that_an_address_carries(name):
    assert f"`{name}`" in sections(GUIDE)["Chọn phạm vi"]


@pytest.mark.parametrize("look", words.Look)
def test_the_guide_explains_every_sign(look):
    sign = words.SIGNS[look]
    assert f"| {sign.mark} | {sign.label} |" in sections(GUIDE)["Các dấu"]


def test_the_guide_lists_the_columns_of_the_files_to_take_away():
    headers = ", ".join(header for header, _ in exports.COLUMNS.values())
    assert headers in sections(GUIDE)["Nhiệm vụ"]


def test_the_rule_book_names_every_state():
    states = table(sections(RULE_BOOK)["Trạng thái của một lượt"])
    named = {cells[0]: cells[1] for cells in states.values() if len(cells) == 2}
    assert {label: f"`{state}`" for state, label in words.STATE_LABELS.items()}.items() <= named.items()
    of_models = table(sections(RULE_BOOK)["Mô hình Dân vận khéo"])
    assert {label: f"`{state}`" for state, label in words.MODEL_STATE_LABELS.items()} == {
        label: of_models[label][1] for label in words.MODEL_STATE_LABELS.values()
    }


def test_the_rule_book_defines_every_figure():
    defined = [cells[-1].strip("`") for cells in table(sections(RULE_BOOK)["Các con số"]).values()]
    assert [name for name in defined if name in summary.COUNT_KEYS] == list(summary.COUNT_KEYS)


# --- documents --------------------------------------------------------------------------------------------------------

COMMON_FIELDS, REPORT_FIELDS, LETTER_FIELDS = (
    "Trường dùng ở mọi mẫu", "Trường của báo cáo", "Trường của công văn đôn đốc",
)  # fmt: skip


@pytest.mark.parametrize(
    ("heading", "listed"),
    [
        (COMMON_FIELDS, fields.COMMON),
        (REPORT_FIELDS, {name: said for name, said in fields.REPORT.items() if name not in fields.COMMON}),
        (LETTER_FIELDS, {name: said for name, said in fields.LETTER.items() if name not in fields.COMMON}),
    ],
)
def test_every_field_of_the_templates_is_listed_and_no_other(heading, listed):
    described = table(sections(TEMPLATES)[heading])
    named = {name: cells[0] for name, cells in described.items() if name in fields.REPORT | fields.LETTER}
    assert named == listed


def test_every_kind_of_paragraph_is_explained():
    assert {kind.value for kind in BlockKind} <= set(table(sections(TEMPLATES)[REPORT_FIELDS]))


def test_the_templates_to_change_are_named():
    assert [name for name in making.TEMPLATE_FILES if f"`{name}`" not in text(TEMPLATES)] == []


def test_every_kind_of_document_is_documented():
    listed = table(sections(COMMANDS)["report"])
    assert {kind.value for kind in making.DocumentKind} <= set(listed)


def test_the_guide_names_every_choice_of_the_page_of_documents():
    named = sections(GUIDE)["Báo cáo, văn bản"]
    assert [name for name in (address.PERIOD, address.DAY, address.DATA) if f"`{name}`" not in named] == []


# --- settings and commands ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", settings.TABLE)
def test_every_setting_is_documented_with_its_default(name):
    default = settings.TABLE[name].default
    shown = default.as_posix() if isinstance(default, Path) else str(default or "trống")
    assert table(sections(SETUP)["Thiết lập"])[name][0] == f"`{shown}`"


def test_no_setting_is_documented_that_is_none():
    listed = {name for name in table(sections(SETUP)["Thiết lập"]) if name.isupper()}
    assert listed == set(settings.TABLE)


def test_every_command_and_option_is_documented():
    source = text(ROOT / "run.py") + text(ROOT / "lib" / "commands.py")
    names = {*re.findall(r'commands\.add_parser\(\s*"([\w-]+)"', source)}
    names |= set(re.findall(r"(?m)^  ([\w-]+)  +\S", source))
    source += text(ROOT / "lib" / "account_commands.py")
    options = set(re.findall(r'add_argument\(\s*"(--[\w-]+)"', source))
    source += text(ROOT / "lib" / "report_command.py")
    expected = {"serve", "check", "summary", "template", "report", "account", "backup", "restore-backup", "test"}
    expected |= {"pictures", "bench"}
    assert expected <= names <= set(sections(COMMANDS))
    assert "--json" in options
    assert [option for option in options if option not in text(COMMANDS)] == []


def test_every_exit_code_is_documented():
    codes = (commands.OK, commands.HAS_ERRORS, commands.UNREADABLE, commands.BUG, commands.INTERRUPTED)
    assert {str(code) for code in codes} <= set(table(sections(COMMANDS)["Mã thoát"]))


@pytest.fixture(scope="module")
def shipped() -> reader.Reading:
    return reader.parse(store.SHIPPED.read_bytes())


LEFT_OUT = "…"


def shortened(example: dict, real: dict) -> dict:
    """`real` with only what `example` shows, all of it where the example leaves nothing out."""
    shown = {name: real.get(name) for name in (example if LEFT_OUT in example else real) if name != LEFT_OUT}
    nested = {name: value for name, value in shown.items() if isinstance(value, dict)}
    return shown | {name: shortened(example.get(name, {}), value) for name, value in nested.items()}


def without_marks(example: dict) -> dict:
    kept = {name: value for name, value in example.items() if name != LEFT_OUT}
    return {name: without_marks(value) if isinstance(value, dict) else value for name, value in kept.items()}


def test_the_example_of_summary_is_what_the_shipped_workbook_gives(shipped):
    example = json.loads(next(block for block in blocks(COMMANDS, "json") if "as_of" in block))
    real = summary.figures(shipped.register, date.fromisoformat(example["as_of"]))
    assert list(example) == list(real)
    assert without_marks(example) == shortened(example, real)


def test_the_example_of_check_is_what_the_shipped_workbook_gives(shipped):
    example = json.loads(next(block for block in blocks(COMMANDS, "json") if "problems" in block))
    assert example["ok"] == shipped.ok
    assert example["problems"][0] in [problem.as_dict() for problem in shipped.problems]


# --- README, links, citations -------------------------------------------------------------------------------------


def test_the_readme_lists_every_module_of_lib():
    tree = next(block for block in blocks(ROOT / "README.md", "") if "lib/" in block)
    listed, parents = set(), []
    for line in tree.splitlines():
        name, depth = line.split()[0], (len(line) - len(line.lstrip())) // 2
        parents = [*parents[:depth], name]
        listed.add("".join(parents))
    modules = {path.relative_to(ROOT).as_posix() for path in ROOT.glob("lib/**/*.py") if path.name != "__init__.py"}
    assert {name for name in listed if name.startswith("lib/") and name.endswith(".py")} == modules


def anchor(heading: str) -> str:
    """The address of a heading within its page, as code hosts make it."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page):
    for target in re.findall(r"\]\((?!https?:)([^)]+)\)", text(page)):
        path, _, place = target.partition("#")
        led_to = (page.parent / path).resolve() if path else page
        assert led_to.exists(), target
        assert not place or place in map(anchor, sections(led_to)), target


def citations(source: str) -> list[tuple[str, list[str]]]:
    """(document, headings) of each place where a source cites a document."""
    found = re.findall(r'docs/([\w-]+\.md)((?:,? (?:and )?"[^"]+")*)', re.sub(r"\s+", " ", source))
    return [(name, re.findall(r'"([^"]+)"', titles)) for name, titles in found]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_citation_names_headings_that_are_there(path):
    for name, titles in citations(text(path)):
        assert (DOCS / name).exists()
        assert titles or name != RULE_BOOK.name, "cite the rule book by the title of a section"
        assert [title for title in titles if title not in sections(DOCS / name)] == []
