"""Prints what a workbook holds, by a reader that is not ours, for workbook_test.cpp to compare.

    read_workbook.py FILE

One line for each fact: "sheet NAME", "cell SHEET!A1 TYPE VALUE", "frozen SHEET A2" and so on.
"""

import sys
import zipfile

import openpyxl


def main(path):
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        for name in archive.namelist():
            text = archive.read(name).decode("utf-8")
            print(f"formulas {text.count('<f>')} {name}") if "<f>" in text else None
    workbook = openpyxl.load_workbook(path)
    print("created", workbook.properties.created.isoformat())
    for sheet in workbook.worksheets:
        name = sheet.title
        print("sheet", name)
        print("frozen", name, sheet.freeze_panes)
        print("filter", name, sheet.auto_filter.ref)
        print("repeat", name, sheet.print_title_rows)
        print("page", name, sheet.page_setup.orientation, sheet.page_setup.fitToWidth,
              sheet.page_setup.fitToHeight)
        print("footer", name, sheet.oddFooter.right.text)
        print("charts", name, len(sheet._charts))
        print("conditions", name, len(sheet.conditional_formatting))
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None:
                    kind = "d" if cell.is_date else cell.data_type
                    value = cell.value.isoformat() if cell.is_date else cell.value
                    print("cell", f"{name}!{cell.coordinate}", kind, repr(value))


main(sys.argv[1])
