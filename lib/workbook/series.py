"""A packed column -> pandas, without an object for each cell. What came from the reading process is never trusted."""

import numpy as np
import pandas as pd
import pyarrow as pa

from lib.workbook.packed import END, Packed
from lib.workbook.shape import DAY, LIST, NUMBER, TEXT, WHOLE

_NUMPY_TYPES = {DAY: "datetime64[D]", NUMBER: "float64", WHOLE: "int64", LIST: "int64"}


def series(column: Packed, kind: str) -> pd.Series:
    """The column with the type that `shape` gives its kind; ValueError or IndexError for one that holds no sense."""
    if kind == LIST:
        return pd.Series(_chosen(column.values, _numbers(column, kind)), dtype=kind)
    if column.values is not None:
        return pd.Series(column.values, dtype=kind)
    if kind == TEXT:
        return pd.Series(pd.array(_texts(column), dtype=kind))
    return pd.Series(_numbers(column, kind).astype(kind))


def _numbers(column: Packed, kind: str) -> np.ndarray:
    numbers = np.frombuffer(column.data, _NUMPY_TYPES[kind])
    if len(numbers) != column.rows:
        raise ValueError(f"{len(numbers)} numbers for {column.rows} rows")
    return numbers


def _chosen(values: list[list], numbers: np.ndarray) -> np.ndarray:
    """The list that each number stands for; rows that were equal share it."""
    choice = np.empty(len(values), object)
    choice[:] = [*values] if values else []
    return choice[numbers]


def _texts(column: Packed) -> pa.LargeStringArray:
    """The texts as Arrow keeps them: all letters, and where each text begins; the end marks fall away."""
    letters = np.frombuffer(column.data, np.uint8)
    in_text = letters != ord(END)
    ends = np.flatnonzero(~in_text) - np.arange(column.rows)
    begins = np.concatenate([np.zeros(1, np.int64), ends])
    texts = pa.LargeStringArray.from_buffers(column.rows, pa.py_buffer(begins), pa.py_buffer(letters[in_text]))
    texts.validate(full=True)
    return texts
