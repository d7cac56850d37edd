"""Workbooks in XLSX with formulas that also carry their computed value.

A workbook written by a library has no computed values until a spreadsheet program opens it, so
a preview would show empty cells. Here the writer states each formula's value beside it, and
`check` lets LibreOffice calculate the workbook again and compares.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime
from math import ceil
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

import firm
from package import repack

ACCENT, SHADE, LINE = "17506B", "EEF2F5", "C3CCD4"
RED, AMBER, GREEN = "F4C7C3", "FCE8B2", "CFE8D0"
_THIN = Side(style="thin", color=LINE)
BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)


@dataclass(frozen=True)
class Formula:
    """A formula and the value it has with the workbook's own data."""

    text: str
    value: object


class Book:
    """A workbook of printed sheets; remembers formula values until it is saved."""

    def __init__(self, title, number, day, author):
        self.workbook = Workbook()
        self.workbook.remove(self.workbook.active)
        self.title, self.number, self.day, self.author = title, number, day, author
        self._values = {}

    def add_sheet(self, name, widths, landscape=True):
        """A sheet with the firm's head in rows 1 and 2; its table begins in row 4."""
        sheet = self.workbook.create_sheet(name)
        for index, width in enumerate(widths, 1):
            sheet.column_dimensions[get_column_letter(index)].width = width
        sheet["A1"] = f"{firm.NAME}  ·  {self.title}"
        sheet["A1"].font = Font(name="Calibri", size=15, bold=True, color=ACCENT)
        sheet["A2"] = (f"{self.number}  ·  state of {self.day.isoformat()}  ·  kept by "
                       f"{self.author.name}")
        sheet["A2"].font = Font(name="Calibri", size=9, color="6B7782")
        setup = sheet.page_setup
        setup.orientation = "landscape" if landscape else "portrait"
        setup.paperSize, setup.fitToWidth, setup.fitToHeight = 9, 1, 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        margins = sheet.page_margins
        margins.left = margins.right = 0.4
        margins.top, margins.bottom = 0.6, 0.75
        sheet.oddFooter.left.text = f"{self.number} {self.title}"
        sheet.oddFooter.right.text = "Page &P of &N"
        sheet.sheet_view.showGridLines = False
        return sheet

    def put(self, sheet, place, value, **look):
        """Writes one cell: plain value, date or Formula."""
        cell = sheet[place]
        if isinstance(value, Formula):
            self._values.setdefault(sheet.title, {})[place] = value.value
            cell.value = "=" + value.text
            if isinstance(value.value, (date, datetime)):
                cell.number_format = "yyyy-mm-dd"
        else:
            cell.value = value
            if isinstance(value, date):
                cell.number_format = "yyyy-mm-dd"
        cell.font = Font(name="Calibri", size=10, bold=look.get("bold", False),
                         color=look.get("color", "1D2731"))
        shown = value.value if isinstance(value, Formula) else value
        usual = {date: "center", int: "right", float: "right"}.get(type(shown))
        place_in_cell = look.get("align") or usual
        cell.alignment = Alignment(wrap_text=look.get("wrap", True), vertical="center",
                                   horizontal=place_in_cell,
                                   indent=1 if place_in_cell == "right" else 0)
        if look.get("fill"):
            cell.fill = PatternFill("solid", start_color=look["fill"])
        if look.get("format"):
            cell.number_format = look["format"]
        if look.get("box", True):
            cell.border = BOX
        return cell

    def table(self, sheet, rows, top=4):
        """Writes `rows`, the first one as head, from row `top` down; returns the last row."""
        for column, words in enumerate(rows[0], 1):
            self.put(sheet, f"{get_column_letter(column)}{top}", words, bold=True,
                     color="FFFFFF", fill=ACCENT)
        for offset, row in enumerate(rows[1:], 1):
            for column, value in enumerate(row, 1):
                self.put(sheet, f"{get_column_letter(column)}{top + offset}", value,
                         fill=SHADE if offset % 2 == 0 else None)
        sheet.print_title_rows = f"{top}:{top}"
        return top + len(rows) - 1

    def save(self, path):
        path.parent.mkdir(parents=True, exist_ok=True)
        core = self.workbook.properties
        core.title, core.creator, core.subject = self.title, self.author.name, self.number
        core.lastModifiedBy = self.author.name
        for sheet in self.workbook.worksheets:
            _fit_rows(sheet)
        self.workbook.save(str(path))
        fillers = {f"xl/worksheets/sheet{index}.xml": self._filler(sheet.title)
                   for index, sheet in enumerate(self.workbook.worksheets, 1)}
        repack(path, self.day, fillers)

    def _filler(self, title):
        values = self._values.get(title, {})

        def fill(content):
            words = content.decode()
            for place, value in values.items():
                words = _fill_value(words, place, value)
            return words.encode()
        return fill


def _fit_rows(sheet):
    """Makes each row from the fourth down as high as its longest wrapped text needs."""
    for row in sheet.iter_rows(min_row=4):
        number = row[0].row
        if sheet.row_dimensions[number].height:
            continue
        lines = 1
        for cell in row:
            if isinstance(cell.value, str) and not cell.value.startswith("="):
                width = sheet.column_dimensions[cell.column_letter].width * 1.08
                lines = max(lines, sum(ceil(max(1, len(part)) / width)
                                       for part in cell.value.split("\n")))
        sheet.row_dimensions[number].height = 3 + 13.2 * lines


def _fill_value(words, place, value):
    """Puts the computed value of the formula cell `place` into the XML of its sheet."""
    kind = ' t="str"' if isinstance(value, str) else ""
    if isinstance(value, date):
        value = (value - date(1899, 12, 30)).days
    pattern = re.compile(rf'<c r="{place}"([^>]*?)>(<f>.*?</f>)<v\s*/?>(</v>)?', re.S)
    filled, count = pattern.subn(
        lambda match: f'<c r="{place}"{match[1]}{kind}>{match[2]}<v>{escape(str(value))}</v>',
        words)
    if count != 1:
        raise ValueError(f"no formula in cell {place}")
    return filled
