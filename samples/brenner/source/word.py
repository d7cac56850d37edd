"""Documents in DOCX: head with number and revision, headings, tables, approval box."""

from dataclasses import dataclass
from datetime import datetime

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

import firm
from package import repack

ACCENT = RGBColor(0x17, 0x50, 0x6B)
GREY = RGBColor(0x6B, 0x77, 0x82)
ACCENT_HEX, SHADE_HEX, LINE_HEX = "17506B", "EEF2F5", "C3CCD4"
WIDTH_MM = 170


@dataclass(frozen=True)
class Sheet:
    """What the head of the document says; `author` made it, `approved` released it."""

    title: str
    number: str
    revision: str
    day: object
    author: firm.Person
    approved: firm.Person = firm.ANNA


def begin(sheet):
    """A document of A4 pages with the firm's styles, head and foot, ready for its text."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin, section.bottom_margin = Mm(34), Mm(20)
    section.header_distance, section.footer_distance = Mm(11), Mm(9)
    _set_styles(document)
    _fill_head(section.header, sheet)
    _fill_foot(section.footer, sheet)
    core = document.core_properties
    core.title, core.author, core.subject = sheet.title, sheet.author.name, sheet.number
    core.last_modified_by, core.comments, core.revision = sheet.author.name, "", 1
    core.created = core.modified = datetime(sheet.day.year, sheet.day.month, sheet.day.day, 8)
    title = document.add_paragraph(sheet.title, style="Title")
    title.paragraph_format.space_after = Pt(8)
    return document


def finish(document, path, sheet):
    path.parent.mkdir(parents=True, exist_ok=True)
    document.save(str(path))
    repack(path, sheet.day)


def _set_font(look, size, color=None, bold=None):
    look.font.name, look.font.size = "Calibri", Pt(size)
    fonts = look.element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(name), None)
    fonts.set(qn("w:hAnsi"), "Calibri")
    if color is not None:
        look.font.color.rgb = color
    if bold is not None:
        look.font.bold = bold


def _set_styles(document):
    styles = document.styles
    _set_font(styles["Normal"], 10.5)
    styles["Normal"].paragraph_format.space_after = Pt(5)
    _set_font(styles["Title"], 20, ACCENT, True)
    border = styles["Title"].element.pPr.find(qn("w:pBdr"))
    if border is not None:
        styles["Title"].element.pPr.remove(border)
    for name, size in (("Heading 1", 13), ("Heading 2", 11)):
        _set_font(styles[name], size, ACCENT, True)
        styles[name].paragraph_format.space_before = Pt(10)
        styles[name].paragraph_format.space_after = Pt(3)
    for name in ("List Bullet", "List Number"):
        styles[name].paragraph_format.space_after = Pt(2)


def _shade(cell, fill):
    shading = OxmlElement("w:shd")
    shading.set(qn("w:val"), "clear")
    shading.set(qn("w:fill"), fill)
    cell._tc.get_or_add_tcPr().append(shading)


def _put(cell, words, size=9.0, bold=False, color=None):
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(1)
    paragraph.paragraph_format.space_before = Pt(1)
    run = paragraph.add_run(str(words))
    run.font.size, run.font.bold = Pt(size), bold
    if color is not None:
        run.font.color.rgb = color
    return paragraph


def _set_widths(made, shares):
    whole = sum(shares)
    made.autofit = False
    for index, share in enumerate(shares):
        width = Mm(WIDTH_MM * share / whole)
        made.columns[index].width = width
        for cell in made.columns[index].cells:
            cell.width = width


def _fill_head(header, sheet):
    made = header.add_table(1, 3, Mm(WIDTH_MM))
    made.alignment = WD_TABLE_ALIGNMENT.CENTER
    _set_widths(made, (62, 62, 46))
    left, middle, right = made.rows[0].cells
    _put(left, firm.NAME, 12, True, ACCENT)
    _put(middle, sheet.title, 9.5, True)
    _put(right, f"{sheet.number} · Rev. {sheet.revision}\n{sheet.day.isoformat()}", 8.5, False,
         GREY)
    right.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _rule_below(made)
    header.paragraphs[0]._p.getparent().remove(header.paragraphs[0]._p)
    header.add_paragraph().paragraph_format.space_after = Pt(0)


def _rule_below(made):
    borders = OxmlElement("w:tblBorders")
    bottom = OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "10"), ("space", "0"), ("color", ACCENT_HEX)):
        bottom.set(qn(f"w:{name}"), value)
    borders.append(bottom)
    made._tbl.tblPr.append(borders)


def _add_field(paragraph, instruction):
    for kind, words in (("begin", None), (None, instruction), ("end", None)):
        run = paragraph.add_run()
        run.font.size, run.font.color.rgb = Pt(8), GREY
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = words
        run._r.append(mark)


def _fill_foot(footer, sheet):
    paragraph = footer.paragraphs[0]
    words = (f"Prepared: {sheet.author.name} · Released: {sheet.approved.name} · Printed copies "
             "are for information only · Page ")
    run = paragraph.add_run(words)
    run.font.size, run.font.color.rgb = Pt(8), GREY
    _add_field(paragraph, "PAGE")
    run = paragraph.add_run(" of ")
    run.font.size, run.font.color.rgb = Pt(8), GREY
    _add_field(paragraph, "NUMPAGES")


def section(document, title, *paragraphs):
    document.add_heading(title, 1)
    for words in paragraphs:
        document.add_paragraph(words)


def bullets(document, items, numbered=False):
    for item in items:
        document.add_paragraph(item, style="List Number" if numbered else "List Bullet")


def table(document, rows, shares):
    """A grid with a colored head row; `shares` are shares of the page width."""
    made = document.add_table(len(rows), len(rows[0]))
    made.style, made.alignment = "Table Grid", WD_TABLE_ALIGNMENT.CENTER
    for row_index, row in enumerate(rows):
        for cell, words in zip(made.rows[row_index].cells, row):
            if row_index == 0:
                _put(cell, words, 9, True, RGBColor(255, 255, 255))
                _shade(cell, ACCENT_HEX)
            else:
                _put(cell, words)
                if row_index % 2 == 0:
                    _shade(cell, SHADE_HEX)
    _set_widths(made, shares)
    _repeat_head(made.rows[0])
    _finish_table(document, made)
    return made


def _finish_table(document, made):
    """Grey lines, and a narrow empty paragraph so that two tables do not grow together."""
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        border = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", LINE_HEX)):
            border.set(qn(f"w:{name}"), value)
        borders.append(border)
    made._tbl.tblPr.append(borders)
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(0)
    paragraph.paragraph_format.line_spacing = Pt(6)


def _repeat_head(row):
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:tblHeader"))
    for other in row._tr.getparent().findall(qn("w:tr")):
        other.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def facts(document, pairs):
    """Labels in a shaded first column, values beside them."""
    made = document.add_table(len(pairs), 2)
    made.style, made.alignment = "Table Grid", WD_TABLE_ALIGNMENT.CENTER
    for row, (label, value) in zip(made.rows, pairs):
        _put(row.cells[0], label, 9, True)
        _shade(row.cells[0], SHADE_HEX)
        _put(row.cells[1], value, 9.5)
    _set_widths(made, (45, 125))
    _finish_table(document, made)


def history(document, rows):
    """The changes of a released document: revision, date, what changed, by whom."""
    document.add_heading("Change history", 2)
    table(document, [("Rev.", "Date", "Change", "By"), *rows], (12, 24, 100, 34))
