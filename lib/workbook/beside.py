"""The hidden facts of a large workbook, found by a second thread while the first reads its values.

Both have a core of their own: the cell reader lets go of the interpreter while it takes a sheet apart.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from lib.workbook.budget import Budget
from lib.workbook.facts import hidden_facts
from lib.workbook.hidden import Hidden
from lib.workbook.limits import Limits

WORTH_A_THREAD = 2**20
Facts = dict[str, Hidden]


def begin(data: bytes, kind: str, limits: Limits) -> Callable[[], Facts]:
    """Begin to look for the hidden facts; what is returned waits for them, or raises what the search raised.

    A small file has them at once: there the cell reader touches nothing before the search has found it harmless.
    """
    if len(data) < WORTH_A_THREAD:
        facts = hidden_facts(data, kind, Budget(limits))
        return lambda: facts
    return ThreadPoolExecutor(1).submit(hidden_facts, data, kind, Budget(limits)).result
