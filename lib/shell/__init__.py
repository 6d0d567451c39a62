"""What stands around the pages: the HTML they start from, in Vietnamese, and the program's files, compressed once.

Streamlit has no setting for either. `Shell` is put before it and changes nothing else.
"""

from lib.shell.compressed import Compressed
from lib.shell.html import letters
from lib.shell.middleware import Shell

__all__ = ["Compressed", "Shell", "letters"]
