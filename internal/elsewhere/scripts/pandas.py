"""Saves workbooks with pandas, as people do: tables are read and written, the first row as their heading.
Arguments: FORMAT FOLDER FILE …"""
import pathlib
import sys

import pandas

extension, folder, *files = sys.argv[1:]
for file in files:
    to = pathlib.Path(folder, pathlib.Path(file).stem)
    sheets = pandas.read_excel(file, sheet_name=None)
    if extension == "csv":
        for name, table in sheets.items():
            table.to_csv(f"{to}-{name}.csv", index=False, encoding="utf-8-sig")
        continue
    with pandas.ExcelWriter(f"{to}.xlsx") as book:
        for name, table in sheets.items():
            table.to_excel(book, sheet_name=name, index=False)
