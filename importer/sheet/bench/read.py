"""Read the first sheet of every workbook of a directory: read.py openpyxl|pandas DIR"""
import glob
import sys
import time

side, directory = sys.argv[1:]
if side == "pandas":
    import pandas
else:
    import openpyxl
cells = 0
start = time.time()
for path in sorted(glob.glob(directory + "/*.xlsx")):
    if side == "pandas":
        cells += int(pandas.read_excel(path, sheet_name=0, header=None, engine="openpyxl").notna().sum().sum())
        continue
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    sheet = book.worksheets[0]
    sheet.reset_dimensions()
    cells += sum(value is not None for row in sheet.iter_rows(values_only=True) for value in row)
    book.close()
print(f"bench: {cells} cells {time.time() - start:.3f} s")
