"""Cell addresses as Excel writes them, and as numbers: A1 is row 0, column 0."""

from functools import lru_cache

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@lru_cache(maxsize=32_768)
def column_number(letters: str) -> int:
    """Give the zero-based number of column `A`, `B`, ... `XFD`."""
    number = 0
    for letter in letters:
        number = number * 26 + LETTERS.index(letter) + 1
    return number - 1


def column_letters(column: int) -> str:
    """Give the letters of a zero-based column number."""
    letters = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        letters = LETTERS[letter] + letters
    return letters


def address(row: int, column: int) -> str:
    """Give `A1` for row 0, column 0."""
    return f"{column_letters(column)}{row + 1}"


def position(reference: str) -> tuple[int, int]:
    """Give (row, column) of `A1` or `$A$1`. Raises ValueError when it is no address."""
    plain = reference.replace("$", "").upper()
    letters = plain.rstrip("0123456789")
    row, column = int(plain[len(letters) :]) - 1, column_number(letters)
    if row < 0 or column < 0:
        raise ValueError(reference)
    return row, column
