"""Folder 05 Prüfmittel: the list of gauges, the laboratory's certificates, the procedure.

The list hides the first weakness: its day of state was typed by hand on 2026-01-12 and not renewed,
so micrometer MM-017, due on 2026-01-28, still reads "due soon" while it is used in February.
"""

from dataclasses import dataclass
from datetime import date

import firm
import pdf
import word
from pdf import Issuer, Paper, facts, heading, table, text
from sheet import AMBER, GREEN, RED, Book, Formula
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import PatternFill

LABORATORY = Issuer("Messlabor Donaublick GmbH",
                    ("Calibration laboratory D-K-00000-01-00, Uferweg 3, 78199 Bräunlingen",
                     "+49 69 90009 310  ·  www.messlabor-donaublick.example"), "#2f5d3a", "bars")
LIST_STATE = date(2026, 1, 12)

GAUGES = [
    # number, kind, range, place, interval in months, last calibration, certificate
    ("MM-011", "Micrometer, digital", "0-25 mm", "TC-1", 12, date(2025, 11, 18), "DB-25-1183"),
    ("MM-012", "Micrometer, digital", "25-50 mm", "TC-2", 12, date(2025, 11, 18), "DB-25-1184"),
    ("MM-013", "Micrometer, digital", "0-25 mm", "Measuring room", 12, date(2025, 11, 18),
     "DB-25-1185"),
    ("MM-017", "Micrometer, digital", "0-25 mm", "TC-3", 12, date(2025, 1, 28), "DB-25-0096"),
    ("MI-002", "Three-point inside micrometer", "6-12 mm", "Measuring room", 12,
     date(2025, 9, 16), "DB-25-0921"),
    ("MS-004", "Caliper, digital", "0-150 mm", "Milling", 12, date(2025, 10, 7), "internal 25-31"),
    ("MS-005", "Caliper, digital", "0-150 mm", "Turning", 12, date(2025, 10, 7), "internal 25-32"),
    ("MS-006", "Caliper, digital", "0-200 mm", "Goods in", 12, date(2025, 10, 7), "internal 25-33"),
    ("HM-003", "Height gauge", "0-600 mm", "Measuring room", 12, date(2025, 11, 19), "DB-25-1190"),
    ("EM-001", "Gauge block set, grade 1", "0.5-100 mm", "Measuring room", 24, date(2024, 11, 20),
     "DB-24-1202"),
    ("MU-001", "Dial test indicator", "0.8 mm", "Measuring room", 12, date(2025, 10, 8),
     "internal 25-34"),
    ("RP-002", "Surface roughness tester", "Ra 0.05-10 µm", "Measuring room", 12,
     date(2025, 9, 16), "DB-25-0923"),
    ("HP-001", "Hardness tester Rockwell C", "20-70 HRC", "Measuring room", 12, date(2025, 10, 21),
     "DB-25-1041"),
    ("LD-030", "Plug gauge 4 H7", "4 mm", "Milling", 24, date(2025, 3, 11), "DB-25-0288"),
    ("GL-011", "Thread plug gauge M6 6H", "M6", "Turning", 24, date(2025, 3, 11), "DB-25-0291"),
    ("SR-001", "Setting ring", "10 mm", "Measuring room", 36, date(2024, 5, 14), "DB-24-0510"),
    ("MR-001", "Measuring microscope", "100 x 50 mm", "Finishing", 12, date(2025, 12, 2),
     "DB-25-1244"),
    ("KM-001", "Coordinate measuring machine", "500 x 700 x 500 mm", "Measuring room", 12,
     date(2025, 12, 2), "DB-25-1245"),
    ("TH-001", "Climate logger", "0-50 °C", "Measuring room", 24, date(2024, 6, 4), "DB-24-0588"),
]


def due_day(last, months):
    """The day `months` after `last`; all our gauges were calibrated before the 29th."""
    month = last.month - 1 + months
    return date(last.year + month // 12, month % 12 + 1, last.day)


def state_word(due, day):
    if due < day:
        return "OVERDUE"
    return "due soon" if (due - day).days <= 30 else "ok"


def write_gauge_list(path):
    book = Book("Measuring equipment list", "FB-70 Rev. 9", LIST_STATE, firm.JONAS)
    fill_gauge_list(book, GAUGES, LIST_STATE, LIST_STATE)
    book.save(path)


def fill_gauge_list(book, gauges, day, typed):
    """The list as of `day`; `typed` is what cell B3 holds, a date or a Formula for today."""
    sheet = book.add_sheet("Gauges", (10, 30, 20, 18, 10, 14, 14, 16, 12, 14))
    book.put(sheet, "A3", "State:", bold=True, box=False)
    book.put(sheet, "B3", typed, align="left", box=False)
    book.table(sheet, [("No.", "Kind", "Range", "Place", "Interval (months)", "Last calibration",
                        "Next due", "Certificate", "State", "Responsible")])
    for row, gauge in enumerate(gauges, 5):
        due = due_day(gauge[5], gauge[4])
        values = (*gauge[:6], Formula(f"EDATE(F{row},E{row})", due), gauge[6], Formula(
            f'IF(G{row}<$B$3,"OVERDUE",IF(G{row}-$B$3<=30,"due soon","ok"))',
            state_word(due, day)), "Nadja Petrov")
        for column, value in zip("ABCDEFGHIJ", values):
            book.put(sheet, f"{column}{row}", value, align="center" if column in "EI" else None)
    last = 4 + len(gauges)
    for word_shown, color in (('"OVERDUE"', RED), ('"due soon"', AMBER), ('"ok"', GREEN)):
        sheet.conditional_formatting.add(f"I5:I{last}", CellIsRule(
            operator="equal", formula=[word_shown], fill=PatternFill("solid", bgColor=color)))
    sheet.freeze_panes = "C5"
    sheet.auto_filter.ref = f"A4:J{last}"
    book.put(sheet, f"A{last + 2}", "Internal checks with gauge block set EM-001 at 20 ± 1 °C "
             "(instruction AA-07). Gauges over date are taken to the red drawer.", box=False,
             wrap=False)
    sheet.row_dimensions[last + 2].height = 16


@dataclass(frozen=True)
class Calibration:
    number: str
    day: date
    gauge: str
    kind: str
    serial: str
    limit: float
    unit: str
    results: tuple


MM_013 = Calibration("DB-25-1185", date(2025, 11, 18), "MM-013",
                     "Digital micrometer 0-25 mm, 0.001 mm", "4103381", 2.0, "µm",
                     ((0, 0.0), (2.5, 0.3), (5.1, 0.4), (7.7, 0.2), (10.3, 0.6), (12.9, 0.5),
                      (15, 0.8), (17.6, 0.7), (20.2, 0.9), (22.8, 1.1), (25, 1.0)))
HM_003 = Calibration("DB-25-1190", date(2025, 11, 19), "HM-003",
                     "Digital height gauge 0-600 mm, 0.001 mm", "HG-60-2217", 8.0, "µm",
                     ((0, 0.0), (50, 0.8), (100, 1.4), (150, 1.1), (200, 2.2), (300, 2.9),
                      (400, 3.1), (500, 4.4), (600, 4.9)))


def write_calibration(path, calibration):
    green = LABORATORY.color
    paper = Paper("Calibration certificate", calibration.number, calibration.day,
                  "Messlabor Donaublick GmbH", LABORATORY)
    rows = [("Nominal length", "Deviation found", "Limit of error", "Uncertainty U (k = 2)",
             "Verdict")]
    for nominal, deviation in calibration.results:
        rows.append((f"{nominal:g} mm", f"{deviation:+.1f} {calibration.unit}",
                     f"± {calibration.limit:g} {calibration.unit}",
                     f"{0.5 + nominal / 200:.1f} {calibration.unit}",
                     "pass" if abs(deviation) <= calibration.limit else "FAIL"))
    story = [
        facts([("Customer", "Brenner Feinwerk GmbH, Tuttlingen"), ("Customer's no.",
                                                                   calibration.gauge),
               ("Object", calibration.kind), ("Serial no.", calibration.serial),
               ("Received", "in working order, cleaned"), ("Calibrated on",
                                                           calibration.day.isoformat()),
               ("Temperature", "(20.0 ± 0.5) °C"), ("Procedure", "KA-02, comparison with gauge "
                                                    "blocks")]),
        heading("Standards used"),
        table([("Standard", "Identification", "Traceable through", "Valid until"),
               ("Gauge block set, grade 0", "N-014", "Certificate 0417 D-K-00000-02-00", "2026-09"),
               ("Optical flats", "N-022", "Certificate 0391 D-K-00000-02-00", "2027-03")],
              (50, 30, 64, 26), green),
        heading("Results"), table(rows, (34, 36, 34, 40, 26), green),
        text("Flatness and parallelism of the measuring faces: within 0.6 µm. Zero set before the "
             f"series; no adjustment was made. <b>{_verdict(calibration)}</b>"),
        text("The uncertainty is the standard uncertainty times the coverage factor k = 2. The "
             "verdict takes the limit without subtracting the uncertainty, as agreed with the "
             "customer. The interval until the next calibration is set by the customer.",
             pdf.SMALL),
        pdf.Stamp(("DONAUBLICK", "D-K-00000-01-00", calibration.day.strftime("%Y-%m")), green,
                  up=-28 * pdf.mm),
        pdf.signatures(pdf.Signature("Renate Ohlsen", "head of laboratory", calibration.day,
                                     "Bräunlingen"))]
    pdf.write(path, paper, story)


def _verdict(calibration):
    worst = max(abs(deviation) for _, deviation in calibration.results)
    return (f"Largest deviation {worst:.1f} {calibration.unit}: the object meets the limit of "
            f"error of {calibration.limit:g} {calibration.unit}.")


def write_micrometer_certificate(path):
    write_calibration(path, MM_013)


def write_height_gauge_certificate(path):
    write_calibration(path, HM_003)


def write_procedure(path):
    sheet = word.Sheet("VA-07 Measuring equipment", "VA-07", "2", date(2025, 11, 24), firm.JONAS)
    document = word.begin(sheet)
    word.section(document, "1 Purpose and scope", "Every size on a drawing is measured with a "
                 "gauge that is fit for it and whose errors are known. Covers all gauges of list "
                 "FB-70, including privately owned tools used on customer parts.")
    word.section(document, "2 Choice", "The gauge's limit of error is at most one fifth of the "
                 "tolerance to be measured. The inspection plan names the kind of gauge; the "
                 "inspector checks the choice at the first piece.")
    word.section(document, "3 Calibration and check")
    word.table(document, [
        ("Step", "Who", "How", "Record"),
        ("Enter new gauge", "N. Petrov", "Number, range, place, interval; first calibration before "
         "use", "List FB-70"),
        ("Look for gauges that fall due", "N. Petrov", "First Monday of the quarter: filter list "
         "FB-70 for due soon", "List FB-70"),
        ("Calibrate", "Outside laboratory L-007 or internally", "Standards traceable to national "
         "standards; instruction AA-07", "Certificate or form FB-71"),
        ("Label", "N. Petrov", "Month and year of next date, gauge number", "Label on gauge"),
        ("Gauge out of limits", "J. Weber", "Block gauge; judge all results since the last good "
         "calibration; inform customer if parts may be affected", "Form FB-72"),
    ], (38, 36, 66, 30))
    word.section(document, "4 Handling")
    word.bullets(document, ["Wipe, set zero with the setting standard at shift start, note it on "
                            "the route card.",
                            "Keep in the tray, never on the machine slide.",
                            "Dropped or doubtful gauges go to the measuring room at once.",
                            "No gauge without a valid label is used. Overdue gauges go to the red "
                            "drawer."])
    word.history(document, [("1", "2025-10-27", "First edition", "J. Weber"),
                            ("2", "2025-11-24", "Rule of one fifth; red drawer", "J. Weber")])
    word.finish(document, path, sheet)


DOCUMENTS = [
    ("05 Prüfmittel/Prüfmittelliste.xlsx", write_gauge_list),
    ("05 Prüfmittel/VA-07 Prüfmittel.docx", write_procedure),
    ("05 Prüfmittel/Kalibrierscheine/2025-11 MM-013.pdf", write_micrometer_certificate),
    ("05 Prüfmittel/Kalibrierscheine/2025-11 HM-003.pdf", write_height_gauge_certificate),
]
