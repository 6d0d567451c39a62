"""Fields into a Word template. A cell's text stays text: no field, link or mark of the template comes alive in it."""

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from zipfile import BadZipFile

from docx.opc.exceptions import PackageNotFoundError
from docxtpl import DocxTemplate
from jinja2 import DictLoader, StrictUndefined, TemplateError, UndefinedError
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree
from markupsafe import Markup, escape

from lib.errors import DashboardError
from lib.reports.templates import built_in
from lib.text import shorten
from lib.workbook.form_rows import text


class BrokenTemplate(DashboardError):
    """An office's own template that cannot be filled; the message names the field or the place."""


@dataclass(frozen=True)
class Filled:
    """A document, and why it was not made with the office's own template where there is one; "" where it was."""

    data: bytes
    complaint: str = ""


def fill(file_name: str, fields: Mapping[str, object], own: bytes | None = None) -> Filled:
    """The document of template `file_name` with `fields`: of the office's `own`, of the built-in one where it has none
    or where its own is broken."""
    if own is None:
        return Filled(filled(built_in(file_name), fields))
    try:
        return Filled(filled(own, fields))
    except BrokenTemplate as error:
        said = f"Mẫu {file_name} chưa dùng được: {error} Văn bản này dùng mẫu có sẵn của chương trình."
        return Filled(filled(built_in(file_name), fields), said)


def filled(template: bytes, fields: Mapping[str, object]) -> bytes:
    """The template with its fields; BrokenTemplate where that cannot be."""
    try:
        document = _Strict(io.BytesIO(template))
        document.render(dict(fields), _ENVIRONMENT)
        buffer = io.BytesIO()
        document.save(buffer)
    except UndefinedError as error:
        raise BrokenTemplate(_unknown(str(error))) from error
    except SecurityError as error:
        raise BrokenTemplate("có lệnh không được phép. Chỉ dùng các trường trong hướng dẫn.") from error
    except TemplateError as error:
        raise BrokenTemplate(_wrong(error)) from error
    except (BadZipFile, PackageNotFoundError, KeyError, ValueError, etree.XMLSyntaxError) as error:
        raise BrokenTemplate("tệp không phải văn bản Word (.docx) nguyên vẹn, hoặc dấu lặp đặt sai chỗ.") from error
    return buffer.getvalue()


class _Strict(DocxTemplate):
    """A template whose result must be whole: the library would mend what a misplaced mark has torn, and lose text."""

    def fix_tables(self, xml: str) -> etree._Element:
        """Refuse torn XML before the library mends it."""
        etree.fromstring(xml, etree.XMLParser(huge_tree=True, resolve_entities=False))
        return super().fix_tables(xml)

    def render_properties(self, context: Mapping, jinja_env: object = None) -> None:
        """A document's title and author are no fields."""


def _as_text(value: object) -> object:
    """What a field puts into the XML: its characters, those that would be a mark of the template as references."""
    if not isinstance(value, str) or isinstance(value, Markup):
        return value if isinstance(value, Markup) else str(value)
    safe = str(escape(text(value))).replace("{", "&#123;").replace("}", "&#125;")
    return Markup(safe.replace("%", "&#37;"))


class _Fields(ImmutableSandboxedEnvironment):
    """Fields, conditions and loops over what is given, and nothing that makes much of little: a template comes from
    anywhere, by mail too."""

    intercepted_binops = frozenset(("*", "**", "%"))

    def call_binop(self, context: Context, operator: str, left: object, right: object) -> object:  # noqa: ARG002
        """Refuse to multiply."""
        raise SecurityError(operator)

    def is_safe_callable(self, obj: object) -> bool:  # noqa: ARG002
        """Refuse to call anything."""
        return False


_FILTERS = ("capitalize", "default", "e", "escape", "first", "join", "last", "length", "lower", "trim", "upper")
"""What a field may be passed through."""
# A loader that finds nothing: other files are no part of a template.
_ENVIRONMENT = _Fields(autoescape=True, undefined=StrictUndefined, finalize=_as_text, loader=DictLoader({}))
_ENVIRONMENT.globals.clear()
_ENVIRONMENT.filters = {name: _ENVIRONMENT.filters[name] for name in _FILTERS}


def _unknown(said: str) -> str:
    """The name in what the template language says of a missing one."""
    found = re.search(r"'([^']+)' is undefined|has no attribute '([^']+)'|no element (.+)", said)
    name = next((part for part in found.groups() if part), "") if found else ""
    return f"có trường lạ “{name}”. Sửa hoặc xóa trường đó; tên các trường có trong hướng dẫn."


def _wrong(error: TemplateError) -> str:
    """Where a field or a loop is written wrongly: the words that stand there."""
    lines = [line.strip() for line in getattr(error, "docx_context", ()) if "{" in line]
    near = f" gần “{shorten(lines[-1], 80)}”" if lines else ""
    return f"có trường hoặc dấu lặp viết sai{near}. Mỗi trường viết {{{{ tên }}}}, mỗi for có endfor, mỗi if có endif."
