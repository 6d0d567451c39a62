"""A packed column -> an array for pandas, made of whole columns. What the reading process sent is never trusted."""

import numpy as np
import pandas as pd
import pyarrow as pa

from lib.workbook.packed import END, Packed
from lib.workbook.shape import DAY, LIST, NUMBER, TEXT, WHOLE

_NUMPY_TYPES = {DAY: "datetime64[D]", NUMBER: "float64", WHOLE: "int64", LIST: "int64"}


def array_of(column: Packed, kind: str) -> np.ndarray | pd.api.extensions.ExtensionArray:
    """The column with the type that `shape` gives its kind; ValueError or IndexError for one that makes no sense."""
    if kind == LIST:
        return _chosen(column.values, _numbers(column, kind))
    if column.values is not None:
        return pd.array(column.values, dtype=kind)
    if kind == TEXT:
        return pd.array(_texts(column), dtype=kind)
    return _numbers(column, kind).astype(kind)


def _numbers(column: Packed, kind: str) -> np.ndarray:
    numbers = np.frombuffer(column.data, _NUMPY_TYPES[kind])
    if len(numbers) != column.rows:
        raise ValueError(f"{len(numbers)} numbers for {column.rows} rows")
    return numbers


def _chosen(values: list[list], numbers: np.ndarray) -> np.ndarray:
    """The list that each number stands for; rows that were equal share it."""
    choice = np.empty(len(values), object)
    choice[:] = values
    return choice[numbers]


def _texts(column: Packed) -> pa.LargeStringArray:
    """The texts as Arrow keeps them: all letters, and where each text begins; the end marks fall away."""
    letters = np.frombuffer(column.data, np.uint8)
    in_text = letters != ord(END)
    ends = np.flatnonzero(~in_text)
    if len(ends) != column.rows or in_text[-1:].any():
        raise ValueError(f"{len(ends)} texts for {column.rows} rows")
    begins = np.concatenate([np.zeros(1, np.int64), ends - np.arange(column.rows)])
    texts = pa.LargeStringArray.from_buffers(column.rows, pa.py_buffer(begins), pa.py_buffer(letters[in_text]))
    texts.validate(full=True)
    return texts
