"""What a hostile workbook must get: the table that the modules `case_*` fill, and how they spoil a sound one."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from tests import workbooks
from tests.hostile import files, seeds
from tests.hostile.oracle import Verdict

Make = Callable[[], bytes]
SHEETS = ("Thông tin", "Mục", "Đơn vị", "Nhiệm vụ", "Tiến độ", "Mô hình")


@dataclass(frozen=True)
class Case:
    """A file by its name: it must come to `gets`, and one of the sentences must hold `says`."""

    name: str
    make: Make
    gets: Verdict
    says: str = ""
    kind: str = "xlsx"


@dataclass
class Table:
    """The cases of one module, in their order."""

    cases: list[Case] = field(default_factory=list)

    def add(self, name: str, make: Make | bytes, gets: Verdict, says: str = "", kind: str = "xlsx") -> None:
        """Add a case; `make` gives its bytes, or is them."""
        self.cases.append(Case(name, make if callable(make) else lambda: make, gets, says, kind))

    def accepted(self, name: str, make: Make | bytes, says: str = "", kind: str = "xlsx") -> None:
        """A workbook that counts, with warnings at most."""
        self.add(name, make, Verdict.ACCEPTED, says, kind)

    def problems(self, name: str, make: Make | bytes, says: str = "", kind: str = "xlsx") -> None:
        """A workbook that can be opened and whose errors are told at their cells."""
        self.add(name, make, Verdict.PROBLEMS, says, kind)

    def refused(self, name: str, make: Make | bytes, says: str, kind: str = "xlsx") -> None:
        """A file that is refused as a whole."""
        self.add(name, make, Verdict.REFUSED, says, kind)


def sound() -> bytes:
    """The ordinary workbook."""
    return seeds.seed("xlsx")


def book(*changed: str) -> bytes:
    """The ordinary workbook with sheets written as in `tests.workbooks`."""
    return workbooks.xlsx(workbooks.workbook(*changed))


def part_of(sheet: str) -> str:
    """Where the ordinary workbook keeps a sheet."""
    return f"xl/worksheets/sheet{SHEETS.index(sheet) + 1}.xml"


def with_part(name: str, content: bytes | str | Callable[[bytes], bytes]) -> bytes:
    """The ordinary workbook with one part changed or added."""
    return files.rezipped(sound(), {name: content.encode() if isinstance(content, str) else content})


def with_cell(sheet: str, address: str, cell: str) -> bytes:
    """The ordinary workbook with the XML of one cell put in the place of what it has; `A` stands for its address."""
    old = re.compile(rb'<c r="%s"[^>]*?(?:/>|>.*?</c>)' % address.encode())
    new = cell.replace('r="A"', f'r="{address}"').encode()

    def change(xml: bytes) -> bytes:
        found = old.search(xml)
        if found:
            return xml[: found.start()] + new + xml[found.end() :]
        row = re.search(rb'<row r="%s".*?(?=</row>)' % re.sub(r"\D", "", address).encode(), xml)
        return xml[: row.end()] + new + xml[row.end() :]

    return with_part(part_of(sheet), change)


def with_sheet(sheet: str, change: Callable[[bytes], bytes]) -> bytes:
    """The ordinary workbook with the XML of a whole sheet changed."""
    return with_part(part_of(sheet), change)
