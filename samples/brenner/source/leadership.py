"""Folder 01 Führung: policy, scope, context, risks, objectives, planning of changes."""

from datetime import date

import firm
import pdf
import word
from pdf import Paper, bullets, facts, heading, signatures, table, text
from sheet import AMBER, GREEN, RED, Book, Formula
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import PatternFill

POLICY = [
    ("Our customers rely on our parts.", "A shaft that runs true or a sleeve without a burr is "
     "what we promise, in the quantity and on the day agreed. We confirm an order only when we "
     "know that we can make it."),
    ("We meet what applies to us.", "Drawings, specifications, orders, laws and the rules of our "
     "customers' industries are understood before work begins and checked before parts leave."),
    ("Quality is made at the machine.", "Whoever makes a part checks it. Everyone may stop a job "
     "that is not right, and nobody is blamed for doing so."),
    ("We learn from faults.", "Every complaint and every scrapped batch is written down, its cause "
     "looked for, and the remedy checked for its effect."),
    ("We get better every year.", "We set measurable objectives each January, give them time, "
     "people and money, and look at the result every quarter."),
    ("We train people and keep their skill.", "Apprenticeship, instruction at the machine and "
     "outside courses are planned for each person."),
]


def write_signed_policy(path):
    paper = Paper("Quality policy 2026", "QM-001 Rev. 2", firm.POLICY_SIGNED, firm.ANNA.name)
    story = [text("of Brenner Feinwerk GmbH, precision turning and milling, Tuttlingen. Valid for "
                  "all 24 people of the firm, on both shifts, from 2026-01-15 until it is "
                  "replaced; reviewed at every management review.")]
    for title, words in POLICY:
        story += [heading(title), text(words)]
    story += [heading("Responsibility"),
              text("I answer for this policy and for the quality management system. Jonas Weber, "
                   "quality manager, reports to me directly and has my authority to stop "
                   "deliveries. The policy hangs at both hall doors and in the measuring room, is "
                   "part of every first-day talk, and is given to customers and suppliers on "
                   "request."),
              signatures(pdf.Signature(firm.ANNA.name, firm.ANNA.role, firm.POLICY_SIGNED),
                         pdf.Signature(firm.JONAS.name, firm.JONAS.role, firm.POLICY_SIGNED))]
    pdf.write(path, paper, story)


def write_policy_master(path):
    sheet = word.Sheet("Quality policy (master text)", "QM-001", "2", date(2026, 1, 12),
                       firm.JONAS)
    document = word.begin(sheet)
    document.add_paragraph("Master for the signed sheet QM-001. Changes are made here, released by "
                           "the managing director, printed, signed and hung up again.")
    for title, words in POLICY:
        word.section(document, title, words)
    word.section(document, "How it is made known")
    word.table(document, [
        ("To whom", "How", "When", "Who"),
        ("Everyone in the firm", "Works meeting, notice at both hall doors",
         "2026-01-22, then each January", "Anna Brenner"),
        ("New people, temporary staff", "First-day talk, form FB-12", "First day", "Team leader"),
        ("Customers, suppliers", "PDF on request and on the web page", "Always", "Sabine Roth"),
    ], (38, 62, 42, 28))
    word.history(document, [
        ("1", "2025-11-10", "First edition", "J. Weber"),
        ("2", "2026-01-12", "Duty to stop work added after the works meeting of December; "
         "objectives named", "J. Weber")])
    word.finish(document, path, sheet)


def write_scope(path):
    paper = Paper("Scope of the quality management system", "QM-002 Rev. 1", firm.SCOPE_APPROVED,
                  firm.JONAS.name)
    story = [
        facts([("Organisation", firm.NAME), ("Standard", "ISO 9001:2015 with Amd 1:2024"),
               ("Site", f"{firm.STREET}, {firm.TOWN}"), ("Region", "DE-BW, NUTS DE137"),
               ("People in scope", "24 (22 full time, 2 apprentices), two shifts"),
               ("Certification body", firm.BODY)]),
        heading("Scope"), text(f"<b>{firm.SCOPE}.</b>"),
        text("Included are inquiry and order handling, work preparation and programming, "
             "purchasing, turning, milling, deburring, cleaning, inspection, packing and dispatch "
             "at the single site in Tuttlingen. There is no other site and no work at customers."),
        heading("Processes done by others"),
        text("Heat treatment, passivation and electropolishing, calibration and transport are "
             "bought from approved suppliers. They stay under our control by specification, "
             "certificate, incoming inspection and yearly evaluation (procedure VA-03)."),
        heading("Requirement that does not apply"),
        table([("Requirement", "Reason why it does not apply", "Effect on conformity"),
               ("8.3 Design and development (8.3.1 to 8.3.6)",
                "All parts are made to drawings that the customer owns and releases. We propose "
                "changes for ease of manufacture; the customer decides and issues the drawing. We "
                "hold no product design of our own and sell no catalogue parts.",
                "None. Process planning and programming are controlled under 8.1 and 8.5.1.")],
              (40, 86, 44)),
        heading("Interfaces considered"),
        *bullets(["External and internal issues: QM-003, reviewed 2026-02-26",
                  "Needs of interested parties: QM-003, section 2, including the request of "
                  "Aqualis Pumps of 2025-09-08",
                  "Products: about 310 active part numbers in stainless steel and titanium, lots "
                  "of 20 to 5 000 pieces"]),
        text("The scope is public and is given to anyone who asks."),
        signatures(pdf.Signature(firm.ANNA.name, firm.ANNA.role, firm.SCOPE_APPROVED))]
    pdf.write(path, paper, story)


def write_context(path):
    sheet = word.Sheet("Context and interested parties", "QM-003", "3", date(2026, 2, 26),
                       firm.JONAS)
    document = word.begin(sheet)
    document.add_paragraph("Collected in a workshop on 2025-10-14 (A. Brenner, J. Weber, M. Aydin, "
                           "P. Klein), looked at again before the management review of 2026-02-26.")
    word.section(document, "1 Issues that matter to us")
    word.table(document, [
        ("Issue", "Inside / outside", "What it means for our parts and deliveries", "Watched by"),
        ("Buyers of medical and pump parts ask for certified suppliers", "outside",
         "Without a certificate Aqualis Pumps places no new part numbers after June 2026",
         "A. Brenner"),
        ("Two customers make up 58 % of turnover", "outside", "Loss of one would leave a shift "
         "without work", "A. Brenner"),
        ("Prices and lead time of 1.4404 bar", "outside", "Lead time between 3 and 11 weeks in "
         "2025",
         "P. Klein"),
        ("Three experienced setters retire by 2029", "inside", "Setting know-how sits in few heads",
         "L. Hofmann"),
        ("Turning centre TC-3 is 14 years old", "inside", "Spread of diameters grows when cold; "
         "replacement planned, see change plan QM-006", "M. Aydin"),
        ("Measuring room newly air-conditioned (2024)", "inside", "Fine tolerances can be measured "
         "at 20 ± 1 °C", "J. Weber"),
        ("Climate change", "outside", "Relevant: hot summers raise hall temperature above 28 °C "
         "and move sizes; flood risk at the site is low; customers ask for energy "
         "figures", "M. Aydin"),
    ], (46, 20, 78, 26))
    word.section(document, "2 Interested parties and what they need")
    _add_parties(document)
    word.section(document, "3 How we keep this current",
                 "Anna Brenner reviews the two tables every quarter with the figures and puts "
                 "changes before the management review. What needs action goes to the register of "
                 "risks and opportunities (QM-004).")
    word.history(document, [
        ("1", "2025-10-14", "Workshop result", "A. Brenner"),
        ("2", "2025-12-01", "Climate change assessed", "J. Weber"),
        ("3", "2026-02-26", "Reviewed; retirement of setters added", "A. Brenner")])
    word.finish(document, path, sheet)


def _add_parties(document):
    word.table(document, [
        ("Party", "Relevant need or expectation", "How we answer", "Requirement on us?"),
        ("Aqualis Pumps", "ISO 9001 certificate by 2026-06-30, 98 % on time, certificate 3.1 for "
         "wetted parts", "Certification project, KPI dashboard, QM-005", "yes, contract"),
        ("Heliovex Medizintechnik", "Batch traceability for 10 years, no change without consent",
         "Route cards, procedure VA-02", "yes, quality agreement"),
        ("Dosimira Pumpentechnik", "Hardness and size report with each lot", "Inspection plan",
         "yes, order"),
        ("Patients and users of the devices", "Clean, burr-free parts", "Deburring and cleaning "
         "instructions", "indirect"),
        ("Staff", "Safe work, clear tasks, training", "Job descriptions, training matrix", "yes"),
        ("Suppliers", "Clear orders, payment in 30 days", "Order form, VA-03", "yes, contract"),
        ("Authorities", "Machine safety, waste oil, cooling lubricant", "Register of duties at "
         "production office", "yes, law"),
        ("Neighbours", "Quiet after 22:00", "Second shift ends 21:30", "yes, permit"),
        ("Customers on climate", "Energy per part from 2027", "Meter readings since 2026-01",
         "not yet"),
    ], (38, 58, 48, 26))


RISKS = [
    # number, process, what, kind, likelihood and effect now, action, owner, due,
    # likelihood and effect after the action, state
    ("R-01", "Purchasing", "Bar stock 1.4404 arrives late", "risk", 3, 4,
     "Frame contract with two mills, stock for 8 weeks", firm.PETRA, date(2026, 2, 27), 2, 3,
     "done"),
    ("R-02", "Turning", "Diameter drift of TC-3 when cold", "risk", 4, 3,
     "Warm-up program, first-piece check after 30 min; replacement QM-006", firm.MEHMET,
     date(2026, 6, 30), 2, 3, "running"),
    ("R-03", "Measuring", "Worn or uncalibrated gauge used", "risk", 2, 5,
     "Calibration list with due dates, label on each gauge", firm.JONAS, date(2025, 12, 19), 2, 4,
     "done"),
    ("R-04", "Purchasing", "Heat treatment outside hardness window", "risk", 3, 5,
     "Hardness report per batch, own check of 3 pieces", firm.PETRA, date(2026, 1, 30), 2, 4,
     "done"),
    ("R-05", "Sales", "Wrong drawing revision used", "risk", 2, 5,
     "Revision check in contract review, old prints collected", firm.SABINE, date(2025, 11, 28), 1,
     5,
     "done"),
    ("R-06", "Finishing", "Burr left on trocar sleeve", "risk", 3, 4,
     "Microscope check of all pieces, picture board", firm.GUDRUN, date(2026, 1, 16), 2, 3, "done"),
    ("R-07", "IT", "Programs lost by malware", "risk", 2, 5,
     "Daily copy off line, restore tried twice a year", firm.STEFAN, date(2026, 3, 31), 1, 4,
     "running"),
    ("R-08", "Training", "Setter ill, job cannot run", "risk", 3, 3,
     "Second setter for each key job, training matrix", firm.LUKAS, date(2026, 9, 30), 2, 2,
     "running"),
    ("R-09", "Production", "Hall above 28 °C in summer", "risk", 3, 3,
     "Blinds, night ventilation, measure in measuring room", firm.MEHMET, date(2026, 5, 29), 2, 2,
     "running"),
    ("C-01", "Sales", "New part family at Aqualis once certified", "chance", 4, 4,
     "Certification by June 2026", firm.ANNA, date(2026, 6, 30), 4, 4, "running"),
    ("C-02", "Milling", "Five-axis machine cuts set-ups from 3 to 1", "chance", 3, 4,
     "Purchase and change plan QM-006", firm.MEHMET, date(2026, 6, 30), 4, 4, "running"),
    ("C-03", "Training", "Training group with neighbouring firms", "chance", 3, 2,
     "Talk with the chamber, shared courses", firm.LUKAS, date(2026, 9, 30), 3, 3, "planned"),
]


def write_risks(path):
    book = Book("Risks and opportunities", "QM-004 Rev. 4", date(2026, 2, 20), firm.JONAS)
    sheet = book.add_sheet("Register", (7, 13, 34, 9, 8, 8, 8, 40, 17, 12, 8, 8, 9, 10))
    last = book.table(sheet, [(
        "No.", "Process", "Risk or opportunity", "Kind", "Likeli-hood", "Effect", "Value", "Action",
        "Responsible", "Due", "Likeli-hood after", "Effect after", "Value after", "State")])
    for offset, risk in enumerate(RISKS, last + 1):
        _add_risk(book, sheet, offset, risk)
    last += len(RISKS)
    for area in (f"G5:G{last}", f"M5:M{last}"):
        _add_traffic_light(sheet, area)
    sheet.freeze_panes = "D5"
    sheet.auto_filter.ref = f"A4:N{last}"
    _add_risk_summary(book, last)
    book.save(path)


def _add_risk(book, sheet, row, risk):
    number, process, words, kind, likely, effect, action, owner, due, then, after, state = risk
    values = (number, process, words, kind, likely, effect, Formula(f"E{row}*F{row}",
                                                                    likely * effect),
              action, owner.name, due, then, after, Formula(f"K{row}*L{row}", then * after), state)
    for column, value in zip("ABCDEFGHIJKLMN", values):
        book.put(sheet, f"{column}{row}", value, align="center" if column in "EFGKLM" else None)


def _add_traffic_light(sheet, area):
    for operator, limits, color in (("greaterThanOrEqual", ["12"], RED),
                                    ("between", ["6", "11"], AMBER), ("lessThan", ["6"], GREEN)):
        sheet.conditional_formatting.add(
            area, CellIsRule(operator=operator, formula=limits,
                             fill=PatternFill("solid", bgColor=color)))


def _add_risk_summary(book, last):
    sheet = book.add_sheet("Summary", (42, 14, 14), landscape=False)
    book.table(sheet, [("Figure", "Before", "After")])
    risks = [risk for risk in RISKS if risk[3] == "risk"]
    high = [sum(1 for risk in risks if risk[a] * risk[b] >= 12) for a, b in ((4, 5), (9, 10))]
    total = [sum(risk[a] * risk[b] for risk in risks) for a, b in ((4, 5), (9, 10))]
    for row, label, function, values in (
            (5, "Risks of 12 and more",
             'COUNTIFS(Register!$D$5:$D${0},"risk",Register!{1}$5:{1}${0},'
             '">=12")', high),
            (6, "Sum of risk values", 'SUMIFS(Register!{1}$5:{1}${0},Register!$D$5:$D${0},"risk")',
             total)):
        book.put(sheet, f"A{row}", label)
        for column, source, value in (("B", "$G", values[0]), ("C", "$M", values[1])):
            book.put(sheet, f"{column}{row}", Formula(function.format(last, source), value))
    book.put(sheet, "A7", "Actions done")
    done = sum(1 for risk in RISKS if risk[11] == "done")
    book.put(sheet, "B7", Formula(f'COUNTIF(Register!N5:N{last},"done")', done))
    book.put(sheet, "C7", Formula(f'"of "&COUNTA(Register!A5:A{last})', f"of {len(RISKS)}"))
    notes = ["Scale: likelihood 1 (less than once in five years) to 5 (monthly); effect 1 (no "
             "delay) to 5 (customer harmed or line stopped).",
             "12 and more: action before the next quarter. 6 to 11: action planned. Below 6: "
             "watched.",
             "Effect of finished actions is judged in the management review."]
    for row, note in enumerate(notes, 10):
        sheet.merge_cells(f"A{row}:C{row}")
        book.put(sheet, f"A{row}", note, box=False)
        sheet.row_dimensions[row].height = 32


def write_objectives(path):
    sheet = word.Sheet("Quality objectives 2026 and how we reach them", "QM-005", "1",
                       date(2026, 1, 15), firm.JONAS)
    document = word.begin(sheet)
    document.add_paragraph("Derived from the quality policy QM-001. Results are shown monthly in "
                           "the KPI dashboard (08 Messen und Verbessern) and judged every quarter.")
    word.section(document, "Objectives")
    word.table(document, [
        ("No.", "Objective", "2025", "Target 2026", "Measured by", "Owner"),
        ("Z1", "Deliveries on the day agreed", "93.8 %", "≥ 97 %", "Order system, monthly",
         "M. Aydin"),
        ("Z2", "Complaints per 100 deliveries", "1.9", "≤ 1.2", "Complaint log", "J. Weber"),
        ("Z3", "Scrap and rework, share of production cost", "3.4 %", "≤ 2.5 %", "Fault log",
         "M. Aydin"),
        ("Z4", "Mean customer mark (1 best, 6 worst)", "1.9", "≤ 1.7", "Yearly survey", "S. Roth"),
        ("Z5", "Key jobs with at least two trained setters", "64 %", "≥ 85 %", "Training matrix",
         "L. Hofmann"),
        ("Z6", "ISO 9001 certificate", "none", "by 2026-06-30", "Certificate", "A. Brenner"),
    ], (11, 56, 20, 26, 34, 23))
    word.section(document, "Plan: what, with what, who, until when, how judged")
    word.table(document, [
        ("For", "Action", "Means", "Who", "Until", "Judged by"),
        ("Z1", "Weekly capacity talk; stock of bar for frame orders", "2 h a week, 38 000 € stock",
         "M. Aydin, P. Klein", "2026-03-31", "Z1 at 96 % in Q2"),
        ("Z2", "Microscope check of BF-2210; drawing check at first piece", "Microscope 2 400 €",
         "G. Fischer", "2026-01-16", "No burr complaint for 6 months"),
        ("Z3", "Warm-up program TC-3; new five-axis machine", "Investment 412 000 €", "M. Aydin",
         "2026-06-30", "Scrap below 2.5 % in Q4"),
        ("Z4", "Order confirmation within 2 days", "Template in order system", "S. Roth",
         "2026-02-27", "Survey November 2026"),
        ("Z5", "Setter tandems, 16 h for each key job", "230 h of training", "L. Hofmann",
         "2026-09-30", "Matrix, quarterly"),
        ("Z6", "Project plan of 2025-09-22", "Audit fees, 40 days own work", "J. Weber",
         "2026-06-30", "Decision of the body"),
    ], (11, 54, 34, 26, 20, 28))
    word.section(document, "Communication",
                 "Presented at the works meeting of 2026-01-22; poster with the six curves beside "
                 "the time clock, renewed in the first week of each month.")
    word.finish(document, path, sheet)


def write_change_plan(path):
    sheet = word.Sheet("Change plan: five-axis machining centre BZ-5", "QM-006", "2",
                       date(2026, 2, 12), firm.MEHMET)
    document = word.begin(sheet)
    word.facts(document, [
        ("Reason", "Chance C-02 and risk R-02: fewer set-ups, replacement of TC-3 for fine work"),
        ("What changes", "New machine BZ-5 in hall 2; TC-3 moves to roughing; milling cell turned "
         "by 90°; two route cards changed"),
        ("Possible consequences", "Deliveries late during the move; programs not proved; people "
         "not trained; floor vibration near the measuring room"),
        ("Keeping the system whole", "No customer part on BZ-5 before its capability is proved; "
         "TC-3 stays in place until then; customer consent for BF-2210 (quality agreement)"),
        ("Means", "412 000 € investment, 18 000 € foundation, 120 h training"),
        ("Duties", "Project: M. Aydin. Programs: S. Vogt. Training: L. Hofmann. Release: J. Weber"),
    ])
    word.section(document, "Steps")
    word.table(document, [
        ("Step", "Who", "Planned", "Done", "Evidence"),
        ("Decision and financing", "A. Brenner", "2025-12-05", "2025-12-03", "Order 4500-2198"),
        ("Floor plan, vibration measurement", "M. Aydin", "2026-01-23", "2026-01-20",
         "Hallenplan.png"),
        ("Customer consent Heliovex for BF-2210", "S. Roth", "2026-02-13", "2026-02-10",
         "Letter on file, order 26-0117"),
        ("Foundation", "M. Aydin", "2026-04-10", "", ""),
        ("Delivery and geometry check", "M. Aydin", "2026-05-18", "", ""),
        ("Training of four people", "L. Hofmann", "2026-05-29", "", ""),
        ("Machine capability, 50 pieces", "J. Weber", "2026-06-12", "", ""),
        ("Release for production", "J. Weber, A. Brenner", "2026-06-19", "", ""),
    ], (56, 34, 22, 22, 36))
    word.section(document, "Review", "Standing item of the monthly production talk; deviations of "
                 "more than two weeks go to the managing director.")
    word.history(document, [("1", "2025-12-03", "Plan after the decision", "M. Aydin"),
                            ("2", "2026-02-12", "Consent of Heliovex entered", "M. Aydin")])
    word.finish(document, path, sheet)


DOCUMENTS = [
    ("01 Führung/Qualitätspolitik 2026 (unterschrieben).pdf", write_signed_policy),
    ("01 Führung/Qualitätspolitik Vorlage.docx", write_policy_master),
    ("01 Führung/Geltungsbereich.pdf", write_scope),
    ("01 Führung/Kontext und interessierte Parteien.docx", write_context),
    ("01 Führung/Risiken und Chancen.xlsx", write_risks),
    ("01 Führung/Qualitätsziele 2026.docx", write_objectives),
    ("01 Führung/Änderungsplan Fünfachszentrum.docx", write_change_plan),
]
