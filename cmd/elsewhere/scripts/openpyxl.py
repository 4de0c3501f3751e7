"""Prints what openpyxl finds in workbooks, a line of JSON each: by sheet, for each cell its value as a literal."""
import datetime
import json
import sys

import openpyxl


def literal(cell):
    value = cell.value
    if isinstance(value, (datetime.datetime, datetime.date, datetime.time)):
        return value.isoformat().removesuffix("T00:00:00")
    return value if cell.data_type == "e" else json.dumps(value, ensure_ascii=False)


def found(file):
    book = openpyxl.load_workbook(file, data_only=True)
    return {"sheets": [
        [sheet.title, {cell.coordinate: [literal(cell)] for row in sheet.iter_rows() for cell in row if cell.value not in (None, "")}]
        for sheet in book.worksheets
    ]}


for file in sys.argv[1:]:
    try:
        said = found(file)
    except Exception as wrong:  # whatever it is, the file is refused
        said = {"refused": str(wrong)}
    print(json.dumps(said, ensure_ascii=False))
