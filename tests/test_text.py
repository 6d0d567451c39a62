"""Comparing, searching and cutting Vietnamese text; Roman numerals."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.text import clean, clean_all, fold, plain, roman, shorten, suggest


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
