"""Folder 04 Fertigung: route card, inspection plan, measured values, maintenance, packing."""

from datetime import date, datetime, timedelta
from random import Random
from statistics import mean, stdev

import firm
import pdf
import table as csv_table
import word
from pdf import Paper, bullets, facts, heading, table, text
from sheet import AMBER, GREEN, RED, Book, Formula
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import PatternFill

LOT = "26-06-0083-2"
HEAT = "418227"
ORDER = "26-0083"
# Shaft diameter 12 h6 in mm: the size that micrometer MM-017 measured.
UPPER, LOWER = 12.000, 11.989


def write_route_card(path):
    day = date(2026, 2, 13)
    paper = Paper("Route card BF-1042 Impeller shaft", f"Order {ORDER}", day, firm.STEFAN.name)
    story = [
        facts([("Customer", "Aqualis Pumps, order AP-450771"), ("Lot", f"<b>{LOT}</b>"),
               ("Drawing", "AQ-7731 rev. C, checked 2026-01-19"), ("Quantity", "400 (start 416)"),
               ("Material", "1.4404, bar 14 mm h9"), ("Heat / bars", f"{HEAT} / bars 1 to 13"),
               ("Program", "O1042 rev. 7"), ("Inspection plan", "PP-1042 rev. 4"),
               ("Delivery", "2026-02-13"), ("Certificate", "3.1 for material, lot report")]),
        table([
            ("Op.", "Work", "Machine", "Who", "Date", "In", "Good", "Remark"),
            ("10", "Bars to machine, number copied", "Store", "P. Zeller", "2026-02-06", "-", "-",
             "bars 1 to 13, heat 418227"),
            ("20", "Turn complete, 12 h6 <font name='Chinese'>◇</font>", "TC-3",
             "M. Bianchi, A. Nowak", "2026-02-09 to 11",
             "416", "411", "5 under size after cold start 02-10, red card 26-011; gauge MM-017"),
            ("30", "Mill two flats 9 h11", "BZ-2", "Y. Kaya", "2026-02-11", "411", "410",
             "1 set-up piece"),
            ("40", "Deburr, AA-14", "Bench", "A. Horvat", "2026-02-11", "410", "410", ""),
            ("50", "Wash, program 3", "Washing line", "P. Zeller", "2026-02-11", "410", "410", ""),
            ("60", "Passivate (outside)", "L-012", "Glanzwerk", "2026-02-12", "410", "410",
             "Test report GW-5528"),
            ("70", "Final inspection", "Measuring room", "N. Petrov", "2026-02-13", "410", "409",
             "1 scratch, red card 26-013"),
            ("80", "Pack AA-11, deliver 400", "Dispatch", "G. Fischer", "2026-02-13", "409", "400",
             "9 to store, shelf C4"),
        ], (10, 36, 20, 25, 23, 11, 12, 40)),
        heading("Checks at the start of operation 20"),
        *bullets(["Drawing, program and plan revision compared with the order: M. Bianchi, 06:20",
                  "Warm-up program 30 min, first piece 06:55, all sizes measured",
                  "First piece released: D. Hauser, 2026-02-09 07:05; after shift change A. Nowak, "
                  "13:50"]),
        text("<font name='Chinese'>◇</font> critical size, statistical control. Measured values: "
             "Messwerte BF-1042 Los 26-06-0083-2.csv", pdf.SMALL),
        pdf.Stamp(("RELEASED", "N. Petrov", "2026-02-13"), "#2f5d3a", up=-26 * pdf.mm),
        pdf.signatures(pdf.Signature("Nadja Petrov", "release of the lot", day, ""))]
    pdf.write(path, paper, story)


def write_lot_certificate(path):
    day = date(2026, 2, 13)
    paper = Paper("Inspection certificate for lot 26-06-0083-2", "PZ-26-0083", day, firm.NADJA.name,
                  note="in the manner of EN 10204 - 3.1")
    good = [value for _, _, value in measured_shafts() if LOWER <= value <= UPPER]
    thin = [str(piece) for _, piece, value in measured_shafts() if value < LOWER]
    distance = min(UPPER - mean(good), mean(good) - LOWER)
    rows = [("Feature", "Required", "Checked", "Smallest", "Largest", "Cpk", "Gauge"),
            ("1 Diameter 12 h6", "11.989 to 12.000 mm", "42", f"{min(good):.3f}",
             f"{max(good):.3f}", f"{distance / (3 * stdev(good)):.2f}", "MM-017"),
            ("2 Diameter 9.5", "9.45 to 9.55 mm", "9", "9.482", "9.507", "1.9", "MM-011"),
            ("3 Length 86", "85.9 to 86.1 mm", "17", "85.964", "86.021", "1.7", "HM-003"),
            ("4 Flats 9 h11", "8.91 to 9.00 mm", "17", "8.948", "8.976", "-", "MM-011"),
            ("6 Run-out", "at most 0.010 mm", "5", "0.003", "0.006", "-", "KM-001"),
            ("7 Roughness Ra", "at most 0.4 µm", "3", "0.24", "0.31", "-", "RP-002"),
            ("8 No burr, no scratch", "none", "410", "1 rejected", "", "-", "MR-001")]
    story = [
        facts([("Customer", "Aqualis Pumps"), ("Order", "AP-450771, position 1"),
               ("Part", "BF-1042 Impeller shaft"), ("Drawing", "AQ-7731 rev. C"),
               ("Delivered", "400 pieces, note 26-0061"), ("Material", f"1.4404, heat {HEAT}"),
               ("Mill certificate", "26/00871, 3.1, attached"), ("Passivation",
                                                                 "GW-5528, passed")]),
        heading("Results"), table(rows, (38, 36, 16, 20, 20, 13, 20)),
        text(f"Two values of feature 1 below 11.989 mm (pieces {thin[0]} and {thin[1]}) led to a "
             "search: five shafts were scrapped and are not part of the delivery. Smallest and "
             "largest values are those of the pieces delivered."),
        text("The lot meets drawing and order. It was inspected by a person who does not answer to "
             "production."),
        pdf.Stamp(("RELEASED", "N. Petrov", "2026-02-13"), "#2f5d3a", up=-26 * pdf.mm),
        pdf.signatures(pdf.Signature("Nadja Petrov", "inspector", day))]
    pdf.write(path, paper, story)


def write_inspection_plan(path):
    book = Book("Inspection plan BF-1042 Impeller shaft", "PP-1042 Rev. 4", date(2026, 1, 20),
                firm.JONAS)
    sheet = book.add_sheet("Plan", (7, 30, 14, 12, 12, 12, 26, 20, 16, 32))
    book.table(sheet, [("No.", "Feature (drawing AQ-7731 rev. C)", "Nominal mm", "Upper", "Lower",
                        "Width of tolerance", "Gauge (error at most 1/5 of width)", "How often",
                        "Record", "When outside")])
    stop = "Stop, red card, search back to last good piece"
    rows = [("1 ◇", "Diameter 12 h6, bearing seat", 12.0, 0.0, -0.011, "Micrometer 0.001",
             "1st, then every 10th", "CSV, SPC", stop),
            ("2", "Diameter 9.5 ± 0.05", 9.5, 0.05, -0.05, "Micrometer 0.001",
             "1st, then every 50th",
             "CSV", stop),
            ("3 ◇", "Length 86 ± 0.1", 86.0, 0.1, -0.1, "Height gauge HM-003",
             "1st, then every 25th",
             "CSV", stop),
            ("4", "Flats 9 h11", 9.0, 0.0, -0.09, "Micrometer 0.001", "1st, then every 25th",
             "Route card",
             stop),
            ("5", "Thread M6 6g", 6.0, None, None, "Ring gauge, go and no-go", "every 25th",
             "Route card",
             "Change insert, sort"),
            ("6", "Run-out 0.01 bearing seat", 0.0, 0.01, 0.0, "CMM KM-001", "5 per lot",
             "CMM report",
             stop),
            ("7", "Roughness Ra 0.4", 0.0, 0.4, 0.0, "RP-002", "3 per lot", "Route card",
             "Change insert"),
            ("8", "No burr, no scratch", None, None, None, "Microscope, 10 times", "all",
             "Route card",
             "Rework or scrap")]
    for row, (number, name, nominal, upper, lower, *rest) in enumerate(rows, 5):
        width = None if upper is None else Formula(f"D{row}-E{row}", round(upper - lower, 6))
        for column, value in zip("ABCDEFGHIJ", (number, name, nominal, upper, lower, width, *rest)):
            cell = book.put(sheet, f"{column}{row}", value)
            if column in "CDEF":
                cell.number_format = "0.000"
    book.put(sheet, "A14", "Sample for release: n = 13 of 410, accept on 0 for features 1, 3 and "
             "6. Prepared S. Vogt, checked J. Weber, released M. Aydin 2026-01-20.", box=False,
             wrap=False)
    book.save(path)


def measured_shafts():
    """Time, piece and diameter of every tenth shaft; two after the cold start are too thin."""
    random = Random(1042)
    moment, shafts = datetime(2026, 2, 9, 6, 55), []
    for index in range(42):
        is_cold = moment.day == 10 and moment.hour < 8
        value = random.gauss(11.9945, 0.0011) - (0.0095 if is_cold else 0)
        shafts.append((moment, max(1, index * 10), round(value, 3)))
        moment = _next_moment(moment)
    return shafts


def write_measured_values(path):
    """The shafts as the measuring program exports them."""
    rows = [("Los", "Teil", "Zeit", "Stueck", "Merkmal", "Sollwert_mm", "Istwert_mm", "OT_mm",
             "UT_mm", "Pruefmittel", "Maschine", "Pruefer", "Bewertung")]
    for moment, piece, value in measured_shafts():
        inspector = "M. Bianchi" if (moment.hour, moment.minute) < (13, 45) else "A. Nowak"
        rows.append((LOT, "BF-1042", moment.strftime("%Y-%m-%dT%H:%M"), piece,
                     "1 Durchmesser 12 h6", "12,000", f"{value:.3f}".replace(".", ","), "12,000",
                     "11,989", "MM-017", "TC-3", inspector,
                     "i.O." if LOWER <= value <= UPPER else "n.i.O."))
    csv_table.write(path, rows)


def _next_moment(moment):
    """Ten shafts take 45 minutes; no shaft is made between 21:00 and 06:35."""
    later = moment + timedelta(minutes=45)
    if later.hour >= 21:
        later = datetime(later.year, later.month, later.day, 6, 35) + timedelta(days=1)
    return later


def write_climate(path):
    """Climate of the measuring room every six hours in February, logger TH-001."""
    random = Random(20)
    rows = [("logger", "time", "temperature_c", "humidity_percent", "remark")]
    moment = datetime(2026, 2, 1, 0, 0)
    while moment < datetime(2026, 3, 1):
        working = 6 <= moment.hour <= 18 and moment.weekday() < 5
        temperature = random.gauss(20.1 if working else 19.8, 0.22)
        remark = ""
        if moment == datetime(2026, 2, 17, 12, 0):
            temperature, remark = 21.3, "door open for delivery; measuring stopped 11:40 to 13:30"
        rows.append(("TH-001", moment.strftime("%Y-%m-%d %H:%M"), f"{temperature:.1f}",
                     f"{random.gauss(45, 3):.0f}", remark))
        moment += timedelta(hours=6)
    csv_table.write(path, rows, separator=",")


MACHINES = [
    # number, kind, year, interval in days of the service, last service
    ("TC-1", "Turning centre", 2019, 182, date(2025, 11, 13), "Guideway oil, chuck force"),
    ("TC-2", "Turning centre", 2021, 182, date(2025, 11, 14), "Guideway oil, chuck force"),
    ("TC-3", "Turning centre", 2012, 91, date(2026, 1, 8), "Spindle play, warm-up, oil"),
    ("LD-4", "Sliding head lathe", 2017, 182, date(2025, 12, 17), "Guide bush, bar feeder"),
    ("BZ-1", "Machining centre, three axes", 2016, 182, date(2025, 10, 23),
     "Geometry, tool changer"),
    ("BZ-2", "Machining centre, three axes", 2018, 182, date(2025, 10, 24),
     "Geometry, tool changer"),
    ("BZ-4", "Machining centre, four axes", 2020, 182, date(2025, 12, 4), "Geometry, rotary table"),
    ("WA-1", "Washing line", 2020, 91, date(2026, 1, 21), "Filter, nozzles, bath values"),
    ("KO-1", "Compressor", 2014, 365, date(2025, 6, 18), "Outside service, pressure test"),
    ("KL-1", "Air conditioning measuring room", 2024, 182, date(2025, 11, 6),
     "Filter, sensor check"),
    ("ST-1", "Crane 500 kg", 2010, 365, date(2025, 7, 9), "Yearly safety check by expert"),
]


def write_maintenance(path):
    state = date(2026, 2, 27)
    book = Book("Maintenance plan 2026", "FB-40 Rev. 5", state, firm.MEHMET)
    sheet = book.add_sheet("Plan", (9, 32, 10, 12, 14, 14, 12, 36, 18))
    book.put(sheet, "A3", "State:", bold=True, box=False)
    book.put(sheet, "B3", state, box=False, align="left")
    book.table(sheet, [("No.", "Machine", "Built", "Interval (days)", "Last service",
                        "Next service",
                        "State", "Content beside the maker's list", "By")])
    for row, (number, kind, year, days, last, content) in enumerate(MACHINES, 5):
        due = last + timedelta(days=days)
        values = (number, kind, year, days, last, Formula(f"E{row}+D{row}", due),
                  Formula(f'IF(F{row}<$B$3,"late",IF(F{row}-$B$3<=30,"soon","ok"))',
                          "late" if due < state else "soon" if (due - state).days <= 30 else "ok"),
                  content, "outside" if number in ("KO-1", "ST-1") else "own, team leader")
        for column, value in zip("ABCDEFGHI", values):
            book.put(sheet, f"{column}{row}", value, align="center" if column in "CG" else None)
    for words, color in (('"late"', RED), ('"soon"', AMBER), ('"ok"', GREEN)):
        sheet.conditional_formatting.add("G5:G15", CellIsRule(
            operator="equal", formula=[words], fill=PatternFill("solid", bgColor=color)))
    _add_breakdowns(book)
    book.save(path)


def _add_breakdowns(book):
    sheet = book.add_sheet("Breakdowns", (13, 10, 40, 12, 44))
    rows = [(date(2025, 10, 7), "TC-3", "Spindle drive overheated", 9.5, "Fan changed; temperature "
             "watched weekly"),
            (date(2025, 11, 26), "BZ-1", "Tool changer stuck", 3.0,
             "Gripper cleaned; added to plan"),
            (date(2026, 1, 14), "WA-1", "Pump leak", 5.0, "Seal changed, spare in store"),
            (date(2026, 2, 18), "LD-4", "Bar feeder sensor", 1.5, "Sensor changed")]
    last = book.table(sheet, [("Date", "Machine", "What", "Hours lost", "Action"), *rows])
    book.put(sheet, f"C{last + 1}", "Sum since 2025-10", bold=True)
    book.put(sheet, f"D{last + 1}", Formula(f"SUM(D5:D{last})", sum(row[3] for row in rows)),
             bold=True)


def write_packing(path):
    paper = Paper("Packing trocar sleeve BF-2210", "AA-12 Rev. 2", date(2026, 1, 16),
                  firm.GUDRUN.name)
    story = [
        facts([("Part", "BF-2210, drawing HX-20418-04"), ("Customer", "Heliovex Medizintechnik"),
               ("Danger", "Dented ends, fingerprints, fluff"), ("Kept", "at most 12 months, dry, "
                                                                "10 to 30 °C")]),
        table([
            ("Step", "What", "Watch for"),
            ("1", "Nitrile gloves on. Bench wiped, tray from the clean cupboard.",
             "No wool gloves, no paper towels"),
            ("2", "Take sleeves only from the washed basket with a green card of the same lot.",
             "Basket without card: to Nadja Petrov"),
            ("3", "Protective caps on both ends, 50 sleeves upright into one tray.",
             "Cap sits flush; count shown by the full tray"),
            ("4", "Tray into bag, drying agent 5 g, weld. Label: part, lot, quantity, date, name.",
             "Weld 8 mm wide without folds"),
            ("5", "Four bags per box, corner pads, foam on top. Box label on the short side.",
             "Box at most 8 kg"),
            ("6", "Box to shelf D, oldest lot in front. Dispatch with Albkurier only in closed "
             "cars.",
             "Shelf D is between 10 and 30 °C"),
        ], (12, 98, 60)),
        heading("When something is wrong"),
        *bullets(["Dropped sleeve: red card, never back into the tray.",
                  "Open weld: wash the lot again (program 5), pack anew.",
                  "Lots over 12 months old: Jonas Weber decides before delivery."]),
        heading("Why"),
        text("In October 2025 1 200 sleeves came back for sorting because ends were dented in "
             "loose bags. Since the trays were brought in (2025-11-03) there was no dent in 9 "
             "lots."),
        pdf.signatures(pdf.Signature("Gudrun Fischer", "author", date(2026, 1, 16), ""),
                       pdf.Signature("Jonas Weber", "released", date(2026, 1, 16), ""))]
    pdf.write(path, paper, story)


def write_customer_property(path):
    csv_table.write(path, [
        ("No.", "Customer", "What", "Marked", "Received", "Checked by", "Result", "Place",
         "Returned or used", "Remark"),
        ("KE-01", "Aqualis Pumps", "Sample shaft, worn, for comparison", "KE-01 tag", "2025-09-18",
         "N. Petrov", "as described", "Measuring room cupboard 2", "", "drawing AQ-7731"),
        ("KE-02", "Aqualis Pumps", "Go/no-go gauge for seat BF-1057", "KE-02 engraved",
         "2025-11-05",
         "N. Petrov", "calibrated until 2026-10", "Measuring room cupboard 2", "",
         "list FB-70 does not apply; Aqualis calibrates"),
        ("KE-03", "Heliovex Medizintechnik", "Titanium bar 3.7165, 12 m, for trial", "KE-03 yellow "
         "paint", "2025-12-02", "P. Zeller", "1 bar scratched, told 2025-12-02", "Store rack K",
         "7.4 m used 2026-01-12", "rest 4.6 m"),
        ("KE-04", "Heliovex Medizintechnik", "Limit samples burr, set of 6", "KE-04 box",
         "2026-01-13", "J. Weber", "complete", "Finishing, locked drawer", "", "used with AA-14"),
        ("KE-05", "Dosimira Pumpentechnik", "Drawings DP-118-6, DP-121-2 (confidential)", "order "
         "system", "2025-10-21", "S. Roth", "readable, revision noted", "Order system", "",
         "NDA of 2025-10-14"),
        ("KE-06", "Aqualis Pumps", "40 reusable transport boxes", "blue, logo", "2026-01-27",
         "P. Zeller", "1 box cracked, told 2026-01-28", "Dispatch", "39 in circulation", ""),
    ], byte_order_mark=True)


def write_process_change(path):
    sheet = word.Sheet("Change in production 26-02: insert for BF-1042", "FB-26 / 26-02", "1",
                       date(2026, 2, 4), firm.MEHMET)
    document = word.begin(sheet)
    word.facts(document, [
        ("Asked by", "Dieter Hauser, 2026-01-27"),
        ("Part, operation", "BF-1042, operation 20, finishing cut of 12 h6 on TC-3"),
        ("Change", "Insert CY-DCGT 11T304 of supplier L-019 in place of the former grade"),
        ("Why", "Tool life 60 instead of 35 pieces; fewer corrections of the diameter"),
        ("Customer's consent needed?", "No (Aqualis agreement 5.2: tools free). Told for "
         "information 2026-02-03, S. Roth"),
        ("Looked at", "Size, roughness, burr, cutting data, cleaning: no effect on passivation"),
    ])
    word.section(document, "Trial of 2026-02-02, 30 pieces")
    word.table(document, [
        ("Feature", "Before", "With new insert", "Limit", "Verdict"),
        ("Diameter 12 h6, Cpk", "1.38", "1.52", "≥ 1.33", "good"),
        ("Roughness Ra, largest of 5", "0.36 µm", "0.31 µm", "0.4 µm", "good"),
        ("Burr at groove", "none", "none", "none", "good"),
        ("Tool life", "35", "62", "-", "better"),
    ], (52, 28, 36, 26, 28))
    word.section(document, "Decision")
    word.bullets(document, ["Released from lot 26-06-0083 on: Mehmet Aydin, Jonas Weber, "
                            "2026-02-04",
                            "Set-up sheet and program O1042 changed to revision 7, old one locked: "
                            "Stefan Vogt, 2026-02-05",
                            "M. Bianchi and A. Nowak shown at the machine: D. Hauser, 2026-02-06",
                            "Look again after three lots"])
    word.finish(document, path, sheet)


DOCUMENTS = [
    ("04 Fertigung/Arbeitskarte 26-0083 BF-1042.pdf", write_route_card),
    ("04 Fertigung/Prüfzeugnis 26-0083 BF-1042.pdf", write_lot_certificate),
    ("04 Fertigung/Prüfplan BF-1042.xlsx", write_inspection_plan),
    ("04 Fertigung/Messwerte/Messwerte BF-1042 Los 26-06-0083-2.csv", write_measured_values),
    ("04 Fertigung/Messwerte/Klima Messraum 2026-02.csv", write_climate),
    ("04 Fertigung/Wartungsplan 2026.xlsx", write_maintenance),
    ("04 Fertigung/AA-12 Verpacken BF-2210.pdf", write_packing),
    ("04 Fertigung/Kundeneigentum.csv", write_customer_property),
    ("04 Fertigung/Änderung 26-02 Schneidplatte.docx", write_process_change),
]
