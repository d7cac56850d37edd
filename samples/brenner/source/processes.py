"""Folder 02 Prozesse: description of the system and the general procedures VA-01, 02, 04, 05."""

from datetime import date

import firm
import table as csv_table
import word


def write_system(path):
    sheet = word.Sheet("Our management system and its processes", "QM-020", "3",
                       date(2026, 1, 19), firm.JONAS)
    document = word.begin(sheet)
    document.add_paragraph("One page for newcomers, one table for auditors. The picture is the "
                           "process map QM-010.")
    word.section(document, "1 Processes, what goes in and out, and how we see that they work")
    word.table(document, [
        ("Process", "Owner", "Comes in", "Goes out", "Figure", "Risk", "Described in"),
        ("Leading", "A. Brenner", "Context, figures", "Policy, objectives, means", "Z1 to Z6",
         "C-01", "QM-001 to 006"),
        ("Inquiry and order", "S. Roth", "Inquiry, drawing", "Confirmed order", "Days to offer",
         "R-05", "VA-02"),
        ("Work preparation", "S. Vogt", "Confirmed order", "Route card, program, inspection plan",
         "Set-up time", "R-07", "VA-02"),
        ("Purchasing", "P. Klein", "Demand", "Released material and services", "Supplier marks",
         "R-01, R-04", "VA-03"),
        ("Turning, milling", "M. Aydin", "Route card, material", "Parts", "Scrap, Z3", "R-02, R-09",
         "VA-02"),
        ("Finishing, inspection", "J. Weber", "Parts", "Released lot", "First-pass share", "R-06",
         "VA-02, VA-04"),
        ("Packing, dispatch", "G. Fischer", "Released lot", "Delivery", "On time, Z1", "-",
         "AA-12"),
        ("People and training", "L. Hofmann", "Needs", "Able people", "Z5", "R-08", "Matrix FB-30"),
        ("Measuring equipment", "J. Weber", "Gauges", "Calibrated gauges", "Gauges over date",
         "R-03", "VA-07"),
        ("Improvement", "J. Weber", "Faults, audits, ideas", "Corrective actions", "Days to close",
         "-", "VA-05, VA-08"),
    ], (28, 20, 24, 36, 24, 16, 26))
    word.section(document, "2 Rules for all processes")
    word.bullets(document, [
        "The owner sets the criteria, has the means, watches the figure and changes the process "
        "when the figure is missed twice in a row.",
        "What must be written is in the list of documents (Dokumentenliste.csv). Records are kept "
        "as long as that list says, at least ten years for medical parts.",
        "Work goes on only with a route card. Outside work is under our control by order, "
        "certificate and check.",
        "Planned changes follow form FB-04; unplanned ones are looked at by the process owner and "
        "the quality manager on the same day.",
    ])
    word.section(document, "3 What we keep in writing, and why",
                 "Policy, scope, objectives, eight procedures, 14 work instructions and 37 forms. "
                 "We write down what a new person could get wrong, not what a skilled worker "
                 "knows; team leaders judged every work instruction in December 2025 and four were "
                 "dropped.")
    word.history(document, [
        ("1", "2025-10-20", "First edition", "J. Weber"),
        ("2", "2025-11-10", "Figures added to each process", "J. Weber"),
        ("3", "2026-01-19", "Dropped instructions removed; risks linked", "J. Weber")])
    word.finish(document, path, sheet)


def write_document_control(path):
    sheet = word.Sheet("VA-01 Documents and records", "VA-01", "2", date(2025, 12, 8), firm.JONAS)
    document = word.begin(sheet)
    word.section(document, "1 Making and changing")
    word.bullets(document, [
        "Every document has title, number, revision, date, author and the name of who released it.",
        "Anyone may propose a change on form FB-02. The author writes it, a second person who "
        "knows the work reads it, the managing director or the process owner releases it.",
        "Language: German or English as the users need; pictures where they say it better.",
    ], numbered=True)
    word.section(document, "2 Where documents live")
    word.table(document, [
        ("Kind", "Master", "Who may change", "Copies"),
        ("Policy, procedures", "Server, folders 01 to 08", "Quality manager",
         "Two signed prints of the policy"),
        ("Route cards, inspection plans", "Order system", "Work preparation",
         "With the lot, thrown away after entry"),
        ("CNC programs", "Program server", "Work preparation", "On the machine, with revision"),
        ("Customer drawings", "Order system", "Sales", "Stamped print with order number"),
        ("Standards, supplier papers", "Server, outside documents", "Quality manager", "None"),
    ], (42, 42, 40, 46))
    word.section(document, "3 Protection and keeping")
    word.bullets(document, [
        "Rights on the server follow the table; everyone reads, only the named role writes.",
        "Copy every night to a second disk, every Friday to a disk outside the house. Restoring is "
        "tried in March and September.",
        "Replaced editions move to the folder \"ungültig\" and carry that word on each page.",
        "Records are not changed. A correction is a new line with name and date.",
        "Kept: medical parts 10 years, all others 6 years after delivery; then deleted by the "
        "quality manager, with a note.",
        "Customer documents are confidential; drawings leave the house only with a non-disclosure "
        "agreement of the receiver.",
    ])
    word.section(document, "4 Documents from outside", "Sales enters each customer drawing with "
                 "revision and day of receipt. Jonas Weber looks for new editions of standards in "
                 "January and July.")
    word.history(document, [("1", "2025-10-20", "First edition", "J. Weber"),
                            ("2", "2025-12-08", "Times of keeping per customer group", "J. Weber")])
    word.finish(document, path, sheet)


REGISTER = [
    ("QM-001", "Qualitätspolitik", "2", "2026-01-15", "J. Weber", "A. Brenner", "all"),
    ("QM-002", "Geltungsbereich", "1", "2026-03-02", "J. Weber", "A. Brenner", "public"),
    ("QM-003", "Kontext und interessierte Parteien", "3", "2026-02-26", "J. Weber", "A. Brenner",
     "all"),
    ("QM-004", "Risiken und Chancen", "4", "2026-02-20", "J. Weber", "A. Brenner", "leaders"),
    ("QM-005", "Qualitätsziele 2026", "1", "2026-01-15", "J. Weber", "A. Brenner", "all"),
    ("QM-006", "Änderungsplan Fünfachszentrum", "2", "2026-02-12", "M. Aydin", "A. Brenner",
     "leaders"),
    ("QM-010", "Prozesslandkarte", "2", "2025-11-10", "J. Weber", "A. Brenner", "all"),
    ("QM-011", "Organigramm", "3", "2026-01-08", "C. Mayr", "A. Brenner", "all"),
    ("QM-020", "Managementsystem und Prozesse", "3", "2026-01-19", "J. Weber", "A. Brenner", "all"),
    ("QM-021", "Kommunikationsplan", "1", "2026-01-12", "J. Weber", "A. Brenner", "all"),
    ("VA-01", "Dokumente und Aufzeichnungen", "2", "2025-12-08", "J. Weber", "A. Brenner", "all"),
    ("VA-02", "Auftrag und Fertigung", "3", "2026-01-26", "M. Aydin", "A. Brenner", "all"),
    ("VA-03", "Einkauf und Lieferanten", "2", "2025-12-15", "P. Klein", "A. Brenner", "office"),
    ("VA-04", "Fehlerhafte Teile", "2", "2025-12-01", "J. Weber", "A. Brenner", "all"),
    ("VA-05", "Korrekturmaßnahmen", "1", "2025-11-17", "J. Weber", "A. Brenner", "leaders"),
    ("VA-07", "Prüfmittel", "2", "2025-11-24", "J. Weber", "A. Brenner", "all"),
    ("VA-08", "Interne Audits", "1", "2025-12-01", "J. Weber", "A. Brenner", "leaders"),
    ("AA-07", "Interne Prüfung von Messschiebern", "1", "2025-10-06", "N. Petrov", "J. Weber",
     "measuring room"),
    ("AA-12", "Verpacken BF-2210", "2", "2026-01-16", "G. Fischer", "J. Weber", "finishing"),
    ("AA-14", "Entgraten unter dem Mikroskop", "1", "2026-01-16", "G. Fischer", "J. Weber",
     "finishing"),
    ("FB-30", "Schulungsmatrix", "6", "2026-02-16", "L. Hofmann", "M. Aydin", "leaders"),
    ("FB-70", "Prüfmittelliste", "9", "2026-01-12", "N. Petrov", "J. Weber", "all"),
]


def write_register(path):
    head = ("Nummer", "Titel", "Revision", "Datum", "Erstellt", "Freigegeben", "Verteiler",
            "Aufbewahrung Jahre")
    years = {"QM": 6, "VA": 10, "AA": 10, "FB": 10}
    csv_table.write(path, [head, *((*row, years[row[0][:2]]) for row in REGISTER)],
                    byte_order_mark=True)


def write_order_procedure(path):
    sheet = word.Sheet("VA-02 From inquiry to delivery", "VA-02", "3", date(2026, 1, 26),
                       firm.MEHMET)
    document = word.begin(sheet)
    word.section(document, "1 Order")
    word.bullets(document, [
        "Inquiries are answered within five working days by Sabine Roth; contact, complaints and "
        "changes go through her or her deputy.",
        "Before an offer: drawing revision, material, tolerances, certificates, quantity, date, "
        "legal and industry rules are gone through on form FB-20 by sales, work preparation and "
        "quality. What the customer did not state but the use needs is asked for.",
        "Order and offer are compared line by line. Differences are settled in writing before the "
        "order is confirmed. Changes repeat the review and everyone concerned is told.",
    ])
    word.section(document, "2 Planning of the work", "Work preparation makes route card, program, "
                 "tool list and inspection plan. Critical sizes are marked with a diamond; their "
                 "capability is shown at the first lot (Cpk at least 1.33).")
    word.section(document, "3 Making")
    word.table(document, [
        ("Point", "What is done", "Record"),
        ("Start", "Material number, program revision and drawing revision compared with the route "
         "card", "Route card"),
        ("First piece", "All sizes measured; second person releases", "First-piece sheet"),
        ("Running", "Self-check by inspection plan; SPC for diamond sizes",
         "Measuring record (CSV)"),
        ("Marking", "Lot number on box and route card from bar to dispatch: year, week, order, "
         "run; bars and heat on the card", "Route card"),
        ("Special processes", "Hardening by L-014 and passivation by L-012 only with proven "
         "recipe; hardness report or passivation test with each batch", "Certificates"),
        ("Human error", "Set-up sheets with photo, tool offsets read in automatically", "Set-up "
         "sheet"),
    ], (28, 104, 38))
    word.section(document, "4 Customer's property", "Drawings, sample parts, gauges and material "
                 "sent by customers are entered in the list FB-24, marked, checked and kept apart. "
                 "Loss or damage is reported to the customer the same day.")
    word.section(document, "5 Keeping and release", "Parts are cleaned, oiled or dried and packed "
                 "by instruction. Nadja Petrov or her deputy releases the lot when all checks of "
                 "the inspection plan are passed; earlier delivery needs the customer's consent "
                 "and Jonas Weber's signature. Names of releasers are on the certificate.")
    word.section(document, "6 Changes in production", "Change of machine, program, material source "
                 "or sequence: form FB-26, looked at by M. Aydin and J. Weber, first piece "
                 "repeated; medical customers are asked before.")
    word.history(document, [
        ("1", "2025-11-03", "First edition", "M. Aydin"),
        ("2", "2025-12-01", "Release by deputies", "J. Weber"),
        ("3", "2026-01-26", "Consent of medical customers before changes", "M. Aydin")])
    word.finish(document, path, sheet)


def write_fault_procedure(path):
    sheet = word.Sheet("VA-04 Parts that do not conform", "VA-04", "2", date(2025, 12, 1),
                       firm.JONAS)
    document = word.begin(sheet)
    document.add_paragraph("For parts found at goods in, at the machine, at final inspection and "
                           "at the customer.")
    word.table(document, [
        ("Step", "Who", "What", "Within"),
        ("1 Stop and mark", "Finder", "Red card with part, lot, quantity, fault; box to the locked "
         "red rack", "At once"),
        ("2 Limit", "Team leader", "Search parts since the last good check, also at finishing and "
         "in dispatch", "Same shift"),
        ("3 Decide", "J. Weber, deputy N. Petrov", "Rework, sort, scrap, return to supplier or ask "
         "the customer for a concession", "1 working day"),
        ("4 Tell", "S. Roth", "Customer, when faulty parts may have left the house", "Same day"),
        ("5 Check again", "N. Petrov", "Reworked and sorted parts are measured by the full "
         "inspection plan", "Before release"),
        ("6 Record", "J. Weber", "Fault log: fault, action, concession with name of the customer's "
         "person, who decided", "1 working day"),
        ("7 Learn", "J. Weber", "Corrective action by VA-05 when the fault is new, repeats or "
         "reaches a customer", "Weekly talk"),
    ], (30, 36, 80, 24))
    word.section(document, "Who may decide what")
    word.bullets(document, [
        "Rework by an existing route: team leader.",
        "Sorting, scrap above 500 €, return to supplier: quality manager.",
        "Concession: only the customer, in writing, before delivery. No concession is asked for on "
        "medical parts with edges that touch tissue.",
        "Scrap is made unusable (cut) before it goes to the metal box.",
    ])
    word.history(document, [("1", "2025-11-03", "First edition", "J. Weber"),
                            ("2", "2025-12-01", "Time limits; scrap is cut", "J. Weber")])
    word.finish(document, path, sheet)


def write_corrective_procedure(path):
    sheet = word.Sheet("VA-05 Corrective action", "VA-05", "1", date(2025, 11, 17), firm.JONAS)
    document = word.begin(sheet)
    document.add_paragraph("Used for complaints, audit findings, repeated faults, missed "
                           "objectives and supplier faults. Form FB-50, numbered CA-year-number.")
    word.bullets(document, [
        "Describe: what, where, when, how many, what should have been. With photo or figures.",
        "Correct: what was done at once, for these parts and for the customer.",
        "Judge: does it need more than correction? Could the same exist elsewhere?",
        "Find causes: why did it happen, why was it not seen. Five times why, at the place of "
        "work.",
        "Decide actions in proportion to the effect; owner and day.",
        "Do them; change risks (QM-004) and documents where needed.",
        "Check the effect after 30 days or three lots, with a figure. Not effective: begin again.",
        "Close: Jonas Weber; for customer complaints after the customer agreed.",
    ], numbered=True)
    word.section(document, "Times")
    word.table(document, [
        ("Source", "First answer", "Cause and plan", "Closed"),
        ("Customer complaint", "1 working day", "10 working days", "60 days"),
        ("Audit, major", "2 working days", "As the body says, at most 30 days", "90 days"),
        ("Audit, minor", "5 working days", "30 days", "180 days"),
        ("Inside fault", "weekly talk", "20 working days", "90 days"),
    ], (46, 36, 52, 36))
    word.history(document, [("1", "2025-11-17", "First edition", "J. Weber")])
    word.finish(document, path, sheet)


def write_audit_procedure(path):
    sheet = word.Sheet("VA-08 Internal audits", "VA-08", "1", date(2025, 12, 1), firm.JONAS)
    document = word.begin(sheet)
    document.add_paragraph("Do we work as we say, does it meet ISO 9001, and does it help the "
                           "customer? Asked on the floor, not from the desk.")
    word.section(document, "1 Programme")
    word.bullets(document, [
        "Each process at least once a year; twice where a risk is 12 or more, after complaints, "
        "and after large changes.",
        "Jonas Weber proposes the programme in January, Anna Brenner releases it.",
        "Auditors have the two-day course and audit nothing for which they answer themselves: L. "
        "Hofmann audits quality and measuring, J. Weber audits training.",
    ])
    word.section(document, "2 One audit")
    word.table(document, [
        ("Step", "Who", "What", "When"),
        ("Prepare", "Auditor", "Criteria, earlier findings, risks, questions, sample",
         "1 week before"),
        ("Do", "Auditor", "Talk, watch, read records; follow one order through the hall, both "
         "shifts", "Half a day for each process"),
        ("Report", "Auditor", "Sample, what conforms, findings with requirement and evidence",
         "5 working days"),
        ("Answer", "Process owner", "Correction, cause, action by VA-05", "2 weeks"),
        ("Look again", "Auditor", "Evidence on the floor, not by e-mail", "When reported done"),
    ], (24, 30, 82, 34))
    word.section(document, "3 Kinds of findings")
    word.bullets(document, [
        "Major: a requirement is not kept at all, or faulty parts can reach the customer.",
        "Minor: a single lapse.",
        "Observation: conforms, but could go wrong or be done better.",
    ])
    word.section(document, "4 Records", "Programme FB-81, report FB-82, kept six years. Results go "
                 "to all process owners at once and into the management review.")
    word.history(document, [("1", "2025-12-01", "First edition", "J. Weber")])
    word.finish(document, path, sheet)


DOCUMENTS = [
    ("02 Prozesse/Managementsystem und Prozesse.docx", write_system),
    ("02 Prozesse/VA-01 Dokumente und Aufzeichnungen.docx", write_document_control),
    ("02 Prozesse/VA-02 Auftrag und Fertigung.docx", write_order_procedure),
    ("02 Prozesse/VA-04 Fehlerhafte Teile.docx", write_fault_procedure),
    ("02 Prozesse/VA-05 Korrekturmaßnahmen.docx", write_corrective_procedure),
    ("02 Prozesse/VA-08 Interne Audits.docx", write_audit_procedure),
    ("02 Prozesse/Dokumentenliste.csv", write_register),
]
