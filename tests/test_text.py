"""Comparing, searching and cutting Vietnamese text; Roman numerals."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.text import (
    LONGEST_FILE_NAME,
    clean,
    clean_all,
    file_name,
    fold,
    for_terminal,
    plain,
    roman,
    shorten,
    suggest,
    turns,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Thanh tra Ban", "THANH TRA BAN"),
        ("uỷ ban", "ủy ban"),
        ("Hoà bình", "Hòa bình"),
        ("Tỉ lệ (%)", "Tỷ lệ (%)"),
        ("Kết quả,\nsản phẩm", "Kết quả,  sản phẩm"),
        ("Văn phòng.", "Văn phòng"),
        ("Văn hoá – xã hội", "Văn hóa - xã hội"),
        ("Tiến độ", unicodedata.normalize("NFD", "Tiến độ")),
    ],
)
def test_two_spellings_of_one_name_are_equal(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("ban", "bàn"), ("Văn phòng", "Văn phong"), ("tỉnh", "tỷnh"), ("đ", "d")])
def test_accents_and_letters_count(one, other):
    assert fold(one) != fold(other)


@given(st.text(alphabet="aăâeêioôơuưyđABCàảãáạằẩếệỉỷ ,.;-\n", max_size=30))
def test_folding_does_not_depend_on_the_form_of_accents(value):
    assert fold(unicodedata.normalize("NFC", value)) == fold(unicodedata.normalize("NFD", value))


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(value):
    assert fold(fold(value)) == fold(value)


def test_stored_text_is_nfc_and_trimmed_with_its_line_breaks():
    assert clean(unicodedata.normalize("NFD", "\u00a0 Dòng một\nDòng hai \ufeff")) == "Dòng một\nDòng hai"


@given(st.lists(st.text(max_size=12), max_size=6))
def test_a_column_is_cleaned_like_each_of_its_cells(values):
    assert clean_all(values) == [clean(value) for value in values]


def test_searching_ignores_case_and_accents():
    assert plain("  ĐÀO   tạo ") == "dao tao"


def test_a_misspelt_name_gets_the_nearest_known_one():
    assert suggest("Phòng Chính sach dân tộc", ["Văn phòng", "Phòng Chính sách dân tộc"]) == "Phòng Chính sách dân tộc"
    assert suggest("Sở Tài chính", ["Văn phòng"]) is None


def test_long_text_is_cut_at_a_word():
    assert shorten("Quán triệt và tổ chức thực hiện", 20) == "Quán triệt và tổ…"
    assert shorten("Ngắn", 20) == "Ngắn"


@given(st.text(min_size=1, max_size=200))
def test_cut_text_stays_under_its_limit(value):
    assert len(shorten(value, 60)) < 60


def test_roman_numerals():
    assert [roman(value) for value in ("IV", "iii", "IX", "IIII", "ABC", "İ", "")] == [4, 3, 9, None, None, None, None]


@pytest.mark.parametrize("unseen", ["\u202e", "\u202a", "\u2066", "\u2069", "\u200f", "\u061c"])
def test_what_turns_the_writing_round_is_left_out(unseen):
    value = f"Ngày {unseen}05/12"
    assert turns(value) and not turns(clean(value))
    assert clean(value) == clean_all([value])[0] == "Ngày 05/12"
    assert fold(value) == fold("Ngày 05/12")


@pytest.mark.parametrize("control", ["\x00", "\x07", "\x08", "\x1b", "\x7f", "\x9b", "\u202e"])
def test_a_terminal_is_told_nothing_that_it_obeys(control):
    assert for_terminal(f"dòng một\nhai{control}[2J") == "dòng một\nhai[2J"


# Names of files that somebody sent


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("Sổ theo dõi tháng 11.xlsx", "Sổ theo dõi tháng 11.xlsx"),
        ("../../etc/so.xlsx", "so.xlsx"),
        ("C:\\Users\\bình\\so.xlsx", "so.xlsx"),
        ("\\\\may-chu\\chung\\so.xlsx", "so.xlsx"),
        ("so\x00.xlsx\r\nX: y.xlsx", "so_.xlsx X_ y.xlsx"),
        ("so\u202excod.xlsx", "soxcod.xlsx"),
        ("<img src=x onerror=alert(1)>.xlsx", "_img src=x onerror=alert(1)_.xlsx"),
        ('so".xlsx', "so_.xlsx"),
        ("CON.xlsx", "_CON.xlsx"),
        ("nul.thang-11.xlsx", "_nul.thang-11.xlsx"),
        ("lpt1 .xlsx", "_lpt1.xlsx"),
        ("so. . .xlsx", "so.xlsx"),
        ("📊 sổ.xlsx", "📊 sổ.xlsx"),
        ("...", "so-theo-doi.xlsx"),
        (".xlsx", "so-theo-doi.xlsx"),
        ("", "so-theo-doi.xlsx"),
        ("a/", "so-theo-doi.xlsx"),
    ],
)
def test_a_name_of_a_file_is_no_path_no_device_and_no_trick(sent, kept):
    assert file_name(sent, "so-theo-doi.xlsx") == kept


def test_a_long_name_of_a_file_keeps_its_ending():
    kept = file_name("dài " * 80 + ".xlsx", "")
    assert kept.endswith("dài.xlsx") and len(kept) <= LONGEST_FILE_NAME


@given(st.text(max_size=300))
def test_every_name_of_a_file_can_be_given_to_any_system(sent):
    kept = file_name(sent, "so.xlsx")
    assert 0 < len(kept) <= LONGEST_FILE_NAME and not set(kept) & set('/\\<>:"|?*\r\n\0') and not turns(kept)
    assert kept.strip(" .") == kept
