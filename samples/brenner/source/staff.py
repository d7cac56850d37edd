"""Folder 03 Personal: training matrix, job descriptions, instruction record, staffing, messages."""

from datetime import date

import firm
import pdf
import word
from pdf import Paper, bullets, facts, heading, table, text
from sheet import AMBER, GREEN, RED, Book, Formula
from openpyxl.chart import BarChart, LineChart, Reference
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import PatternFill

MATRIX_STATE = date(2026, 2, 16)
KEY_JOBS = ["TC-1", "TC-2", "TC-3", "Sliding head LD-4", "BZ-1", "BZ-2", "BZ-4", "CAM program",
            "CMM KM-001", "Micro-scope deburring", "Washing line"]
# One digit per key job: 0 no, 1 learning, 2 works alone, 3 sets up and teaches.
SKILLS = {
    "Mehmet Aydin": "33302210000", "Jonas Weber": "00000000200", "Lukas Hofmann": "23203220000",
    "Stefan Vogt": "10000223000", "Elif Demir": "00001223000", "Nadja Petrov": "00000000330",
    "Dieter Hauser": "33230000000", "Ralf Schuler": "32000000000", "Marco Bianchi": "02300000000",
    "Tobias Kern": "12030000000", "Agnieszka Nowak": "01210000000", "Florian Maier": "00003320000",
    "Yusuf Kaya": "00002300000", "Katrin Lang": "00000130000", "Benedikt Reiter": "00001020000",
    "Gudrun Fischer": "00000000033", "Ana Horvat": "00000000031", "Peter Zeller": "00000000012",
    "Leonie Frank": "11001100000", "Emre Yildiz": "10001000000",
}
_NAMES = list(SKILLS)


def _level(name, job):
    return int(SKILLS[name][job])


def write_matrix(path):
    book = Book("Training matrix", "FB-30 Rev. 6", MATRIX_STATE, firm.LUKAS)
    sheet = book.add_sheet("Matrix", (20, 27, *(9.5 for _ in KEY_JOBS), 12))
    book.table(sheet, [("Name", "Work", *KEY_JOBS, "Jobs alone")])
    roles = {person.name: person.role for person in firm.PEOPLE}
    for row, name in enumerate(_NAMES, 5):
        levels = [_level(name, job) for job in range(len(KEY_JOBS))]
        values = (name, roles[name], *levels,
                  Formula(f'COUNTIF(C{row}:M{row},">=2")', sum(level >= 2 for level in levels)))
        for column, value in zip("ABCDEFGHIJKLMN", values):
            book.put(sheet, f"{column}{row}", value, align="center" if column > "B" else None)
    last = 4 + len(_NAMES)
    _add_matrix_sums(book, sheet, last)
    for limits, operator, color in ((["3"], "equal", GREEN), (["2"], "equal", "E4F1E4"),
                                    (["1"], "equal", AMBER)):
        sheet.conditional_formatting.add(f"C5:M{last}", CellIsRule(
            operator=operator, formula=limits, fill=PatternFill("solid", bgColor=color)))
    sheet.freeze_panes = "C5"
    _add_courses(book)
    book.save(path)


def _add_matrix_sums(book, sheet, last):
    setters = [sum(_level(name, job) == 3 for name in _NAMES) for job in range(len(KEY_JOBS))]
    row = last + 1
    book.put(sheet, f"A{row}", "People who set up (level 3)", bold=True)
    book.put(sheet, f"B{row}", "target: 2 or more")
    for column, count in zip("CDEFGHIJKLM", setters):
        book.put(sheet, f"{column}{row}", Formula(f"COUNTIF({column}5:{column}{last},3)", count),
                 align="center", bold=True)
    share = sum(count >= 2 for count in setters) / len(setters)
    book.put(sheet, f"A{row + 1}", "Key jobs with two setters (Z5)", bold=True)
    book.put(sheet, f"C{row + 1}", Formula(
        f'COUNTIF(C{row}:M{row},">=2")/COUNTA(C4:M4)', share), format="0 %", bold=True,
        align="center")
    book.put(sheet, f"A{row + 2}", "0 no · 1 learning, under guidance · 2 works alone · 3 sets up "
             "and teaches. Judged by the team leader at the machine, confirmed by L. Hofmann.",
             box=False, wrap=False)
    sheet.conditional_formatting.add(f"C{row}:M{row}", CellIsRule(
        operator="lessThan", formula=["2"], fill=PatternFill("solid", bgColor=RED)))


def _add_courses(book):
    sheet = book.add_sheet("Courses", (13, 44, 34, 10, 30, 22))
    book.table(sheet, [
        ("Date", "Course or instruction", "People", "Hours", "How the effect was judged",
         "Judged"),
        (date(2025, 10, 13), "Reading drawings: form and position tolerances", "6 turners, millers",
         8, "Test of 10 drawings, all above 80 %", "2025-10-20, L. Hofmann"),
        (date(2025, 11, 5), "ISO 9001 for process owners", "Brenner, Weber, Aydin, Klein, Hofmann",
         16, "Own process described and accepted", "2025-11-28, J. Weber"),
        (date(2025, 11, 12), "Internal auditor, 2 days (chamber course)", "Weber, Hofmann", 32,
         "Certificate; first audit accompanied", "2026-02-04, A. Brenner"),
        (date(2025, 12, 4), "Use of micrometers, zero setting", "Bianchi, Nowak, Frank, Yildiz", 4,
         "Repeat measurement, spread below 2 µm", "2025-12-11, N. Petrov"),
        (date(2026, 1, 14), "Deburring under the microscope AA-14", "Fischer, Horvat, Zeller", 6,
         "50 sleeves, none with burr", "2026-01-16, J. Weber"),
        (date(2026, 1, 22), "Works meeting: policy, objectives, own part in it", "22 of 24 people",
         22, "Questions at the machine, see record", "2026-02-06, J. Weber"),
        (date(2026, 2, 9), "Setter tandem TC-3, week 1 of 2", "Nowak with Bianchi", 16,
         "Set-up of BF-1042 alone", "planned 2026-03-20"),
        (date(2026, 5, 18), "Five-axis machine, maker's course", "Maier, Lang, Vogt, Demir", 120,
         "planned: capability of first part", "planned 2026-06-12"),
    ])


def write_quality_manager_job(path):
    sheet = word.Sheet("Job description: quality manager", "FB-31-02", "2", date(2025, 12, 1),
                       firm.CLAUDIA)
    document = word.begin(sheet)
    word.facts(document, [("Holder", "Jonas Weber"), ("Reports to", "Anna Brenner"),
                          ("Leads", "Nadja Petrov, inspector"), ("Deputy",
                                                                 "Nadja Petrov (release); Anna "
                                                                 "Brenner (decisions)"),
                          ("Deputises for", "Anna Brenner in matters of quality")])
    word.section(document, "Tasks")
    word.bullets(document, [
        "Keeps the management system in line with ISO 9001 and reports to the managing director "
        "each month on how it works and what should get better.",
        "Sees to it that customer requirements are known in the hall; speaks for the customer in "
        "the weekly talk.",
        "Keeps the system whole when changes are planned.",
        "Runs faults, complaints, corrective actions, calibration and internal audits.",
    ])
    word.section(document, "Authority")
    word.bullets(document, [
        "Stops deliveries and machines without asking.",
        "Decides on faulty parts (VA-04), releases certificates.",
        "Orders calibration and measuring equipment up to 3 000 €.",
    ])
    word.section(document, "What the holder must be able to do")
    word.table(document, [
        ("Requirement", "Shown by", "State 2025-12-01"),
        ("Master craftsman or technician, metal", "Master's certificate 2011", "met"),
        ("Quality technician course", "Certificate 2018", "met"),
        ("Internal auditor", "Course 2025-11-12", "met"),
        ("Coordinate measuring, level 1", "Course 2019", "met"),
        ("English for talks with customers", "Daily use, B2", "met"),
    ], (70, 66, 34))
    word.section(document, "Read and agreed", "Anna Brenner, 2025-12-01          Jonas Weber, "
                 "2025-12-01")
    word.finish(document, path, sheet)


def write_turner_job(path):
    sheet = word.Sheet("Job description: CNC turner", "FB-31-07", "1", date(2025, 12, 1),
                       firm.MEHMET)
    document = word.begin(sheet)
    word.facts(document, [("Holders", "R. Schuler, M. Bianchi, T. Kern, A. Nowak"),
                          ("Reports to", "Dieter Hauser, team leader turning"),
                          ("Machines", "TC-1, TC-2, TC-3, sliding head LD-4")])
    word.section(document, "Tasks")
    word.bullets(document, [
        "Sets up by set-up sheet, checks drawing and program revision against the route card.",
        "Makes the first piece, has it released, checks the lot by the inspection plan and enters "
        "the values.",
        "Keeps lot and bar number with the parts.",
        "Cleans, oils, and does the daily maintenance of the machine.",
        "Marks and reports faulty parts; stops when a value leaves the warning limits.",
    ])
    word.section(document, "Authority", "May stop the machine and the job at any time. May correct "
                 "tool offsets within the limits of the set-up sheet. May not change programs.")
    word.section(document, "What holders must be able to do")
    word.table(document, [
        ("Requirement", "Shown by"),
        ("Training as cutting mechanic or three years at CNC lathes", "Certificate or reference"),
        ("Drawings with form and position tolerances", "Test of 2025-10-13"),
        ("Micrometer, plug gauge, surface tester", "Repeat measurement with N. Petrov"),
        ("Level 2 on one machine, level 3 within three years", "Training matrix FB-30"),
    ], (100, 70))
    word.section(document, "What good work means for the customer", "A shaft 0.005 mm too thin "
                 "makes a pump leak. A burr can stay in a patient. Parts with a doubtful size are "
                 "worth more in the red rack than in the box.")
    word.finish(document, path, sheet)


def write_instruction_record(path):
    day = date(2026, 1, 22)
    paper = Paper("Works meeting and instruction", "FB-32 / 2026-01", day, firm.JONAS.name)
    topics = ["Quality policy 2026 and why Aqualis Pumps asks for a certificate",
              "The six objectives of 2026 and what each team adds to them",
              "What happens when we do not keep to it: leak at Aqualis (complaint 25-04), sorting "
              "of 1 200 sleeves in October",
              "Duty and right to stop; red card; no blame",
              "Where documents are; how to propose a change"]
    story = [facts([("Place, time", "Hall 1, 13:15 to 14:15, both shifts"),
                    ("Led by", "Anna Brenner, Jonas Weber")]),
             heading("Topics"), *bullets(topics), pdf.gap(2), heading("Who took part")]
    late = {"Tobias Kern": "2026-01-26", "Katrin Lang": "2026-01-29"}
    hand = pdf.style("hand", fontName="Hand", fontSize=13, leading=13, textColor=pdf.PEN)
    cells = [(person.name, late.get(person.name, day.isoformat()), text(person.name, hand))
             for person in firm.PEOPLE]
    rows = [("Name", "Date", "Signature") * 2]
    rows += [(*left, *right) for left, right in zip(cells[:12], cells[12:])]
    story += [table(rows, (32, 22, 31, 32, 22, 31)),
              text("T. Kern (ill) and K. Lang (holiday) were instructed by their team leaders on "
                   "the dates given."),
              heading("Was it understood?"),
              text("Between 2026-02-02 and 2026-02-06 Jonas Weber asked eight people at their work "
                   "place: what does the policy mean for your job, which objective do you help, "
                   "what do you do with a doubtful part? Seven answered all three well; one "
                   "apprentice did not know the objectives and was shown the poster by Lukas "
                   "Hofmann.")]
    pdf.write(path, paper, story)


# month, hours of orders, people available (full time equivalents), working days
MONTHS = [("2026-01", 2510, 19.4, 20), ("2026-02", 2540, 19.4, 20), ("2026-03", 2960, 19.4, 22),
          ("2026-04", 2480, 19.0, 20), ("2026-05", 2240, 17.8, 18), ("2026-06", 2590, 19.4, 20),
          ("2026-07", 2760, 18.2, 23), ("2026-08", 2150, 14.6, 21), ("2026-09", 2980, 20.4, 22)]
HOURS_A_DAY, SHARE_AT_WORK = 7.5, 0.91


def write_staffing(path):
    book = Book("Staffing and means 2026", "FB-33 Rev. 2", date(2026, 2, 23), firm.MEHMET)
    sheet = book.add_sheet("Staffing", (12, 14, 14, 12, 14, 12, 46))
    book.table(sheet, [("Month", "Order hours", "People (FTE)", "Days", "Hours there", "Load",
                        "Answer")])
    answers = {"2026-03": "Overtime account, 6 h a person", "2026-05": "Holiday; two lots moved to "
               "June, customers agreed", "2026-06": "Five-axis machine starts",
               "2026-08": "Works holiday weeks 33 and 34", "2026-09": "New turner from 2026-09-01 "
               "(advertised)"}
    for row, (month, orders, people, days) in enumerate(MONTHS, 5):
        there = round(people * days * HOURS_A_DAY * SHARE_AT_WORK, 10)
        values = (month, orders, people, days,
                  Formula(f"C{row}*D{row}*{HOURS_A_DAY}*{SHARE_AT_WORK}", there),
                  Formula(f"B{row}/E{row}", orders / there), answers.get(month, ""))
        for column, value in zip("ABCDEFG", values):
            cell = book.put(sheet, f"{column}{row}", value)
            cell.number_format = {"E": "0", "F": "0 %", "C": "0.0"}.get(column, "General")
    last = 4 + len(MONTHS)
    sheet.conditional_formatting.add(f"F5:F{last}", CellIsRule(
        operator="greaterThan", formula=["1"], fill=PatternFill("solid", bgColor=AMBER)))
    _add_load_chart(sheet, last)
    _add_means(book)
    book.save(path)


def _add_load_chart(sheet, last):
    chart = BarChart()
    chart.title, chart.height, chart.width = "Hours of orders and hours there", 8, 20
    chart.add_data(Reference(sheet, min_col=2, min_row=4, max_row=last), titles_from_data=True)
    line = LineChart()
    line.add_data(Reference(sheet, min_col=5, min_row=4, max_row=last), titles_from_data=True)
    chart.set_categories(Reference(sheet, min_col=1, min_row=5, max_row=last))
    chart.series[0].graphicalProperties.solidFill = "8FB4C6"
    line.series[0].smooth = False
    line.series[0].graphicalProperties.line.solidFill = "9B2D30"
    chart.y_axis.scaling.min = 0
    chart += line
    sheet.add_chart(chart, f"A{last + 2}")


def _add_means(book):
    sheet = book.add_sheet("Means", (44, 16, 16, 50), landscape=True)
    rows = [("Five-axis machining centre", 412000, "2026-06",
             "Order 4500-2198; bank agreed 2025-12-02"),
            ("Foundation, power", 18000, "2026-04", "Offer accepted"),
            ("Microscope for deburring", 2400, "2026-01", "In use"),
            ("Training", 14500, "all year", "230 h tandem, four courses"),
            ("Calibration", 5200, "all year", "Frame contract L-007"),
            ("Certification", 9800, "2026", "Norwell Certification, offer of 2026-02-18")]
    last = book.table(sheet, [("Means", "Budget €", "When", "Remark"), *rows])
    for row in range(5, last + 2):
        sheet[f"B{row}"].number_format = "#,##0"
    book.put(sheet, f"A{last + 1}", "Sum", bold=True)
    book.put(sheet, f"B{last + 1}", Formula(f"SUM(B5:B{last})", sum(row[1] for row in rows)),
             bold=True, format="#,##0")


def write_messages(path):
    sheet = word.Sheet("Who tells what to whom", "QM-021", "1", date(2026, 1, 12), firm.JONAS)
    document = word.begin(sheet)
    word.section(document, "Inside")
    word.table(document, [
        ("What", "When", "To whom", "How", "Who"),
        ("Orders and dates of the week", "Monday 7:15", "Team leaders, office",
         "Talk, 20 min, board",
         "M. Aydin"),
        ("Faults and complaints", "Thursday 13:30, both shifts", "Everyone in the hall",
         "Talk at the red rack", "J. Weber"),
        ("Figures Z1 to Z6", "First week of month", "All", "Poster at time clock", "J. Weber"),
        ("Policy, objectives, results of audits and review", "January and after review", "All",
         "Works meeting", "A. Brenner"),
        ("Shift handover", "Each shift", "Next shift", "Book at the machine", "Setter"),
        ("Changes of documents", "On release", "Users", "Notice in order system, signature for "
         "procedures", "J. Weber"),
    ], (44, 34, 30, 38, 24))
    word.section(document, "Outside")
    word.table(document, [
        ("What", "When", "To whom", "How", "Who"),
        ("Offers, confirmations, changes, delays", "At once", "Customer",
         "E-mail from order system",
         "S. Roth"),
        ("Faulty parts may have left the house", "Same day", "Customer", "Telephone, then written",
         "S. Roth with J. Weber"),
        ("Requirements, results of evaluation", "Order, February", "Suppliers", "Order, letter",
         "P. Klein"),
        ("Changes of the system, accidents of note", "At once", firm.BODY, "E-mail", "J. Weber"),
        ("Press, authorities", "As needed", "-", "Only the managing director", "A. Brenner"),
    ], (44, 34, 30, 38, 24))
    word.finish(document, path, sheet)


DOCUMENTS = [
    ("03 Personal/Schulungsmatrix.xlsx", write_matrix),
    ("03 Personal/Stellenbeschreibungen/Qualitätsmanager.docx", write_quality_manager_job),
    ("03 Personal/Stellenbeschreibungen/CNC-Fachkraft Drehen.docx", write_turner_job),
    ("03 Personal/Unterweisung 2026-01-22.pdf", write_instruction_record),
    ("03 Personal/Personalplanung 2026.xlsx", write_staffing),
    ("03 Personal/Kommunikationsplan.docx", write_messages),
]
