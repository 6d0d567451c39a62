"""Workbooks that are broken, odd or made to harm, and what reads them to see that no harm is done.

`files` and `zips` make them byte by byte, `cases` says what each must get, `oracle` what becomes of any bytes at all;
`corpus` runs a folder of spreadsheets through it, `fuzz` an endless row of mutations. Developers only.
"""
