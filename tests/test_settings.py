"""Settings: where a value comes from, and what a wrong one is told."""

import json
import subprocess
import tomllib
from pathlib import Path

import pytest

from lib import settings, theme
from lib.errors import DashboardError


def write(folder: Path, text: str, encoding: str = "utf-8") -> None:
    (folder / "settings.toml").write_text(text, encoding=encoding)


def message(environ: dict[str, str], root: Path) -> str:
    with pytest.raises(DashboardError) as caught:
        settings.load(environ, root)
    return str(caught.value)


def test_without_anything_the_defaults_hold(tmp_path):
    found = settings.load({}, tmp_path)
    assert found == settings.Settings(tmp_path / "data", "127.0.0.1", 8501, 30, 60, 2048, None, "", "mo", 30, ())


def test_the_file_wins_over_the_default(tmp_path):
    write(tmp_path, "PORT = 9000\nHOST = '0.0.0.0'")
    found = settings.load({}, tmp_path)
    assert (found.port, found.host) == (9000, "0.0.0.0")


def test_the_environment_wins_over_the_file(tmp_path):
    write(tmp_path, "PORT = 9000")
    assert settings.load({"PORT": "9001"}, tmp_path).port == 9001


def test_the_command_line_wins_over_the_environment(tmp_path):
    assert settings.load({"PORT": "9001"}, tmp_path, {"PORT": "9002"}).port == 9002


def test_an_empty_variable_counts_as_absent(tmp_path):
    assert settings.load({"PORT": " "}, tmp_path).port == 8501


def test_other_variables_are_none_of_our_business(tmp_path):
    assert settings.load({"PORTS": "x", "port": "y"}, tmp_path).port == 8501


def test_a_relative_data_folder_starts_at_the_project(tmp_path):
    assert settings.load({"DATA_DIR": "số liệu 2026"}, tmp_path).data_dir == tmp_path / "số liệu 2026"


def test_an_absolute_data_folder_stays(tmp_path):
    elsewhere = tmp_path / "elsewhere"
    assert settings.load({"DATA_DIR": str(elsewhere)}, tmp_path / "project").data_dir == elsewhere


def test_a_relative_shared_workbook_starts_at_the_project(tmp_path):
    found = settings.load({"SHARED_WORKBOOK": "chung/so.xlsx"}, tmp_path)
    assert found.shared_workbook == tmp_path / "chung" / "so.xlsx"


@pytest.mark.parametrize("raw", ["a@coquan.vn, b@coquan.vn", "a@coquan.vn;b@coquan.vn;"])
def test_names_stand_between_commas_or_semicolons(tmp_path, raw):
    assert settings.load({"INSPECTORS": raw}, tmp_path).inspectors == ("a@coquan.vn", "b@coquan.vn")


def test_names_may_be_a_list_in_the_file(tmp_path):
    write(tmp_path, "INSPECTORS = ['a@coquan.vn', 'b@coquan.vn']")
    assert settings.load({}, tmp_path).inspectors == ("a@coquan.vn", "b@coquan.vn")


def test_viewing_is_open_or_for_those_who_signed_in(tmp_path):
    assert settings.load({"VIEWING": "Đăng-nhập"}, tmp_path).viewing == settings.SIGNED_IN
    assert "mo hoặc dang-nhap" in message({"VIEWING": "đóng"}, tmp_path)


def test_a_wrong_database_address_is_not_repeated_for_it_may_hold_a_password(tmp_path):
    text = message({"DATABASE_URL": "mysql://a:bi-mat@may/kho"}, tmp_path)
    assert "DATABASE_URL" in text and "bi-mat" not in text


def test_the_database_address_is_not_printed(capsys, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://a:bi-mat@may/kho")
    assert settings.main([]) == 0
    assert "bi-mat" not in capsys.readouterr().out


@pytest.mark.parametrize("value", ["0", "65536", "-1", "8501.0", "tám nghìn", "8_501", "٨٥٠١"])
def test_a_wrong_number_names_setting_source_value_and_range(tmp_path, value):
    text = message({"PORT": value}, tmp_path)
    assert all(part in text for part in ("PORT", "biến môi trường", value, "từ 1 đến 65535"))


def test_a_wrong_value_in_the_file_names_the_file(tmp_path):
    write(tmp_path, "READ_SECONDS = 0")
    text = message({}, tmp_path)
    assert "READ_SECONDS" in text and str(tmp_path / "settings.toml") in text


def test_true_is_not_the_number_one(tmp_path):
    write(tmp_path, "READ_SECONDS = true")
    assert "READ_SECONDS" in message({}, tmp_path)


@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0", "::", "::1", "localhost", "may-chu.local", "MAY_CHU"])
def test_hosts_that_are_accepted(tmp_path, host):
    assert settings.load({"HOST": host}, tmp_path).host == host


@pytest.mark.parametrize("host", ["300.1.1.1", "http://may", "a b", "unix:///tmp/x", "-x", "máy"])
def test_hosts_that_are_refused(tmp_path, host):
    assert "HOST" in message({"HOST": host}, tmp_path)


@pytest.mark.parametrize("written", ["PROT = 9000", "port = 9000"])
def test_an_unknown_name_gets_a_suggestion(tmp_path, written):
    write(tmp_path, written)
    assert "Có phải là PORT?" in message({}, tmp_path)


def test_a_name_like_none_gets_the_list(tmp_path):
    write(tmp_path, "xyzzy = 1")
    assert "DATA_DIR" in message({}, tmp_path)


def test_a_backslash_path_in_double_quotes_is_told_where_and_how(tmp_path):
    write(tmp_path, 'PORT = 9000\nDATA_DIR = "D:\\so-lieu"\n')
    text = message({}, tmp_path)
    assert "dòng 2" in text and "nháy đơn" in text


def test_a_file_that_is_not_utf8_is_told_so(tmp_path):
    write(tmp_path, "DATA_DIR = 'số liệu'", encoding="utf-16")
    assert "UTF-8" in message({}, tmp_path)


def test_the_mark_that_notepad_writes_is_passed_over(tmp_path):
    write(tmp_path, "PORT = 9000", encoding="utf-8-sig")
    assert settings.load({}, tmp_path).port == 9000


def test_every_setting_has_a_vietnamese_help_and_a_default_that_it_accepts():
    for item in settings.TABLE.values():
        assert item.metadata["help"].endswith(".")
        assert not item.default or item.metadata["kind"].read(str(item.default)) == item.default


def test_the_command_prints_the_values_in_force(python, root):
    command = [python, "-m", "lib.settings", "PORT=9000"]
    answer = subprocess.run(command, cwd=root, capture_output=True, encoding="utf-8", check=True)
    assert json.loads(answer.stdout)["PORT"] == 9000


def test_the_upload_limit_of_streamlit_is_the_default_of_ours(root):
    config = tomllib.loads((root / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert config["server"]["maxUploadSize"] == settings.TABLE["MAX_WORKBOOK_MB"].default


def test_streamlit_and_the_charts_have_the_same_colours_and_type(root):
    told = tomllib.loads((root / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]
    shades = {"textColor": "ink", "backgroundColor": "background", "secondaryBackgroundColor": "surface"}
    shades |= {"borderColor": "line", "linkColor": "accent"}
    for name in ("light", "dark"):
        assert {key: told[name][key] for key in shades} == {
            key: getattr(theme.SHADES[shade], name) for key, shade in shades.items()
        }
        assert told[name]["primaryColor"] == theme.ACCENT
        assert told[name]["sidebar"]["backgroundColor"] == getattr(theme.SHADES["surface"], name)
    assert told["font"].startswith(theme.FONT)


def test_every_font_that_streamlit_is_told_of_is_here_with_its_licence(root):
    faces = tomllib.loads((root / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]["fontFaces"]
    named = {face["url"].removeprefix("app/static/fonts/") for face in faces}
    here = {path.name for path in (root / "static" / "fonts").glob("*.woff2")}
    assert named == here
    assert "SIL OPEN FONT LICENSE" in (root / "static" / "fonts" / "OFL.txt").read_text(encoding="utf-8")
