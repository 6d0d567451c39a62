"""XML that unfolds, nests, floods, or is written as nobody else writes it."""

import re

from tests.hostile.case import Table, part_of, sound, with_cell, with_part, with_sheet
from tests.hostile.files import unzipped, xlsx, zipped

DAMAGED, UNSAFE = "bị hỏng", "khai báo lạ"
LAUGHS = "<!DOCTYPE x [<!ENTITY a '" + "ha" * 10 + "'>" + "".join(
    f"<!ENTITY {chr(98 + at)} '{f'&{chr(97 + at)};' * 10}'>" for at in range(9)
) + "]>"  # fmt: skip
OUTSIDE = "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>"
PARAMETERS = "<!DOCTYPE x [<!ENTITY % a SYSTEM 'http://x.example/a.dtd'> %a;]>"
WORKBOOK, TYPES, STYLES = "xl/workbook.xml", "[Content_Types].xml", "xl/styles.xml"
MANY = 300_000
table = Table()


def before(declaration: str, name: str, use: bytes = b"") -> bytes:
    """The ordinary workbook with something before the root of a part, and one of its texts changed to `use`."""

    def change(xml: bytes) -> bytes:
        body = re.sub(rb"^<\?xml[^>]*\?>\s*", b"", xml)
        return declaration.encode() + (re.sub(rb"<t>[^<]*</t>", b"<t>%s</t>" % use, body, count=1) if use else body)

    return with_part(name, change)


def in_bytes(text: bytes, declared: str = "utf-8") -> bytes:
    """The ordinary workbook with a section's name given byte by byte."""

    def change(xml: bytes) -> bytes:
        body = re.sub(rb"^<\?xml[^>]*\?>\s*", b"", xml)
        head = b'<?xml version="1.0" encoding="%s"?>' % declared.encode()
        return head + re.sub(rb'(<c r="B2"[^>]*><is><t>)[^<]*', lambda found: found[1] + text, body)

    return with_sheet("Mục", change)


def recoded(name: str, encoding: str, declared: str = "") -> bytes:
    """The ordinary workbook with one part in another encoding."""

    def change(xml: bytes) -> bytes:
        body = re.sub(r"^<\?xml[^>]*\?>\s*", "", xml.decode())
        return (f'<?xml version="1.0" encoding="{declared or encoding}"?>' + body).encode(encoding, "xmlcharrefreplace")

    return with_part(name, change)


def behind(addition: str, sheet: str = "Tiến độ") -> bytes:
    """The ordinary workbook with something behind the cells of a sheet."""
    return with_sheet(sheet, lambda xml: xml.replace(b"</sheetData>", b"</sheetData>" + addition.encode()))


def among(addition: str, sheet: str = "Tiến độ") -> bytes:
    """The ordinary workbook with something behind the last row of a sheet."""
    return with_sheet(sheet, lambda xml: xml.replace(b"</sheetData>", addition.encode() + b"</sheetData>"))


def prefixed(sheet: str) -> bytes:
    """The ordinary workbook with every element of a sheet written with a prefix."""
    return with_sheet(sheet, lambda xml: re.sub(rb"<(/?)(\w+)", rb"<\1x:\2", xml).replace(b" xmlns=", b" xmlns:x="))


def without_addresses() -> bytes:
    """Rows and cells that do not say where they are; blank cells stand where there were none."""

    def change(xml: bytes) -> bytes:
        return re.sub(rb'<(c|row) r="[A-Z]*\d+"', rb"<\1", xml)

    return with_sheet("Mục", change)


def utf16_everywhere() -> bytes:
    """The ordinary workbook with all of its XML in UTF-16."""
    parts = unzipped(sound())
    for name in parts:
        body = re.sub(r"^<\?xml[^>]*\?>\s*", "", parts[name].decode())
        parts[name] = ('<?xml version="1.0" encoding="UTF-16"?>' + body).encode("utf-16")
    return zipped(parts)


for place in (WORKBOOK, TYPES, STYLES, part_of("Tiến độ")):
    table.refused(f"billion laughs in {place}", lambda place=place: before(LAUGHS, place, b"&j;"), UNSAFE)
    table.refused(f"an entity from outside in {place}", lambda place=place: before(OUTSIDE, place, b"&a;"), UNSAFE)
table.refused("a document type from the web", lambda: before(PARAMETERS, part_of("Mục")), UNSAFE)
table.refused("a document type in small letters", lambda: before("<!doctype x>", part_of("Mục")), UNSAFE)
table.refused(
    "a document type in shared strings", lambda: xlsx(extra={"xl/sharedStrings.xml": LAUGHS + "<sst/>"}), UNSAFE
)
table.refused(
    "a document type behind a long comment", lambda: before(f"<!--{'x' * 70_000}-->{LAUGHS}", part_of("Mục")), UNSAFE
)
table.refused(
    "an entity nobody declared",
    lambda: with_cell("Mục", "B2", '<c r="A" t="inlineStr"><is><t>&x;</t></is></c>'),
    DAMAGED,
)
table.refused("a sheet in UTF-16", lambda: recoded(part_of("Tiến độ"), "utf-16"), UNSAFE)
table.refused("everything in UTF-16", utf16_everywhere, UNSAFE)
table.refused("a sheet in UTF-32", lambda: recoded(part_of("Tiến độ"), "utf-32"), UNSAFE)
table.accepted("a sheet with a byte order mark", lambda: recoded(part_of("Tiến độ"), "utf-8-sig", "utf-8"))
table.accepted("a sheet in Latin 1", lambda: recoded(part_of("Tiến độ"), "iso-8859-1"))
table.accepted(
    "a sheet in an encoding nobody knows", lambda: before('<?xml version="1.0" encoding="x-y"?>', part_of("Mục"))
)
table.refused(
    "a sheet in unusual markup and an encoding nobody knows",
    lambda: before("<?xml version='1.0' encoding='x'?><!-- & -->", part_of("Mục")),
    DAMAGED,
)
table.refused(
    "styles in an encoding nobody knows", lambda: before('<?xml version="1.0" encoding="x-y"?>', STYLES), DAMAGED
)
table.refused(
    "a text within CDATA",
    lambda: with_cell("Mục", "B2", '<c r="A" t="inlineStr"><is><t><![CDATA[x]]></t></is></c>'),
    UNSAFE,
)
table.refused(
    "a shared text within CDATA",
    lambda: xlsx('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', strings=["<![CDATA[x]]>"]),
    UNSAFE,
)
table.refused("bytes that are no UTF-8", lambda: in_bytes("é".encode("latin-1")), DAMAGED)
table.refused("half of a pair of surrogates as bytes", lambda: in_bytes(b"\xed\xa0\x80"), DAMAGED)
table.refused("bytes of another encoding, declared", lambda: in_bytes("é".encode("latin-1"), "iso-8859-1"), DAMAGED)
table.accepted(
    "a style sheet for browsers", lambda: before('<?xml-stylesheet href="http://x.example/x.css"?>', part_of("Mục"))
)
table.accepted("a sheet nested 200 000 deep", lambda: behind("<a>" * 200_000 + "</a>" * 200_000))
table.accepted(
    "a workbook part nested 200 000 deep",
    lambda: with_part(
        WORKBOOK, lambda xml: xml.replace(b"<sheets>", b"<a>" * 200_000 + b"</a>" * 200_000 + b"<sheets>")
    ),
)
table.accepted("rows within rows", lambda: among("<row>" * 5_000 + "</row>" * 5_000))
table.accepted(
    "hundreds of thousands of attributes", lambda: among("<row " + " ".join(f'a{n}=""' for n in range(MANY)) + "/>")
)
table.accepted(
    "hundreds of thousands of attributes of a cell",
    lambda: among('<row r="900"><c r="A900" ' + " ".join(f'a{n}=""' for n in range(MANY)) + "><v>1</v></c></row>"),
)
table.accepted(
    "hundreds of thousands of name spaces",
    lambda: behind("<a " + " ".join(f'xmlns:a{n}="x"' for n in range(MANY)) + "/>"),
)
table.accepted("an attribute twice", lambda: with_cell("Mục", "B2", '<c r="A" s="0" s="0"><v>1</v></c>'))
table.accepted("an attribute of 3 MB", lambda: among(f'<row r="900" x="{"x" * 3_000_000}"/>'))
table.accepted(
    "half a million spaces behind a formula",
    lambda: among(f'<row r="900"><c r="Z900"><f>1</f>{" " * 500_000}<v>1</v></c></row>'),
)
table.refused("tags without an end", lambda: among("<f " * MANY), DAMAGED)
table.accepted("errors without an end", lambda: among(' t="e"' * MANY))
table.refused("a sheet that is cut", lambda: with_sheet("Tiến độ", lambda xml: xml[: len(xml) // 2]), DAMAGED)
table.refused("a sheet with nothing in it", lambda: with_sheet("Tiến độ", lambda xml: b""), DAMAGED)
table.refused("a sheet that is some other XML", lambda: with_part(part_of("Tiến độ"), "<a/>"), DAMAGED)
table.refused("a sheet that is no XML", lambda: with_part(part_of("Tiến độ"), "\0\1\2" * 100), DAMAGED)
table.accepted("NUL within a sheet", lambda: among("\0"))
table.accepted("two roots", lambda: with_sheet("Tiến độ", lambda xml: xml + b"<a/>"))
table.accepted("elements with a prefix", lambda: prefixed("Tiến độ"))
table.accepted("single quotes", lambda: with_sheet("Tiến độ", lambda xml: xml.replace(b'"', b"'")))
table.accepted("a line for each tag", lambda: with_sheet("Tiến độ", lambda xml: xml.replace(b"><", b">\n<")))
table.accepted("rows and cells without addresses", without_addresses)
table.accepted("comments between the rows", lambda: among("<!-- <row r='7'><c r='A7'><v>1</v></c></row> -->"))
table.accepted("elements nobody knows", lambda: behind('<x:y xmlns:x="http://x.example/"><x:z/></x:y>'))
table.accepted(
    "alternate content", lambda: behind('<mc:AlternateContent xmlns:mc="x"><mc:Fallback/></mc:AlternateContent>')
)
for what, styles in {
    "a style of no number": '<styleSheet xmlns="x"><cellXfs><xf numFmtId="x"/></cellXfs></styleSheet>',
    "styles that are cut": "<styleSheet>",
    "styles that are empty but for blanks": "  ",
}.items():
    table.refused(what, lambda styles=styles: with_part(STYLES, styles), DAMAGED)
table.refused("relations that are empty", lambda: with_part("xl/_rels/workbook.xml.rels", ""), DAMAGED)
