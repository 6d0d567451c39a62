"""Makes the font of the icons that Streamlit's program can draw by itself, out of its font of all icons.

    python -m pip install fonttools==4.68.0 brotli==1.2.1
    python -m tests.icon_font

To be run again after changing the version of Streamlit; where the names of the two files differ, Streamlit's own is
sent. Kept is every icon whose name stands anywhere in the program as a text of its own, so rather too many.
"""

import re
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from streamlit import file_util

PROGRAM = Path(file_util.get_static_dir()) / "static"
OURS = Path(__file__).resolve().parent.parent / "static" / "program" / "media"
LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789_ "


def main() -> None:
    """Write the font and say what it holds."""
    source = next((PROGRAM / "media").glob("MaterialSymbols-Rounded.*.woff2"))
    font = TTFont(source)
    characters = {glyph: chr(code) for code, glyph in font.getBestCmap().items()}
    texts = _texts()
    kept = {glyph for name, glyph in _ligatures(font, characters) if name in texts}
    for table in _tables(font):
        table.ligatures = {
            first: left
            for first, found in table.ligatures.items()
            if (left := [one for one in found if one.LigGlyph in kept])
        }
    options = subset.Options(flavor="woff2", layout_features=["*"], layout_closure=False, name_IDs=["*"])
    maker = subset.Subsetter(options)
    letters = {glyph for glyph, character in characters.items() if character in LETTERS}
    maker.populate(glyphs=sorted(kept | letters))
    maker.subset(font)
    subset.save_font(font, OURS / source.name, options)
    print(f"{source.name}: {len(kept)} icons, {(OURS / source.name).stat().st_size} bytes")


def _tables(font: TTFont):
    """The tables of ligatures."""
    for lookup in font["GSUB"].table.LookupList.Lookup:
        for table in lookup.SubTable:
            yield getattr(table, "ExtSubTable", table)


def _ligatures(font: TTFont, characters: dict[str, str]):
    """Each icon's name with its glyph."""
    for table in _tables(font):
        for first, found in table.ligatures.items():
            for one in found:
                yield "".join(characters[glyph] for glyph in (first, *one.Component)), one.LigGlyph


def _texts() -> set[str]:
    """Every short text that stands by itself in the program."""
    code = "\n".join(path.read_text(encoding="utf-8") for path in sorted((PROGRAM / "js").glob("*.js")))
    return set(re.findall(r"[`'\":/]([a-z0-9_]{2,40})(?=[`'\":])", code))


if __name__ == "__main__":
    main()
