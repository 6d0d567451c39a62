"""An office's own Word templates: files beside the data, which it changes in Word."""

from collections.abc import Iterable

from lib.errors import DashboardError
from lib.store.database import Store

FOLDER = "templates"


def own_templates(store: Store, names: Iterable[str]) -> dict[str, bytes]:
    """The bytes of each template that is there, by its file's name; DashboardError where one cannot be opened."""
    paths = [store.data_dir / FOLDER / name for name in names]
    try:
        return {path.name: path.read_bytes() for path in paths if path.is_file()}
    except OSError as error:
        raise DashboardError(
            f"Không mở được mẫu văn bản trong {store.data_dir / FOLDER}. Đóng tệp đang mở rồi làm lại."
        ) from error
