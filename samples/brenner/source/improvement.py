"""Folder 08 Messen und Verbessern: figures, audits, management review, corrective action."""

from datetime import date

from reportlab.platypus import KeepTogether

import firm
import pdf
import table as csv_table
import word
from pdf import Paper, bullets, facts, heading, table, text
from sheet import AMBER, GREEN, Book, Formula
from openpyxl.chart import BarChart, LineChart, Reference
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import PatternFill

MONTHS = [f"2025-{month:02}" for month in range(1, 13)] + ["2026-01", "2026-02"]
LINES = [80, 82, 88, 84, 83, 85, 92, 62, 90, 96, 92, 78, 84, 86]
ON_TIME = [74, 76, 82, 78, 78, 79, 86, 58, 84, 91, 88, 75, 81, 83]
DELIVERIES = [17, 17, 19, 18, 18, 18, 20, 13, 19, 20, 19, 16, 18, 18]
COMPLAINTS = [0, 0, 1, 0, 0, 0, 0, 0, 1, 1, 1, 0, 0, 1]
COST = [208, 205, 219, 212, 210, 214, 228, 160, 222, 230, 221, 191, 209, 212]
SCRAP = [7.4, 7.1, 7.6, 7.3, 7.2, 7.4, 7.9, 5.4, 7.6, 7.9, 7.0, 5.9, 5.9, 5.8]
YEAR = slice(0, 12)


def write_figures(path):
    book = Book("KPI dashboard", "FB-80 state February 2026", date(2026, 3, 3), firm.JONAS)
    dashboard = book.add_sheet("Dashboard", (46, 15, 15, 15, 15, 24))
    data = book.add_sheet("Data", (12, 13, 13, 13, 13, 17, 15, 13, 13))
    _add_data(book, data)
    _add_goals(book, dashboard)
    _add_charts(dashboard, data)
    book.save(path)


def _add_data(book, sheet):
    book.table(sheet, [("Month", "Order lines", "On the day", "Deliveries", "Complaints",
                        "Production cost k€", "Scrap, rework k€", "On time", "Scrap share")])
    for row, values in enumerate(zip(MONTHS, LINES, ON_TIME, DELIVERIES, COMPLAINTS, COST, SCRAP),
                                 5):
        for column, value in zip("ABCDEFG", values):
            book.put(sheet, f"{column}{row}", value)
        book.put(sheet, f"H{row}", Formula(f"C{row}/B{row}", values[2] / values[1]), format="0.0 %")
        book.put(sheet, f"I{row}", Formula(f"G{row}/F{row}", values[6] / values[5]), format="0.0 %")
    book.put(sheet, "A20", "Sources: order system (lines, deliveries), complaint log, accounts "
             "(cost), fault log. Entered by J. Weber by the third working "
             "day.", box=False, wrap=False)


def _share(above, below, part):
    return sum(above[part]) / sum(below[part])


def _add_goals(book, sheet):
    book.table(sheet, [("Figure", "2025", "2026 so far", "Target 2026", "State", "Owner")])
    now = slice(12, 14)
    rows = [("Z1 Order lines on the day agreed", "C", "B", ON_TIME, LINES, 0.97, "M. Aydin", 1),
            ("Z3 Scrap and rework, share of cost", "G", "F", SCRAP, COST, 0.025, "M. Aydin", 1),
            ("Z2 Complaints per 100 deliveries", "E", "D", COMPLAINTS, DELIVERIES, 1.2, "J. Weber",
             100)]
    for row, (name, above, below, tops, bottoms, target, owner, factor) in enumerate(rows, 5):
        times = f"*{factor}" if factor > 1 else ""
        form = "0.0 %" if factor == 1 else "0.0"
        book.put(sheet, f"A{row}", name)
        for column, first, last, part in (("B", 5, 16, YEAR), ("C", 17, 18, now)):
            words = (f"SUM(Data!{above}{first}:{above}{last})/"
                     f"SUM(Data!{below}{first}:{below}{last}){times}")
            book.put(sheet, f"{column}{row}", Formula(words, _share(tops, bottoms, part) * factor),
                     format=form)
        book.put(sheet, f"D{row}", target, format=form)
        current = _share(tops, bottoms, now) * factor
        better = current >= target if row == 5 else current <= target
        book.put(sheet, f"E{row}", Formula(
            f'IF(C{row}{">=" if row == 5 else "<="}D{row},"met","not yet")',
            "met" if better else "not yet"), align="center")
        book.put(sheet, f"F{row}", owner)
    _add_other_goals(book, sheet)


def _add_other_goals(book, sheet):
    rows = [("Z4 Mean mark of customers (1 best)", 1.9, None, 1.7, "in November", "S. Roth"),
            ("Z5 Key jobs with two setters", 0.64, 8 / 11, 0.85, "not yet", "L. Hofmann"),
            ("Z6 ISO 9001 certificate", "none", "applied 2026-03-04", "2026-06-30", "on plan",
             "A. Brenner")]
    for row, values in enumerate(rows, 8):
        for column, value in zip("ABCDEF", values):
            cell = book.put(sheet, f"{column}{row}", value,
                            align="center" if column == "E" else None)
            if row == 9 and column in "BCD":
                cell.number_format = "0 %"
    for words, color in (('"met"', GREEN), ('"not yet"', AMBER)):
        sheet.conditional_formatting.add("E5:E10", CellIsRule(
            operator="equal", formula=[words], fill=PatternFill("solid", bgColor=color)))


def _add_charts(dashboard, data):
    months = Reference(data, min_col=1, min_row=5, max_row=18)
    line = LineChart()
    line.title, line.height, line.width = "Order lines on the day agreed", 7.5, 14
    line.add_data(Reference(data, min_col=8, min_row=4, max_row=18), titles_from_data=True)
    line.set_categories(months)
    line.y_axis.scaling.min, line.y_axis.scaling.max = 0.9, 1.0
    line.y_axis.number_format, line.legend = "0 %", None
    line.series[0].graphicalProperties.line.solidFill = "17506B"
    line.series[0].smooth = False
    dashboard.add_chart(line, "A12")
    bars = BarChart()
    bars.title, bars.height, bars.width = "Scrap and rework, share of cost", 7.5, 12
    bars.add_data(Reference(data, min_col=9, min_row=4, max_row=18), titles_from_data=True)
    bars.set_categories(months)
    bars.y_axis.scaling.min, bars.y_axis.number_format, bars.legend = 0, "0.0 %", None
    bars.series[0].graphicalProperties.solidFill = "8FB4C6"
    dashboard.add_chart(bars, "D12")


def write_programme(path):
    book = Book("Internal audit programme 2026", "FB-81 Rev. 1", date(2026, 1, 12), firm.JONAS)
    sheet = book.add_sheet("2026", (30, 26, 20, 13, 13, 22, 40))
    book.table(sheet, [
        ("Process or area", "Requirements", "Why so often", "Planned", "Done", "Auditor",
         "Remark")])
    rows = [
        ("Leading, planning", "4, 5, 6, 9.3", "new system", date(2026, 2, 3), date(2026, 2, 3),
         "L. Hofmann", "with A. Brenner"),
        ("Order, contract review", "8.2", "complaints 2025", date(2026, 2, 3), date(2026, 2, 3),
         "J. Weber", ""),
        ("Work preparation, turning, milling", "8.1, 8.5, 8.6, 8.7", "core, risk R-02",
         date(2026, 2, 3), date(2026, 2, 3), "J. Weber", "both shifts"),
        ("Finishing, packing", "8.5.4, 8.6", "complaints 25-02, 25-03", date(2026, 2, 4),
         date(2026, 2, 4), "L. Hofmann", ""),
        ("Purchasing, goods in", "8.4", "risk R-04", date(2026, 2, 4), date(2026, 2, 4), "J. Weber",
         "sample of 3 suppliers"),
        ("Measuring equipment", "7.1.5", "risk R-03", date(2026, 2, 4), date(2026, 2, 4),
         "L. Hofmann", "not by J. Weber: own work"),
        ("People, training", "7.1.2 to 7.3", "objective Z5", date(2026, 2, 4), date(2026, 2, 4),
         "J. Weber", "not by L. Hofmann: own work"),
        ("Documents, IT", "7.5", "new system", date(2026, 2, 4), date(2026, 2, 4), "L. Hofmann",
         ""),
        ("Turning, milling, second look", "8.5, 8.6", "after five-axis start", date(2026, 9, 15),
         None,
         "L. Hofmann", ""),
        ("Purchasing, measuring equipment, second look", "7.1.5, 8.4", "yearly twice: risk",
         date(2026, 9, 16), None, "L. Hofmann", ""),
    ]
    last = 4 + len(rows)
    for row, values in enumerate(rows, 5):
        for column, value in zip("ABCDEFG", values):
            book.put(sheet, f"{column}{row}", value)
    book.put(sheet, f"A{last + 1}", "Audits done", bold=True)
    book.put(sheet, f"E{last + 1}", Formula(f'COUNT(E5:E{last})&" of "&COUNT(D5:D{last})',
                                            "8 of 10"),
             align="center", bold=True)
    book.put(sheet, f"A{last + 3}", "Auditors: Jonas Weber, Lukas Hofmann (course 2025-11-12). "
             "Nobody audits own work. Frequency by importance, changes and earlier results "
             "(VA-08). Released: A. Brenner, 2026-01-12.", box=False, wrap=False)
    book.save(path)


def write_audit_report(path):
    day = date(2026, 2, 24)
    paper = Paper("Internal audit report 2026-01", "FB-82 / 2026-01 Rev. 2", day, firm.JONAS.name)
    story = [
        facts([("Days", "2026-02-03 and 2026-02-04"), ("Criteria",
                                                       "ISO 9001:2015, QM-001 to QM-020, VA-01 to "
                                                       "VA-08"),
               ("Auditors", "Jonas Weber, Lukas Hofmann"), ("Scope", "all processes, both shifts"),
               ("Talked with", "A. Brenner, M. Aydin, P. Klein, S. Roth, S. Vogt, N. Petrov, D. "
                "Hauser, G. Fischer, 5 setters, 1 apprentice"), ("Last audit",
                                                         "none, first audit of the new system")]),
        heading("Summary"),
        text("The system works in daily life. People know the policy, find their documents and use "
             "the red card without being asked. Two minor nonconformities and three observations "
             "were found. The system is ready for the certification audit when they are closed."),
        heading("What was looked at"),
        table([
            ("Process", "Sample", "Result"),
            ("Leading", "Policy, objectives, risks R-01 to R-09, change plan", "conforms"),
            ("Order", "Orders 26-0041, 26-0062, 26-0083", "conforms"),
            ("Turning, milling", "Route cards 26-0041, 26-0062, 26-0070, 26-0074; TC-1, LD-4, BZ-2",
             "N1"),
            ("Finishing, packing", "AA-11, AA-12, AA-14 at the bench; lot 26-03-0041-1", "N2, O1"),
            ("Purchasing", "Suppliers L-003, L-012, L-019; orders 4500-2198, -2231",
             "conforms, O2"),
            ("Measuring equipment", "MM-011, MM-013, HM-003, LD-030, RP-002: labels, list, "
             "certificates", "conforms"),
            ("People", "Files of A. Nowak, K. Lang, E. Yildiz; matrix", "O3"),
            ("Documents, IT", "10 documents of the list; restore of 2025-09", "N2"),
        ], (34, 106, 30)),
        heading("Findings"),
        table([
            ("No.", "What was found", "Requirement", "Answer by", "State 2026-02-24"),
            ("N1 minor", "First-piece release not signed on route cards 26-0070 and 26-0074 "
             "(second shift); the sizes themselves were measured and in order.", "8.6, VA-02 no. 3",
             "M. Aydin, 2026-02-20", "closed, CA-2026-02"),
            ("N2 minor", "Print of AA-11 revision 1 at packing bench 2; released is revision 2.",
             "7.5.3.1, VA-01", "G. Fischer, 2026-02-13", "closed 2026-02-11"),
            ("O1", "Foam for BF-2233 stored open beside the deburring bench.", "8.5.4",
             "G. Fischer",
             "cupboard bought"),
            ("O2", "Orders below 500 € do not name the right of access.", "8.4.3", "P. Klein",
             "text added"),
            ("O3", "Courses judged well, but two judgments were late by 3 weeks.", "7.2",
             "L. Hofmann",
             "reminder set"),
        ], (18, 70, 28, 28, 26)),
        KeepTogether([
            heading("Good practice"),
            *bullets(["Photo boards for deburring, made by the team itself",
                      "Bar ends painted by heat: traced from box to mill certificate in four "
                      "minutes"]),
            heading("Follow-up"),
            text("First edition of this report: 2026-02-09, given to Anna Brenner and all process "
                 "owners. N1 and N2 were looked at again on the floor on 2026-02-23 by Lukas "
                 "Hofmann: ten route cards of the second shift signed, all benches with released "
                 "prints. The next audits are in the programme for September 2026."),
            text("An audit is a sample; what was not looked at can contain faults."),
            pdf.signatures(pdf.Signature("Jonas Weber", "auditor", day),
                           pdf.Signature("Lukas Hofmann", "auditor", day))])]
    pdf.write(path, paper, story)


REVIEW_INPUTS = [
    ("Actions of earlier reviews", "First review. Actions of the kick-off of 2025-09-22: 14 of 15 "
     "done; open: second restore test in March."),
    ("Changes outside and inside", "QM-003 gone through. New: retirement of three setters by 2029, "
     "energy figures asked by customers from 2027. Climate change stays relevant (summer heat)."),
    ("Customers, interested parties", "Survey mean 1.9 (2024: 2.1). Four complaints in 2025, one "
     "in 2026. Aqualis visited on 2026-02-17: content, waits for the certificate."),
    ("Objectives", "On time 96.5 % (target 97), scrap 2.8 % (2.5), complaints 2.8 per 100 for two "
     "months (1.2; one complaint), two setters 73 % (85)."),
    ("Processes and parts", "First-pass share 98.1 %. Cpk of BF-1042 in lot 26-06-0083-2: 1.38 (at "
     "least 1.33)."),
    ("Nonconformities, corrective action", "Nine corrective actions in 2025, all closed; three in "
     "2026, CA-2026-01 open."),
    ("Measuring results", "Climate of measuring room kept but for 2026-02-17 (110 min, no "
     "measuring)."),
    ("Audit results", "Internal audit of 2026-02-03: two minor, three observations; answered."),
    ("Suppliers", "2025: five A, three B, no C in the evaluation of 2026-01-29."),
    ("Means", "Staff enough until August; one turner from September. Budget 461 900 € agreed."),
    ("Effect of actions on risks", "Sum of risk values down from 99 to 51; no risk of 12 or more "
     "left when running actions end."),
    ("Chances to improve", "Five-axis machine; joint training with neighbours; orders read in "
     "electronically."),
]


def write_review(path):
    sheet = word.Sheet("Management review 2026", "FB-90 / 2026-01", "1", firm.MANAGEMENT_REVIEW,
                       firm.JONAS)
    document = word.begin(sheet)
    word.facts(document, [
        ("Day, place", "2026-02-26, 14:00 to 17:10, office"),
        ("Took part", "Anna Brenner (chair), Jonas Weber (minutes), Mehmet Aydin, Petra Klein, "
         "Lukas Hofmann, Sabine Roth"),
        ("Period", "2025-09-22 to 2026-02-25; next review September 2026, then each February"),
    ])
    word.section(document, "1 What was looked at")
    word.table(document, [("Input", "Facts and judgment"), *REVIEW_INPUTS], (46, 124))
    word.section(document, "2 Judgment", "The management system suits the firm, covers what "
                 "customers and the standard ask, and works. Policy QM-001 stays. The scope in "
                 "QM-002 is right and is put into its final form until 2026-03-02.")
    word.section(document, "3 Decisions and actions")
    word.table(document, [
        ("No.", "Decision", "Kind", "Who", "Until", "Means"),
        ("M1", f"Apply to {firm.BODY} for certification", "system", "A. Brenner", "2026-03-06",
         "9 800 €"),
        ("M2", "Advertise one turner for 2026-09", "means", "C. Mayr", "2026-03-31", "48 000 € a "
         "year"),
        ("M3", "Energy meters on TC-1, TC-3, WA-1", "improvement", "M. Aydin", "2026-05-29",
         "1 900 €"),
        ("M4", "Order reading in electronic form with Aqualis", "improvement", "S. Roth",
         "2026-09-30", "40 h"),
        ("M5", "Warm-up of TC-3 started by timer before the shift", "improvement", "D. Hauser",
         "2026-03-13", "4 h"),
        ("M6", "Tandem CMM: K. Lang with N. Petrov", "means", "L. Hofmann", "2026-06-30", "40 h"),
        ("M7", "Write the know-how of the three setters down before they leave", "system",
         "L. Hofmann", "2026-06-30", "60 h"),
    ], (12, 66, 24, 24, 22, 22))
    word.section(document, "4 Passed on", "Results are presented at the works meeting of "
                 "2026-03-05. Anna Brenner follows the actions in the monthly talk.")
    document.add_paragraph("Anna Brenner, 2026-02-27          Jonas Weber, 2026-02-27")
    word.finish(document, path, sheet)


FAULTS = [
    ("25-098", "2025-10-02", "25-38-0731-1", "BF-2210", "Packing", 3, "Dent", "Scrap", 41),
    ("25-101", "2025-10-15", "25-40-0790-1", "BF-3105", "Turning", 6, "Run-out 0.014",
     "Rework ground",
     96),
    ("25-107", "2025-11-06", "25-44-0930-1", "BF-2233", "Heat treatment", 12, "Hardness 38.5 HRC "
     "(40 to 44)", "Returned to L-014, aged again", 0),
    ("25-110", "2025-11-12", "25-44-0942-1", "BF-1042", "Customer", 2, "Diameter 11.986", "Scrap, "
     "replaced", 88),
    ("25-114", "2025-12-08", "25-49-1011-1", "BF-1057", "Milling", 4, "Slot offset 0.08",
     "Concession Aqualis, M. Falk 2025-12-09", 0),
    ("26-003", "2026-01-13", "26-02-0022-1", "BF-2210", "Deburring", 9, "Burr inside", "Rework",
     36),
    ("26-007", "2026-01-28", "26-04-0062-1", "BF-3105", "Turning", 2, "Scratch", "Scrap", 32),
    ("26-011", "2026-02-10", "26-06-0083-2", "BF-1042", "Turning", 5, "Diameter under size, cold "
     "start", "Scrap, 20 pieces searched", 71),
    ("26-012", "2026-02-11", "26-06-0083-2", "BF-1042", "Milling", 1, "Flat offset, set-up piece",
     "Scrap", 15),
    ("26-013", "2026-02-13", "26-06-0083-2", "BF-1042", "Final inspection", 1, "Scratch on seat",
     "Scrap", 19),
    ("26-016", "2026-02-24", "26-07-0091-1", "BF-1057", "Turning", 3, "Chamfer missing", "Rework",
     22),
]


def write_faults(path):
    head = ("Rote_Karte", "Datum", "Los", "Teil", "Ort", "Stück", "Fehler", "Entscheidung",
            "Kosten_EUR", "Entschieden", "Nachgeprüft")
    rows = [(*fault, "J. Weber", "N. Petrov" if fault[7].startswith(("Rework", "Returned"))
             else "") for fault in FAULTS]
    csv_table.write(path, [head, *rows], byte_order_mark=True)


def write_corrective_action(path):
    sheet = word.Sheet("Corrective action CA-2025-07: dented sleeves", "FB-50 / CA-2025-07", "1",
                       date(2025, 12, 12), firm.JONAS)
    document = word.begin(sheet)
    word.facts(document, [
        ("Source", "Complaint 25-03, Heliovex Medizintechnik, 2025-10-06"),
        ("Part, lot", "BF-2210 Trocar sleeve, lot 25-38-0731-1, 1 200 pieces delivered"),
        ("Fault", "37 sleeves with dented ends, depth up to 0.15 mm; allowed: none"),
        ("Team", "J. Weber, G. Fischer, F. Maier, P. Zeller"),
    ])
    word.section(document, "Correction", "All 1 200 sleeves fetched on 2025-10-08, sorted under "
                 "the microscope by 2025-10-10, 37 replaced. Store and running lots searched: 3 "
                 "more found (red card 25-098).")
    word.section(document, "Causes")
    word.table(document, [
        ("Why?", "Why it happened", "Why it was not seen"),
        ("1", "Sleeves knock together in the bag", "Final inspection is before packing"),
        ("2", "Bags are loose in the box", "No check after packing in the plan"),
        ("3", "Packing instruction said \"pack safely\" only", "Drop test was never done"),
        ("4", "Instruction written without the packers", "Risk of transport not in the register"),
    ], (14, 78, 78))
    word.section(document, "Actions")
    word.table(document, [
        ("Action", "Who", "Until", "Done"),
        ("Trays with caps, 50 sleeves upright", "G. Fischer", "2025-11-03", "2025-11-03"),
        ("New instruction with photos (AA-12), written with the packers", "G. Fischer",
         "2026-01-16",
         "first print 2025-11-14"),
        ("Drop test 80 cm with new packing, 5 boxes", "J. Weber", "2025-11-07",
         "2025-11-06, no dent"),
        ("Other thin parts: BF-2233 packed the same way", "G. Fischer", "2025-11-28", "2025-11-24"),
        ("Risk R-06 and inspection plan changed", "J. Weber", "2025-11-14", "2025-11-14"),
    ], (86, 28, 26, 30))
    word.section(document, "Effect", "Five lots since 2025-11-03 (5 400 sleeves): no dent found by "
                 "Heliovex or by us. Customer agreed to close on 2025-12-11. Closed: Jonas Weber, "
                 "2025-12-12.")
    word.finish(document, path, sheet)


def write_improvements(path):
    book = Book("Improvement list", "FB-55", date(2026, 2, 27), firm.JONAS)
    sheet = book.add_sheet("Ideas", (8, 13, 46, 20, 12, 13, 36))
    rows = [(1, date(2025, 10, 9), "Paint bar ends by heat", "P. Zeller", "done", 600,
             "Tracing takes 4 min, was 25"),
            (2, date(2025, 10, 20), "Trays for thin sleeves", "A. Horvat", "done", 5200,
             "No dent since 2025-11"),
            (3, date(2025, 11, 18), "Set-up photos on the machine screen", "R. Schuler", "done",
             3800,
             "Set-up 12 min shorter on TC-1"),
            (4, date(2025, 12, 3), "Insert of L-019 for BF-1042", "D. Hauser", "done", 4100,
             "Change 26-02, tool life 62"),
            (5, date(2026, 1, 12), "Warm-up of TC-3 by timer", "A. Nowak", "running", 2400,
             "M5 of the review"),
            (6, date(2026, 1, 19), "Second microscope at packing", "G. Fischer", "done", 1500,
             "2 400 € spent"),
            (7, date(2026, 2, 5), "Call the customer two days before a delay", "S. Roth", "running",
             0,
             "CA-2026-01"),
            (8, date(2026, 2, 12), "Oil separator for chips", "Y. Kaya", "examined", 1900,
             "Offer asked")]
    last = book.table(sheet, [("No.", "Date", "Idea", "From", "State", "Gain €/year", "Result"),
                              *rows])
    for row in range(5, last + 1):
        sheet[f"F{row}"].number_format = "#,##0"
    book.put(sheet, f"E{last + 1}", "Gain done", bold=True)
    book.put(sheet, f"F{last + 1}", Formula(f'SUMIFS(F5:F{last},E5:E{last},"done")',
                                            sum(row[5] for row in rows if row[4] == "done")),
             bold=True, format="#,##0")
    book.save(path)


DOCUMENTS = [
    ("08 Messen und Verbessern/Kennzahlen.xlsx", write_figures),
    ("08 Messen und Verbessern/Interne Audits/Auditprogramm 2026.xlsx", write_programme),
    ("08 Messen und Verbessern/Interne Audits/Auditbericht 2026-01.pdf", write_audit_report),
    ("08 Messen und Verbessern/Managementbewertung 2026-02-26.docx", write_review),
    ("08 Messen und Verbessern/Fehlerprotokoll.csv", write_faults),
    ("08 Messen und Verbessern/Korrekturmaßnahmen/CA-2025-07 Druckstellen BF-2210.docx",
     write_corrective_action),
    ("08 Messen und Verbessern/Verbesserungen.xlsx", write_improvements),
]
