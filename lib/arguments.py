"""Command-line arguments in Vietnamese: argparse has no translation of its own words."""

import argparse
import re
from typing import NoReturn

_SAID = (
    (r"the following arguments are required: (.+)", r"thiếu \1"),
    (r"unrecognized arguments: (.+)", r"không có tùy chọn \1"),
    (r"argument (.+?): expected .*argument.*", r"\1 thiếu giá trị"),
    (r"argument (.+?): ignored explicit argument (.+)", r"\1 không nhận giá trị \2"),
    (r"argument (.+?): invalid choice: ('.*?').*", r"\1 không có lệnh \2"),
    (r"argument (.+?): (.+)", r"\1: \2"),
)


class _Help(argparse.HelpFormatter):
    def add_usage(self, usage, actions, groups, prefix=None):
        """The first line of the help."""
        super().add_usage(usage, actions, groups, prefix or "Cách dùng: ")


class Parser(argparse.ArgumentParser):
    """An argument parser whose help and complaints are Vietnamese; a complaint ends the program with exit code 2."""

    def __init__(self, **options: object) -> None:
        super().__init__(**options, add_help=False, formatter_class=_Help, allow_abbrev=False)
        self._positionals.title = "Tham số"
        self._optionals.title = "Tùy chọn"
        self.add_argument("-h", "--help", action="help", help="xem cách dùng")

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the arguments."""
        said = next(
            (re.sub(pattern, words, message) for pattern, words in _SAID if re.fullmatch(pattern, message)), message
        )
        self.exit(2, f"Lệnh chưa đúng: {said}.\nXem cách dùng: python run.py --help\n")
