"""An XML part with something wrong in it: mostly still XML, so that it reaches the readers behind the parser."""

import re
from random import Random

TAG = re.compile(rb"<[^<>]*>")
ATTRIBUTE = re.compile(rb'\s([\w:]+)="([^"<]*)"')
TEXT = re.compile(rb">([^<>]+)<")
ELEMENT = re.compile(rb"<([\w:]+)[^<>]*?(?:/>|>[^<]*</\1>)")

VALUES = [
    b"",
    b"0",
    b"-1",
    b"1",
    b"4294967296",
    b"1e308",
    b"-1e999",
    b"NaN",
    b"inf",
    b"1048577",
    b"XFD1048576",
    b"A0",
    b"A1:",
    b"$B$2",
    b"B2",
    b"A1:XFD1048576",
    b"s",
    b"str",
    b"inlineStr",
    b"e",
    b"b",
    b"d",
    b"n",
    b"2024-02-30",
    b"0.5",
    b"9",
    b"14",
    b"16",
    b"true",
    b"&#0;",
    b"&lt;",
    b"&nbsp;",
    b"&#x10FFFF;",
    b"_xD800_",
    b"_x0000_",
    b"x" * 40_000,
    b"../../x",
    b"http://x.example/",
    b" ",
    b"\t",
    b"\xff",
    b"\xed\xa0\x80",
    "Tiến độ".encode(),
    b"rId1",
    b"rId99",
    b"1 048",
    b"1,5",
    b"999999999",
    b"-2147483649",
    b"0x1F",
    b"percentage",
    b"date",
    b"float",
    b"9999-12-31",
    b"PT5H",
    b"#REF!",
    b"#SPILL!",
]
INSERTED = [
    b"<!-- x -->",
    b"<![CDATA[5]]>",
    b"<?x y?>",
    b"<!DOCTYPE x>",
    b"<x/>",
    b"</row>",
    b"<c/>",
    b"&amp;",
    b"\0",
    b"<f>1</f>",
    b"<row/>",
    b"<text:p>x</text:p>",
    b"<row>" * 300,
    b"  \n",
    b"\xef\xbb\xbf",
]
ENCODINGS = [b"utf-16", b"iso-8859-1", b"windows-1258", b"ascii", b"utf-7", b"x", b""]


def changed(xml: bytes, chance: Random) -> bytes:
    """The part with one change; unchanged where it has nothing of the sort that was to be changed."""
    change = chance.choice(
        [_attribute, _attribute, _attribute, _text, _text, _element, _element, _tags, _insert, _declaration, _spelling]
    )
    return change(xml, chance)


def _pick(pattern: re.Pattern[bytes], xml: bytes, chance: Random) -> re.Match[bytes] | None:
    found = list(pattern.finditer(xml))
    return chance.choice(found) if found else None


def _attribute(xml: bytes, chance: Random) -> bytes:
    """Another value, another name, none at all, twice, or the value of another one."""
    one, other = _pick(ATTRIBUTE, xml, chance), _pick(ATTRIBUTE, xml, chance)
    if not one or not other:
        return xml
    value = chance.choice([*VALUES, other[2], one[2] + b"0", one[2].lower(), one[2].upper()])
    written = chance.choice(
        [b' %s="%s"' % (one[1], value)] * 6
        + [b"", one[0] * 2, b' %s="%s"' % (other[1], one[2]), b" %s='%s'" % (one[1], one[2]), b"\n" + one[0][1:]]
        + [b' %s = "%s"' % (one[1], one[2]), b" %s=%s" % (one[1], one[2]), b' x:%s="%s"' % (one[1], one[2])]
    )
    return xml[: one.start()] + written + xml[one.end() :]


def _text(xml: bytes, chance: Random) -> bytes:
    one, other = _pick(TEXT, xml, chance), _pick(TEXT, xml, chance)
    if not one or not other:
        return xml
    value = chance.choice([*VALUES, other[1], b" %s " % one[1], one[1] * 2, one[1][:-1]])
    return xml[: one.start(1)] + value + xml[one.end(1) :]


def _element(xml: bytes, chance: Random) -> bytes:
    """One element removed, doubled, moved, or put in the place of another one."""
    one, other = _pick(ELEMENT, xml, chance), _pick(ELEMENT, xml, chance)
    if not one or not other:
        return xml
    if chance.random() < 0.3 and one.end() <= other.start():
        between = xml[one.end() : other.start()]
        return xml[: one.start()] + other[0] + between + one[0] + xml[other.end() :]
    written = chance.choice([b"", one[0] * 2, other[0], one[0] + other[0], one[0] * 1_000])
    return xml[: one.start()] + written + xml[one.end() :]


def _tags(xml: bytes, chance: Random) -> bytes:
    """A tag removed, doubled, or renamed with all of its name."""
    one, other = _pick(TAG, xml, chance), _pick(TAG, xml, chance)
    if not one or not other:
        return xml
    if chance.random() < 0.4:
        names = [re.match(rb"</?([\w:]*)", tag[0])[1] for tag in (one, other)]
        if names[0] in (b"", b"c"):  # a sheet without any cell is a blank one, to everybody but openpyxl
            return xml
        return re.sub(rb"(</?)%s(?=[\s/>])" % re.escape(names[0]), rb"\g<1>" + names[1], xml)
    return xml[: one.start()] + chance.choice([b"", one[0] * 2, other[0]]) + xml[one.end() :]


def _insert(xml: bytes, chance: Random) -> bytes:
    tag = _pick(TAG, xml, chance)
    at = tag.end() if tag else 0
    return xml[:at] + chance.choice(INSERTED) + xml[at:]


def _declaration(xml: bytes, chance: Random) -> bytes:
    body = re.sub(rb"^<\?xml[^>]*\?>", b"", xml)
    encoding = chance.choice(ENCODINGS)
    if chance.random() < 0.5:
        return b'<?xml version="1.0" encoding="%s"?>' % encoding + body
    return body.decode("utf-8", errors="replace").encode(chance.choice(["utf-16", "utf-16-be", "utf-8-sig", "utf-32"]))


def _spelling(xml: bytes, chance: Random) -> bytes:
    """The same document written in another way that XML allows."""
    return chance.choice(
        [
            xml.replace(b'"', b"'"),
            xml.replace(b"><", b">\n <"),
            xml.replace(b"<v>", b"<v >"),
            xml.replace(b"<v>", b'<v xml:space="preserve">'),
            xml.replace(b' t="', b'\n\tt="'),
            xml.replace(b"/>", b" />"),
            re.sub(rb"<(/?)(\w+)(?=[\s/>])", rb"<\1x:\2", xml).replace(b"xmlns=", b"xmlns:x="),
            re.sub(rb' r="[A-Z]*\d+"', b"", xml),
        ]
    )
