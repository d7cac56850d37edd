"""Pages in PDF: letterhead, headings, tables, signatures. One look for all of a firm's papers."""

import os
from calendar import timegm
from dataclasses import dataclass
from pathlib import Path

from reportlab import rl_config
from reportlab.lib.colors import HexColor, white
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (BaseDocTemplate, Flowable, Frame, KeepTogether, PageTemplate,
                                Paragraph, Spacer, Table, TableStyle)

import firm

rl_config.invariant = 1

_FONTS = Path("/usr/share/fonts/truetype")
for _name, _file in {
        "Text": "crosextra/Carlito-Regular.ttf", "Text-Bold": "crosextra/Carlito-Bold.ttf",
        "Text-Italic": "crosextra/Carlito-Italic.ttf",
        "Chinese": "wqy/wqy-microhei.ttc", "Hand": "kristi/Kristi.ttf"}.items():
    pdfmetrics.registerFont(TTFont(_name, str(_FONTS / _file)))
pdfmetrics.registerFontFamily("Text", normal="Text", bold="Text-Bold", italic="Text-Italic",
                              boldItalic="Text-Bold")
pdfmetrics.registerFontFamily("Chinese", normal="Chinese", bold="Chinese", italic="Chinese",
                              boldItalic="Chinese")

INK = HexColor("#1d2731")
GREY = HexColor("#6b7782")
LINE = HexColor("#c3ccd4")
SHADE = HexColor("#eef2f5")
PEN = HexColor("#1b3a8a")
WIDTH = A4[0] - 40 * mm


@dataclass(frozen=True)
class Issuer:
    """Who sends a paper; `mark` is one of ring, bars, wave, block."""

    name: str
    lines: tuple
    color: str
    mark: str
    font: str = "Text"


BRENNER = Issuer(firm.NAME, (f"{firm.STREET}, {firm.TOWN}", f"{firm.PHONE}  ·  {firm.WEB}"),
                 "#17506b", "ring")


@dataclass(frozen=True)
class Paper:
    """What the head and foot of every page say."""

    title: str
    number: str
    day: object
    author: str
    issuer: Issuer = BRENNER
    note: str = ""


def style(name, **changes):
    base = {"fontName": "Text", "fontSize": 10, "leading": 13.4, "textColor": INK}
    base.update(changes)
    return ParagraphStyle(name, **base)


BODY = style("body", spaceAfter=6)
SMALL = style("small", fontSize=8.4, leading=10.8)
CELL = style("cell", fontSize=8.8, leading=11)
HEAD_CELL = style("head-cell", fontName="Text-Bold", fontSize=8.8, leading=11, textColor=white)
HEADING = style("heading", fontName="Text-Bold", fontSize=12, leading=15, spaceBefore=9,
                spaceAfter=4)
RIGHT = style("right", fontSize=8.8, leading=11, alignment=TA_RIGHT)
LIST = style("list", leftIndent=12, bulletIndent=2, spaceAfter=2.5)


def heading(words):
    return Paragraph(words, HEADING)


def text(words, look=BODY):
    return Paragraph(words, look)


def gap(height=4):
    return Spacer(1, height * mm)


def bullets(items, look=LIST):
    return [Paragraph(item, look, bulletText="•") for item in items]


def _cells(rows, look):
    return [[cell if isinstance(cell, Flowable) else Paragraph(str(cell), look) for cell in row]
            for row in rows]


def table(rows, widths, color=BRENNER.color, font="Text"):
    """A table with a colored head row; `widths` are shares of the page width."""
    whole = sum(widths)
    head_look = style("h", parent=HEAD_CELL, fontName="Chinese" if font == "Chinese" else
                      "Text-Bold", fontSize=8.8, leading=11, textColor=white)
    look = CELL if font == "Text" else style("c", fontName=font, fontSize=8.8, leading=11.5)
    cells = _cells(rows[:1], head_look) + _cells(rows[1:], look)
    made = Table(cells, [WIDTH * width / whole for width in widths], repeatRows=1)
    made.setStyle(TableStyle([
        ("BACKGROUND", (0, 0), (-1, 0), HexColor(color)),
        ("ROWBACKGROUNDS", (0, 1), (-1, -1), [white, SHADE]),
        ("LINEBELOW", (0, 0), (-1, -1), 0.4, LINE),
        ("BOX", (0, 0), (-1, -1), 0.6, LINE),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("TOPPADDING", (0, 0), (-1, -1), 2.6), ("BOTTOMPADDING", (0, 0), (-1, -1), 3.4)]))
    made.spaceAfter = 7
    return made


def facts(pairs, columns=2, font="Text"):
    """Labels and values side by side, `columns` pairs in a row."""
    bold = "Chinese" if font == "Chinese" else "Text-Bold"
    label = style("label", fontName=bold, fontSize=8.8, leading=11, textColor=GREY)
    value = style("value", fontName=font, fontSize=9.4, leading=11.6)
    cells = []
    for start in range(0, len(pairs), columns):
        row = []
        for name, content in pairs[start:start + columns]:
            row += [Paragraph(name, label), Paragraph(str(content), value)]
        cells.append(row + [""] * (2 * columns - len(row)))
    unit = WIDTH / columns
    made = Table(cells, [unit * 0.34, unit * 0.66] * columns)
    made.setStyle(TableStyle([
        ("LINEBELOW", (0, 0), (-1, -1), 0.4, LINE), ("BOX", (0, 0), (-1, -1), 0.6, LINE),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("TOPPADDING", (0, 0), (-1, -1), 2.4), ("BOTTOMPADDING", (0, 0), (-1, -1), 3.2)]))
    made.spaceAfter = 8
    return made


class Signature(Flowable):
    """A name written by hand above a line with place, date, name and role."""

    def __init__(self, person, role, day, place="Tuttlingen"):
        super().__init__()
        self.person, self.role, self.day, self.place = person, role, day, place
        self.width, self.height = WIDTH / 2 - 6 * mm, 25 * mm

    def draw(self):
        canvas = self.canv
        canvas.saveState()
        canvas.setFillColor(PEN)
        canvas.translate(10 * mm, 11.4 * mm)
        canvas.rotate(2 + len(self.person) % 4)
        canvas.setFont("Hand", 27)
        canvas.drawString(0, 0, self.person)
        canvas.restoreState()
        canvas.setStrokeColor(GREY)
        canvas.line(0, 9 * mm, self.width, 9 * mm)
        canvas.setFillColor(INK)
        canvas.setFont("Text", 8.6)
        when = f"{self.place}, {self.day.isoformat()}" if self.place else self.day.isoformat()
        canvas.drawString(0, 5.4 * mm, f"{self.person}, {self.role}")
        canvas.setFillColor(GREY)
        canvas.drawString(0, 1.8 * mm, when)


def signatures(*people):
    """One or two signatures in a row, kept on one page."""
    row = list(people) + [""] * (2 - len(people))
    made = Table([row], [WIDTH / 2] * 2)
    made.setStyle(TableStyle([("LEFTPADDING", (0, 0), (-1, -1), 0)]))
    return KeepTogether([gap(3), made])


class Stamp(Flowable):
    """A rubber stamp, slightly turned, that hangs over what was written above it."""

    def __init__(self, lines, color="#9b2d30", left=110 * mm, up=20 * mm):
        super().__init__()
        self.lines, self.color, self.left, self.up = lines, HexColor(color), left, up
        self.width = self.height = 0

    def wrap(self, *_):
        return 0, 0

    def draw(self):
        canvas = self.canv
        canvas.translate(self.left, self.up)
        canvas.rotate(6)
        canvas.setStrokeColor(self.color)
        canvas.setFillColor(self.color)
        height = 5 * mm * len(self.lines) + 3 * mm
        canvas.setLineWidth(1.4)
        canvas.roundRect(0, 0, 46 * mm, height, 2 * mm)
        for index, line in enumerate(self.lines):
            canvas.setFont("Text-Bold", 10 if index == 0 else 8.6)
            canvas.drawCentredString(23 * mm, height - (5.2 * mm + index * 4.8 * mm), line)


def _draw_mark(canvas, issuer, left, base):
    canvas.setFillColor(HexColor(issuer.color))
    canvas.setStrokeColor(HexColor(issuer.color))
    if issuer.mark == "ring":
        canvas.setLineWidth(2.2)
        canvas.circle(left + 5 * mm, base + 5 * mm, 4.4 * mm)
        canvas.setLineWidth(1)
        canvas.circle(left + 5 * mm, base + 5 * mm, 1.8 * mm, fill=1)
        canvas.line(left - 1 * mm, base + 5 * mm, left + 11 * mm, base + 5 * mm)
        canvas.line(left + 5 * mm, base - 1 * mm, left + 5 * mm, base + 11 * mm)
    elif issuer.mark == "bars":
        for index, height in enumerate((4, 7, 10)):
            canvas.rect(left + index * 3.6 * mm, base, 2.6 * mm, height * mm, stroke=0, fill=1)
    elif issuer.mark == "wave":
        canvas.setLineWidth(2)
        for level in (2, 5, 8):
            y = base + level * mm
            canvas.bezier(left, y, left + 3 * mm, y + 4 * mm, left + 7 * mm, y - 4 * mm,
                          left + 10 * mm, y)
    else:
        canvas.roundRect(left, base, 10 * mm, 10 * mm, 2 * mm, stroke=0, fill=1)
        canvas.setFillColor(white)
        canvas.setFont("Text-Bold" if issuer.font == "Text" else "Chinese", 16)
        canvas.drawCentredString(left + 5 * mm, base + 2.6 * mm, issuer.name[0])


def _draw_head(canvas, paper):
    issuer, top = paper.issuer, A4[1] - 26 * mm
    bold = "Text-Bold" if issuer.font == "Text" else "Chinese"
    _draw_mark(canvas, issuer, 20 * mm, top)
    canvas.setFillColor(HexColor(issuer.color))
    canvas.setFont(bold, 14)
    canvas.drawString(34 * mm, top + 5.6 * mm, issuer.name)
    canvas.setFillColor(GREY)
    canvas.setFont(issuer.font, 7.8)
    for index, line in enumerate(issuer.lines[:2]):
        canvas.drawString(34 * mm, top + 1.8 * mm - index * 3.4 * mm, line)
    canvas.setFont(issuer.font, 8.6)
    right = A4[0] - 20 * mm
    for index, line in enumerate(line for line in (paper.number, paper.day.isoformat(), paper.note)
                                 if line):
        canvas.drawRightString(right, top + 7 * mm - index * 4 * mm, line)
    canvas.setStrokeColor(HexColor(issuer.color))
    canvas.setLineWidth(1)
    canvas.line(20 * mm, top - 4.6 * mm, right, top - 4.6 * mm)


class _NumberedCanvas(Canvas):
    """Keeps every page until the count is known, then writes `Page 1 of 3` on each."""

    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        self._pages = []

    def showPage(self):
        self._pages.append(dict(self.__dict__))
        self._startPage()

    def save(self):
        for page in self._pages:
            self.__dict__.update(page)
            self.setFont("Text", 8)
            self.setFillColor(GREY)
            self.drawRightString(A4[0] - 20 * mm, 12 * mm,
                                 f"Page {self._pageNumber} of {len(self._pages)}")
            super().showPage()
        super().save()


def write(path, paper, story):
    """Writes `story` as a PDF of A4 pages; the same input gives the same bytes."""
    os.environ["SOURCE_DATE_EPOCH"] = str(timegm((*paper.day.timetuple()[:3], 8, 0, 0)))
    path.parent.mkdir(parents=True, exist_ok=True)

    def decorate(canvas, _):
        canvas.saveState()
        _draw_head(canvas, paper)
        canvas.setFont(paper.issuer.font, 8)
        canvas.setFillColor(GREY)
        canvas.drawString(20 * mm, 12 * mm, f"{paper.issuer.name}  ·  {paper.number}")
        canvas.restoreState()

    document = BaseDocTemplate(str(path), pagesize=A4, title=paper.title, author=paper.author,
                               subject=paper.number, creator=paper.issuer.name)
    frame = Frame(20 * mm, 18 * mm, WIDTH, A4[1] - 54 * mm, leftPadding=0, rightPadding=0)
    document.addPageTemplates(PageTemplate(frames=[frame], onPage=decorate))
    font = "Text-Bold" if paper.issuer.font == "Text" else "Chinese"
    title = style("title", fontName=font, fontSize=17, leading=21, spaceAfter=7)
    document.build([Paragraph(paper.title, title), *story], canvasmaker=_NumberedCanvas)
