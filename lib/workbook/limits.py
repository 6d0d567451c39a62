"""How much an untrusted workbook may ask of this machine: one table, passed as an argument."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Upper bounds for one workbook and for the process that opens it.

    The zip bounds come from a corpus of public files, whose largest benign compression ratio was 69; the rest leave
    room for a sheet of 100 000 rows with every column of the contract (docs/quy-tac-tinh.md, "Sổ theo dõi").
    """

    file_bytes: int = 50 * 2**20
    zip_entries: int = 2_000
    unpacked_bytes: int = 200 * 2**20
    zip_ratio: int = 100
    ratio_floor_bytes: int = 4 * 2**20  # parts that unpack to less than this may compress as well as they like
    sheets: int = 200
    cells: int = 4_000_000  # cells written in the file, over all sheets
    area: int = 8_000_000  # cells between A1 and the last used cell, over all sheets: the reader allocates them all
    string_chars: int = 32_767  # Excel's own limit for one cell
    text_bytes: int = 400 * 2**20  # shared text, counted each time a cell repeats it
    merges: int = 100_000
    merged_area: int = 1_000_000
    child_seconds: float = 60.0
    child_bytes: int = 1536 * 2**20  # memory of the reading process
    answer_bytes: int = 1024 * 2**20  # what the reading process may send back
    queue_seconds: float = 90.0  # how long a reader waits for its turn

    @classmethod
    def within(cls, megabytes: int, seconds: float, memory_megabytes: int) -> "Limits":
        """The bounds as the settings give them: largest file, longest reading, most memory."""
        return cls(file_bytes=megabytes * 2**20, child_seconds=seconds, child_bytes=memory_megabytes * 2**20)
