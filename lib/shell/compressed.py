"""Files compressed once and kept: as small as gzip gets them, and no work for whoever asks next.

Two servers may fill the same folder at once: a file is written beside its place and then put there whole. Where
nothing can be written, everything is served as it lies.
"""

import gzip
import logging
import os
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

KINDS = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
}
"""What gets smaller, and what it is: Windows may say otherwise. Fonts and pictures are compressed already."""
SMALLEST_BYTES = 500

_log = logging.getLogger(__name__)


class Compressed:
    """The compressed copies of the files under `source`, kept in the first of `folders` that can be written to.

    A copy is taken for that of its original while both bear the same time.
    """

    def __init__(self, source: Path, folders: Iterable[Path]) -> None:
        self._source = source.resolve()
        self._folder = next(filter(_writable, folders), None)

    def of(self, path: Path) -> Path | None:
        """The compressed copy of the file at `path`, made now if need be; None where there is none to be had."""
        if self._folder is None or path.suffix not in KINDS or not path.is_relative_to(self._source):
            return None
        kept = self._folder / f"{path.relative_to(self._source)}.gz"
        if _is_copy(kept, path):
            return kept
        if not path.is_file() or path.stat().st_size < SMALLEST_BYTES:
            return None
        try:
            _compress(path, kept)
        except OSError as error:
            # A full disk, or on Windows another server that is just sending this file.
            _log.info("no compressed copy of %s: %s", path, error)
        return kept if _is_copy(kept, path) else None

    def make_all(self) -> None:
        """Compress whatever is not yet; for a thread of its own, at the first start of a version."""
        for path in sorted(self._source.rglob("*")):
            if path.is_file():
                self.of(path)


def _writable(folder: Path) -> bool:
    """Whether a file can be put into the folder, which is made if it is not there."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def _is_copy(kept: Path, original: Path) -> bool:
    """Whether `kept` was made from the file as it is now. Some file systems keep times to two seconds."""
    try:
        return abs(kept.stat().st_mtime - original.stat().st_mtime) <= 2
    except FileNotFoundError:
        return False


def _compress(path: Path, kept: Path) -> None:
    """Write the copy beside its place, then put it there whole, with the time of its original."""
    kept.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=kept.parent, suffix=".part")
    part = Path(name)
    try:
        with (
            path.open("rb") as plain,
            os.fdopen(handle, "wb") as raw,
            gzip.GzipFile("", "wb", compresslevel=9, fileobj=raw, mtime=0) as packed,
        ):
            shutil.copyfileobj(plain, packed, 1 << 20)
        changed = path.stat().st_mtime_ns
        os.utime(part, ns=(changed, changed))
        part.replace(kept)
    finally:
        part.unlink(missing_ok=True)
