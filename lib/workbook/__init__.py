"""The workbook: `reader.read` makes a register of bytes, or finds every problem at its cell; `form.write` goes back.

Nothing is imported here: the reading process imports this package too, and must not wait for pandas.
"""
