"""Prints what pandas finds in workbooks, a line of JSON each: by sheet, for each cell its value as a literal. No row is taken
for a heading, and what counts as blank is left as it is by default."""
import datetime
import json
import sys

import pandas


def literal(value):
    if isinstance(value, (datetime.datetime, datetime.date, datetime.time)):
        return value.isoformat().removesuffix("T00:00:00")
    return json.dumps(value, ensure_ascii=False, default=lambda number: number.item())


def letters(column):
    return (letters(column // 26 - 1) if column > 25 else "") + chr(65 + column % 26)


def found(file):
    sheets = []
    for name, table in pandas.read_excel(file, sheet_name=None, header=None, dtype=object).items():
        cells = {}
        for row, line in enumerate(table.itertuples(index=False), 1):
            for column, value in enumerate(line):
                if not pandas.isna(value) and value != "":
                    cells[f"{letters(column)}{row}"] = [literal(value)]
        sheets.append([name, cells])
    return {"sheets": sheets}


for file in sys.argv[1:]:
    try:
        said = found(file)
    except Exception as wrong:  # whatever it is, the file is refused
        said = {"refused": str(wrong)}
    print(json.dumps(said, ensure_ascii=False))
