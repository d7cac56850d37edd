"""Folder later/: what the firm hands in after the gap report and after the certification audit.

Files that have the name of a file in documents/ are its next revision. Two documents close the
gaps 7.1.6 and 8.5.5, the others answer the two nonconformities.
"""

from datetime import date

import firm
import measuring
import pdf
import purchasing
import table as csv_table
import word
from measuring import Calibration
from pdf import Paper, bullets, facts, heading, table, text
from sheet import AMBER, GREEN, RED, Book, Formula
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import PatternFill

KNOWLEDGE_DAY = date(2026, 3, 27)
LIST_STATE = date(2026, 5, 18)
MM_017 = Calibration("DB-26-0588", date(2026, 5, 11), "MM-017",
                     "Digital micrometer 0-25 mm, 0.001 mm", "3987714", 2.0, "µm",
                     ((0, 0.0), (2.5, 0.2), (5.1, 0.4), (7.7, 0.5), (10.3, 0.6), (12.9, 0.6),
                      (15, 0.9), (17.6, 1.0), (20.2, 1.1), (22.8, 1.2), (25, 1.2)))
HEAT_MARKS = (31, 1, 1, 4, 4)


def write_knowledge(path):
    book = Book("Knowledge of the firm", "FB-34 Rev. 1", KNOWLEDGE_DAY, firm.LUKAS)
    sheet = book.add_sheet("Knowledge", (40, 30, 15, 15, 13, 34, 14, 14))
    book.table(sheet, [("Knowledge we cannot do without", "Who has it", "How many", "Leaves by",
                        "Danger", "How it is kept and passed on", "Until", "State")])
    rows = [
        ("Setting TC-3 for 12 h6, behavior when cold", "D. Hauser, M. Bianchi", 2, 2028,
         "Set-up sheet with photos; tandem with A. Nowak", date(2026, 4, 30), "running"),
        ("Deburring inside bores by feel", "G. Fischer, A. Horvat", 2, 2029,
         "AA-14, limit samples KE-04, film 6 min", date(2026, 3, 20), "done"),
        ("Grinding of form tools for LD-4", "D. Hauser", 1, 2028,
         "Tandem with T. Kern, sketches in tool file", date(2026, 6, 30), "running"),
        ("Programs of the measuring machine", "N. Petrov", 1, 0,
         "Tandem with K. Lang (review M6), comments in programs", date(2026, 6, 30), "running"),
        ("Post-processors of CAM", "S. Vogt, E. Demir", 2, 0, "Note file, copy outside the house",
         date(2026, 2, 27), "done"),
        ("What each customer means by his drawings", "S. Roth, J. Weber", 2, 0,
         "Customer page in order system", date(2026, 5, 29), "running"),
        ("Passivation: what goes wrong and why", "P. Klein, J. Weber", 2, 0, "Talk with L-012 each "
         "year, minutes", date(2026, 3, 13), "done"),
        ("Lessons from faults", "J. Weber", 1, 0, "Thursday talk, picture board, CA forms", None,
         "always"),
    ]
    for row, (what, who, count, leaves, kept, until, state) in enumerate(rows, 5):
        danger = "high" if count < 2 else "middle" if leaves else "low"
        values = (what, who, count, leaves or None,
                  Formula(f'IF(C{row}<2,"high",IF(D{row}>0,"middle","low"))', danger), kept, until,
                  state)
        for column, value in zip("ABCDEFGH", values):
            book.put(sheet, f"{column}{row}", value, align="center" if column in "CDEG" else None)
    for words, color in (('"high"', RED), ('"middle"', AMBER), ('"low"', GREEN)):
        sheet.conditional_formatting.add("E5:E12", CellIsRule(
            operator="equal", formula=[words], fill=PatternFill("solid", bgColor=color)))
    book.put(sheet, "A14", "New knowledge comes from: chamber working group (quarterly), makers' "
             "courses, customers' quality days, trade fair each second year, standards in January "
             "and July.", box=False, wrap=False)
    book.save(path)


def write_transfer(path):
    sheet = word.Sheet("Know-how passed on: TC-3, bearing seat 12 h6", "FB-35 / 26-01", "1",
                       KNOWLEDGE_DAY, firm.LUKAS, firm.MEHMET)
    document = word.begin(sheet)
    word.facts(document, [("From", "Dieter Hauser (42 years at lathes, leaves 2028), Marco "
                           "Bianchi"),
                          ("To", "Agnieszka Nowak, second: Tobias Kern"),
                          ("How", "Tandem of 16 h, 2026-02-09 to 2026-03-20, at running orders")])
    word.section(document, "What was in heads only and is now written")
    word.bullets(document, [
        "Spindle nose below 24 °C: diameter grows by 6 to 9 µm in the first 30 minutes. Run the "
        "warm-up with coolant on, not dry.",
        "After a break of more than 20 minutes: two shafts as warm-up, then measure.",
        "New insert: first correction after piece 5, not after piece 1; the edge settles.",
        "Sound: a hum at 2 800 rpm means the steady rest is dry.",
        "Bars from the second half of a bundle are often bent; feel the run-out at 300 mm.",
        "Zero the micrometer at the temperature of the part, not in the measuring room.",
    ])
    word.section(document, "Was it learned?")
    word.table(document, [
        ("Test", "Result", "Judged"),
        ("A. Nowak sets up BF-1042 alone", "First piece good after 38 min, Cpk of 50 pieces 1.47",
         "D. Hauser, 2026-03-20"),
        ("T. Kern explains the six points at the machine", "Five of six, one shown again",
         "L. Hofmann, 2026-03-24"),
    ], (60, 70, 40))
    word.section(document, "Where it is kept", "Set-up sheet BF-1042 revision 8, machine page TC-3 "
                 "in the order system, training matrix level 3 for A. Nowak from 2026-03-23.")
    word.finish(document, path, sheet)


def write_after_delivery(path):
    sheet = word.Sheet("VA-06 After delivery", "VA-06", "1", date(2026, 3, 30), firm.SABINE)
    document = word.begin(sheet)
    document.add_paragraph("What we owe when the parts have left: by law, by contract, and because "
                           "of what our parts do in pumps and instruments.")
    word.section(document, "1 What we take into account")
    word.table(document, [
        ("Point", "What it means here"),
        ("Law", "Warranty two years; product liability; drinking water and medical rules of the "
         "customer passed on in the order"),
        ("Unwanted effects", "Leak of a pump, particle in a wound: parts of classes P and M, list "
         "in the order system"),
        ("Use and life", "Shafts about 8 years in a pump; sleeves used once"),
        ("What customers ask", "Certificates again within one day, traceability 10 years, spare "
         "lots of 20 pieces within 3 weeks"),
        ("What customers tell us", "Complaints, survey, visits, returns"),
    ], (44, 126))
    word.section(document, "2 What we do")
    word.table(document, [
        ("Service", "Who", "Within", "Record"),
        ("Answer to complaint, replacement", "S. Roth, J. Weber", "1 working day", "Complaint log"),
        ("Search of lot from part to heat and back", "J. Weber", "4 hours",
         "Route card, certificate"),
        ("Recall or blocking at the customer", "A. Brenner decides", "Same day", "Form FB-25"),
        ("Copies of certificates", "S. Roth", "1 working day", "Order system"),
        ("Spare lots after end of series", "S. Roth, M. Aydin", "3 weeks", "Order"),
        ("Call after first delivery of a new part", "S. Roth", "10 working days",
         "Nachbetreuung.csv"),
    ], (66, 40, 28, 36))
    word.section(document, "3 Trial of the recall", "Once a year a lot is traced on paper. First "
                 "trial 2026-03-26: lot 26-06-0083-2, 400 pieces at one customer and 9 in store "
                 "found in 1 h 50 min; all certificates at hand.")
    word.history(document, [("1", "2026-03-30", "First edition", "S. Roth")])
    word.finish(document, path, sheet)


def write_calls(path):
    csv_table.write(path, [
        ("Nr", "Datum", "Kunde", "Teil", "Anlass", "Was der Kunde sagt", "Was wir tun", "Wer",
         "Erledigt"),
        ("N-01", "2026-02-24", "Aqualis Pumps", "BF-1042", "Erste Lieferung mit 3.1", "Zeugnis "
         "vollständig, Kappen gut", "nichts", "S. Roth", "2026-02-24"),
        ("N-02", "2026-03-10", "Heliovex Medizintechnik", "BF-2210", "Neue Trays",
         "Trays passen nicht in den "
         "Automaten", "Tray um 4 mm niedriger", "G. Fischer", "2026-03-25"),
        ("N-03", "2026-03-16", "Aqualis Pumps", "BF-1057", "Menge geändert", "Härteprotokoll bitte "
         "als PDF vorab", "Versand mit Avis", "S. Roth", "2026-03-17"),
        ("N-04", "2026-03-19", "Dosimira Pumpentechnik", "BF-3105", "Reklamation 26-01",
         "Anruf vor Verzug kam rechtzeitig", "CA-2026-01 schließen", "J. Weber", "2026-03-27"),
        ("N-05", "2026-03-24", "Heliovex Medizintechnik", "BF-2233", "Zeugnis verloren",
         "Kopie Los 24-11-0203-1", "am selben Tag gesandt", "S. Roth", "2026-03-24"),
    ], byte_order_mark=True)


def write_gauge_list(path):
    gauges = [(*gauge[:5], MM_017.day, MM_017.number) if gauge[0] == "MM-017" else gauge
              for gauge in measuring.GAUGES]
    book = Book("Measuring equipment list", "FB-70 Rev. 10", LIST_STATE, firm.JONAS)
    measuring.fill_gauge_list(book, gauges, LIST_STATE, LIST_STATE)
    book.save(path)


def write_micrometer_certificate(path):
    measuring.write_calibration(path, MM_017)


def write_earlier_results(path):
    sheet = word.Sheet("Earlier results of micrometer MM-017", "FB-72 / 26-01", "1", date(2026, 5,
                                                                                          13),
                       firm.JONAS)
    document = word.begin(sheet)
    word.facts(document, [
        ("Gauge", "MM-017, digital micrometer 0-25 mm, TC-3"),
        ("What was wrong", "Calibration due 2026-01-28, used until 2026-05-05 without"),
        ("Blocked", "2026-05-05, 15:20, red drawer, N. Petrov; TC-3 measures with MM-013"),
        ("State as found", "Certificate DB-26-0588 of 2026-05-11: largest deviation 1.2 µm, limit "
         "2 µm; at 12.9 mm 0.6 µm. Not adjusted."),
    ])
    word.section(document, "Lots measured with it since 2026-01-28")
    word.table(document, [
        ("Lot", "Part, feature", "Pieces", "Least distance to a limit", "Judgment"),
        ("26-06-0083-2", "BF-1042, 12 h6", "409", "2 µm, deviation there 0.6 µm", "valid"),
        ("26-10-0121-1", "BF-1042, 12 h6", "305", "2 µm", "valid"),
        ("26-14-0166-1", "BF-1042, 12 h6", "410", "2 µm", "valid"),
        ("26-16-0180-1", "BF-3105, 8 h7", "252", "3 µm", "valid"),
    ], (32, 38, 20, 52, 28))
    word.section(document, "Conclusion", "The gauge was within its limit all the time. No "
                 "delivered part is in doubt; nobody needs to be informed. As a second proof 20 "
                 "shafts (9 in store, 11 of the running lot) were measured again with KM-001 on "
                 "2026-05-12: largest difference 0.9 µm.")
    document.add_paragraph("Jonas Weber, 2026-05-13          Nadja Petrov, 2026-05-13")
    word.finish(document, path, sheet)


def _write_answer(path, sheet, source, sections):
    document = word.begin(sheet)
    word.facts(document, source)
    for title, content in sections:
        if isinstance(content, str):
            word.section(document, title, content)
        else:
            word.section(document, title)
            word.table(document, *content)
    word.finish(document, path, sheet)


def write_micrometer_answer(path):
    sheet = word.Sheet("Corrective action CA-2026-04: micrometer over date", "FB-50 / CA-2026-04",
                       "1",
                       date(2026, 5, 18), firm.JONAS)
    source = [("Source", f"{firm.BODY}, stage 2 audit, nonconformity on 7.1.5.2 (I. Solberg)"),
              ("Fault", "Micrometer MM-017 in use at TC-3, calibration due 2026-01-28 not done"),
              ("Team", "J. Weber, N. Petrov, M. Bianchi")]
    _write_answer(path, sheet, source, [
        ("Correction", "Blocked 2026-05-05; calibrated by L-007 on 2026-05-11 (DB-26-0588, within "
         "limits); earlier results judged, all valid (FB-72 / 26-01). All 19 gauges of the list "
         "and their labels looked through on 2026-05-06: no other over date."),
        ("Root cause", ([
            ("Why?", "Answer"),
            ("Why was it used?", "Label read, but \"01 / 2026\" was taken as date of calibration"),
            ("Why did the list not warn?", "Its day of state was typed (2026-01-12) and not "
             "renewed"),
            ("Why not renewed?", "VA-07 asks for a look once a quarter; next look was missed on "
             "2026-04-06, a holiday"),
            ("Why did the internal audit not see it?", "Its sample was MM-011, MM-013, HM-003, "
             "LD-030, RP-002; nobody looked at the machines for more"),
        ], (60, 110))),
        ("Corrective action", ([
            ("Action", "Who", "Until", "Done"),
            ("List FB-70 moved into the order system, which sets the day of state and writes to N. "
             "Petrov and J. Weber 30 days before a date", "S. Vogt", "2026-05-15", "2026-05-15"),
            ("List exported and looked at each first working day of the month (VA-07 rev. 3)",
             "J. Weber", "2026-05-15", "2026-05-18, first time"),
            ("New label: \"use until\" in words, color of the year", "N. Petrov", "2026-05-22",
             "2026-05-18, all 19"),
            ("Check of label is a line on the route card", "S. Vogt", "2026-05-22", "2026-05-18"),
            ("Internal audits draw their gauges at the machines", "L. Hofmann", "2026-05-29",
             "2026-05-18"),
        ], (88, 26, 26, 30))),
        ("Effect", "To be judged on 2026-07-01 and 2026-08-03: no gauge over date, ten route cards "
         "with label line filled."),
    ])


def write_heat_answer(path):
    sheet = word.Sheet("Corrective action CA-2026-05: evaluation of L-014", "FB-50 / CA-2026-05",
                       "1",
                       date(2026, 5, 20), firm.PETRA)
    source = [("Source", f"{firm.BODY}, stage 2 audit, nonconformity on 8.4.1 (T. Novak)"),
              ("Fault", "No evaluation of heat treatment supplier L-014 (Härterei Südtal) recorded "
               "for 2025, due 2026-01-31; 31 deliveries, class 1"),
              ("Team", "P. Klein, J. Weber, P. Zeller")]
    _write_answer(path, sheet, source, [
        ("Correction", "Evaluation of 2025 done on 2026-05-12: 76 points, grade B (form FB-61). "
         "List FB-60 revision 8. All nine suppliers looked through: the others were evaluated on "
         "2026-01-29."),
        ("Root cause", ([
            ("Why?", "Answer"),
            ("Why was it missing?", "Marks for service were asked from J. Weber, who was at a "
             "customer on 2026-01-29; the line stayed empty"),
            ("Why not noticed?", "List FB-60 shows the next date, but nothing marks a date that "
             "has passed"),
            ("Why was it released?", "Buyer made and released the evaluation alone"),
            ("Why not found inside?", "Internal audit sampled L-003, L-012, L-019"),
        ], (50, 120))),
        ("Corrective action", ([
            ("Action", "Who", "Until", "Done"),
            ("List FB-60: next date turns red when it has passed", "P. Klein", "2026-05-15",
             "2026-05-15"),
            ("Second signature: quality manager checks that every line is filled", "J. Weber",
             "2026-05-20", "2026-05-20, VA-03 rev. 3"),
            ("Class 1 suppliers evaluated each half-year", "P. Klein", "2026-07-31", ""),
            ("Talk with L-014 about batch 25-107 and about days", "P. Klein", "2026-06-12", ""),
        ], (88, 26, 26, 30))),
        ("Effect", "To be judged on 2026-08-03 with the half-year evaluation: all class 1 lines "
         "filled and countersigned by 2026-07-31."),
    ])


def write_heat_evaluation(path):
    day = date(2026, 5, 12)
    total = purchasing.points(*HEAT_MARKS)
    paper = Paper("Supplier evaluation 2025: L-014", "FB-61 / L-014 / 2025", day, firm.PETRA.name)
    story = [
        facts([("Supplier", "Härterei Südtal GmbH"), ("Class", "1, changes the part for good"),
               ("What", "Vacuum hardening, ageing"), ("Certificate", "ISO 9001 until 2026-08, seen "
                                                      "2026-05-12"),
               ("Period", "2025-01-01 to 2025-12-31"), ("Last evaluation",
                                                        "2024-12-09, 88 points, A")]),
        heading("Marks"),
        table([("Criterion", "Facts of 2025", "Calculation", "Points", "of"),
               ("Quality", "31 batches, 1 rejected (red card 25-107: 38.5 HRC, aged again)",
                "50 x (1 - 10 x 1/31)", "33.9", "50"),
               ("Days kept", "1 of 31 late (2 days)", "30 x (1 - 4 x 1/31)", "26.1", "30"),
               ("Service", "Mark 4 of 5: reports complete, telephone good (J. Weber)", "2 x 4", "8",
                "10"),
               ("Price", "Mark 4 of 5", "2 x 4", "8", "10"),
               ("<b>Sum</b>", "", "", f"<b>{total}</b>", "100")], (24, 70, 40, 18, 18)),
        heading("Judgment"),
        text(f"<b>{total} points, grade {purchasing.grade(total)}: stays approved.</b> Falling "
             "from A to B: talk agreed for 2026-06-12 about recipe change of November 2025 and "
             "the thermocouple that caused batch 25-107."),
        heading("Watched since"),
        *bullets(["2026, 14 batches until 2026-05-08: none rejected, none late",
                  "Own hardness check of three pieces per batch: all inside the window",
                  "Next evaluation: July 2026 (half-year, class 1)"]),
        text("Told to the supplier by letter of 2026-05-13."),
        pdf.signatures(pdf.Signature("Petra Klein", "buyer", day, ""),
                       pdf.Signature("Jonas Weber", "checked, quality", date(2026, 5, 13), ""))]
    pdf.write(path, paper, story)


def write_evaluation(path):
    purchasing.write_marks(path, {**purchasing.EVALUATION, "L-014": HEAT_MARKS},
                           {"L-014": date(2026, 5, 12)})


def write_approved(path):
    book = Book("Approved suppliers", "FB-60 Rev. 8", date(2026, 5, 15), firm.PETRA)
    sheet = purchasing.fill_approved(book, {**purchasing.EVALUATION, "L-014": HEAT_MARKS},
                                     {"L-014": date(2026, 5, 12)})
    sheet.conditional_formatting.add("J5:J13", CellIsRule(
        operator="lessThan", formula=["DATE(2026,5,15)"], fill=PatternFill("solid", bgColor=RED)))
    book.save(path)


DOCUMENTS = [
    ("03 Personal/Wissensmatrix.xlsx", write_knowledge),
    ("03 Personal/Wissensweitergabe TC-3.docx", write_transfer),
    ("07 Vertrieb/VA-06 Nach der Lieferung.docx", write_after_delivery),
    ("07 Vertrieb/Nachbetreuung 2026.csv", write_calls),
    ("05 Prüfmittel/Prüfmittelliste.xlsx", write_gauge_list),
    ("05 Prüfmittel/Kalibrierscheine/2026-05 MM-017.pdf", write_micrometer_certificate),
    ("05 Prüfmittel/Bewertung früherer Messungen MM-017.docx", write_earlier_results),
    ("06 Einkauf/Lieferantenbewertung 2025.csv", write_evaluation),
    ("06 Einkauf/Freigegebene Lieferanten.xlsx", write_approved),
    ("06 Einkauf/Lieferanten/Bewertung 2025 L-014 Härterei Südtal.pdf", write_heat_evaluation),
    ("08 Messen und Verbessern/Korrekturmaßnahmen/CA-2026-04 Messschraube MM-017.docx",
     write_micrometer_answer),
    ("08 Messen und Verbessern/Korrekturmaßnahmen/CA-2026-05 Bewertung Härterei.docx",
     write_heat_answer),
]
