"""What stands around the pages: the HTML they start from, in Vietnamese, and the program's files, compressed once;
and what browsers are told to refuse.

Streamlit has no setting for any of it. `Shell` is put before it and changes nothing else, `Locks` before both;
`Uploads` keeps files of strangers from it, `Returning` sessions of somebody else from strangers.
"""

from lib.shell.compressed import Compressed
from lib.shell.html import letters
from lib.shell.locks import Locks
from lib.shell.middleware import Shell
from lib.shell.returning import Returning
from lib.shell.uploads import Uploads

__all__ = ["Compressed", "Locks", "Returning", "Shell", "Uploads", "letters"]
