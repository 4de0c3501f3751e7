"""Prints what openpyxl finds in a workbook, as JSON. Argument: FILE"""
import json
import sys

import openpyxl

book = openpyxl.load_workbook(sys.argv[1], data_only=True)
defined = book.defined_names
names = {}
for name in defined.values() if hasattr(defined, "values") else defined.definedName:
    sheet, cell = next(iter(name.destinations))
    names[name.name] = book[sheet][cell.replace("$", "")].value
links = sum(cell.hyperlink is not None for sheet in book for row in sheet.iter_rows() for cell in row)
print(json.dumps({"sheets": book.sheetnames, "names": names, "links": links}))
