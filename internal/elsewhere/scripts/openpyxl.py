"""Saves workbooks with openpyxl. Arguments: FORMAT FOLDER FILE …"""
import pathlib
import sys

import openpyxl

extension, folder, *files = sys.argv[1:]
for file in files:
    openpyxl.load_workbook(file).save(pathlib.Path(folder, pathlib.Path(file).stem + "." + extension))
