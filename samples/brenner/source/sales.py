"""Folder 07 Vertrieb: the customer's letter, contract review, change of an order, complaints."""

from datetime import date

import firm
import pdf
import table as csv_table
import word
from pdf import Issuer, Paper, bullets, facts, heading, table, text
from picture import ACCENT, GREY, LINE, Picture, title_block

AQUALIS = Issuer("Aqualis Pumps", ("Aqualis Pumps SE, Hafenstraße 90, 28777 Weserau",
                                   "+49 40 66969 500  ·  www.aqualis-pumps.example"), "#0f6f7c",
                 "wave")


def write_inquiry(path):
    paper = Paper("Your quality management system", "SQ-2025-118", firm.INQUIRY, AQUALIS.name,
                  AQUALIS)
    story = [
        text("Brenner Feinwerk GmbH, Ms. Anna Brenner<br/>Am Fräserweg 7, 78532 Tuttlingen"),
        pdf.gap(2), text("Dear Ms. Brenner,"),
        text("for eleven years you have supplied us with impeller shafts (BF-1042) and, since "
             "2022, valve seats (BF-1057). In the last twelve months 46 of 48 deliveries were on "
             "time and one complaint was recorded. We would like to place more with you: a family "
             "of seven ceramic-coated shafts, about 9 000 pieces a year from autumn 2026."),
        text("Our own customers in water supply now ask us to show that suppliers of wetted parts "
             "work under a certified quality management system. We therefore ask you for the "
             "following:"),
        *bullets(["A certificate to <b>ISO 9001:2015</b> from an accredited certification body, "
                  "scope covering turned and milled parts, by <b>30 June 2026</b>. Part numbers "
                  "already placed stay with you; new ones need the certificate.",
                  "Material certificate 3.1 to EN 10204 for each lot of wetted parts.",
                  "Deliveries on the agreed day: 98 % from 2026 on.",
                  "An answer to complaints within one working day, causes within ten.",
                  "Word from you before you change material source, outside process or site."]),
        text("We know what this asks of a firm of your size. Our supplier quality team offers two "
             "half-day visits at no cost, and we are open to a joint audit date with other "
             "suppliers in your region. Please let us know by 30 September how you mean to go "
             "about it."),
        text("Yours sincerely"),
        pdf.signatures(pdf.Signature("Margit Falk", "supplier quality", firm.INQUIRY, "Weserau")),
        text("Talk 09-15: yes. Jonas plans, kick-off 09-22. Sabine answers. A. B.", pdf.style(
            "note", fontName="Hand", fontSize=17, leading=20, textColor=pdf.PEN))]
    pdf.write(path, paper, story)


def write_contract_review(path):
    day = date(2026, 1, 19)
    paper = Paper("Contract review", "FB-20 / 26-0083", day, firm.SABINE.name)
    story = [
        facts([("Customer", "Aqualis Pumps"), ("Customer's order", "AP-450771 of 2026-01-15"),
               ("Our offer", "A-26-0012 of 2026-01-09"), ("Our order", "26-0083"),
               ("Part", "BF-1042 Impeller shaft"), ("Drawing", "AQ-7731 rev. C"),
               ("Quantity, date", "400, 2026-02-13"), ("Repeat or new",
                                                       "repeat, last lot 25-0942")]),
        heading("Requirements gone through"),
        table([
            ("Question", "Answer", "Source", "By"),
            ("Drawing readable, revision equal to offer?", "Yes, rev. C. Order said rev. B in one "
             "line",
             "Drawing, order", "S. Vogt"),
            ("Material and certificate?", "1.4404, 3.1 to EN 10204", "Letter SQ-2025-118",
             "P. Klein"),
            ("Tolerances within our reach?", "12 h6: Cpk 1.38 on TC-3", "Lot 25-0942", "J. Weber"),
            ("Needed, though not stated?", "Passivation test, caps on the bearing seat", "Use in "
             "drinking water", "J. Weber"),
            ("Legal and industry rules?", "Contact with drinking water: material on the list; no "
             "residue of cutting oil", "Aqualis spec. AS-14", "J. Weber"),
            ("Capacity and date?", "34 h TC-3 in week 7, free", "Order system", "M. Aydin"),
            ("Outside process?", "Passivation L-012, 1 day", "VA-03", "P. Klein"),
            ("Packing, delivery, after delivery?", "Blue boxes KE-06, free house", "Order",
             "S. Roth"),
            ("Price and terms as offered?", "Yes", "Offer", "S. Roth"),
        ], (48, 66, 34, 22)),
        heading("Differences between order and offer"),
        text("The order named drawing revision B in position 1. Asked by e-mail 2026-01-16; Margit "
             "Falk confirmed revision C in writing on 2026-01-19 and sent the corrected order."),
        heading("Result"),
        text("<b>Can be met. Order confirmed 2026-01-19 to Aqualis Pumps.</b> New requirement "
             "since the last lot: certificate 3.1 (entered in route card and purchase demand)."),
        pdf.signatures(pdf.Signature("Sabine Roth", "sales", day, ""),
                       pdf.Signature("Jonas Weber", "quality", day, ""))]
    pdf.write(path, paper, story)


def write_order_change(path):
    sheet = word.Sheet("Change of order 26-0091", "FB-21 / 26-03", "1", date(2026, 2, 11),
                       firm.SABINE, firm.MEHMET)
    document = word.begin(sheet)
    word.facts(document, [
        ("Customer, part", "Aqualis Pumps, BF-1057 valve seat, drawing AQ-7790 rev. B"),
        ("Asked by", "Margit Falk, e-mail of 2026-02-09, 14:12"),
        ("Change", "600 pieces in place of 500; delivery of 2026-02-27 moved to 2026-03-06"),
        ("State of the work", "Material released, turning starts 2026-02-12"),
    ])
    word.section(document, "Review again")
    word.table(document, [
        ("Point", "Result", "By"),
        ("Material", "Bar for 680 pieces in stock, same heat", "P. Klein, 2026-02-10"),
        ("Capacity", "TC-1 week 7, 9 h more, free", "M. Aydin, 2026-02-10"),
        ("Heat treatment", "L-014 takes 612 pieces on 2026-02-20", "P. Klein, 2026-02-10"),
        ("Inspection", "Plan unchanged", "J. Weber, 2026-02-10"),
        ("Price", "Scale price from 600, customer agreed", "S. Roth, 2026-02-11"),
    ], (40, 86, 44))
    word.section(document, "Documents changed and people told")
    word.bullets(document, ["Order, route card and purchase order 4500-2249: quantity and date, S. "
                            "Vogt and P. Klein, 2026-02-11",
                            "Told: D. Hauser, N. Petrov, P. Zeller in the morning talk of "
                            "2026-02-12",
                            "Confirmed to the customer: 2026-02-11, 10:40"])
    word.finish(document, path, sheet)


COMPLAINTS = [
    ("25-01", "2025-03-11", "Dosimira Pumpentechnik", "BF-3105", "25-08-0177-1", 200, 4,
     "Report on hardness missing", "2025-03-11", "Report sent, checklist at dispatch", "CA-2025-02",
     "2025-04-04", "yes"),
    ("25-02", "2025-09-16", "Heliovex Medizintechnik", "BF-2210", "25-35-0688-1", 1000, 11,
     "Burr inside bore", "2025-09-16", "Lot sorted, 11 replaced in 3 days", "CA-2025-06",
     "2025-11-07", "yes"),
    ("25-03", "2025-10-06", "Heliovex Medizintechnik", "BF-2210", "25-38-0731-1", 1200, 37,
     "Dented ends", "2025-10-07", "All taken back, sorted, 37 replaced", "CA-2025-07", "2025-12-12",
     "yes"),
    ("25-04", "2025-11-12", "Aqualis Pumps", "BF-1042", "25-44-0942-1", 300, 2,
     "Seal leaks, diameter 11.986", "2025-11-12", "2 replaced, 298 checked at customer",
     "CA-2025-09",
     "2026-01-30", "yes"),
    ("26-01", "2026-02-05", "Dosimira Pumpentechnik", "BF-3105", "26-03-0041-1", 250, 0,
     "Delivered two days late without notice", "2026-02-05", "Excuse, notice rule in dispatch",
     "CA-2026-01", "", "open"),
]


def write_complaints(path):
    head = ("Nr", "Eingang", "Kunde", "Teil", "Los", "Menge", "Fehlerhaft", "Beschreibung",
            "Antwort",
            "Sofortmaßnahme", "Korrekturmaßnahme", "Geschlossen", "Kunde_einverstanden")
    csv_table.write(path, [head, *COMPLAINTS], byte_order_mark=True)


SURVEY = [("Quality of the parts", 1.9, 1.7), ("Delivery on the day", 2.4, 2.3),
          ("Speed of answers", 2.4, 2.0), ("Advice on making", 1.7, 1.6),
          ("Papers and certificates", 2.1, 1.9)]


def write_survey(path):
    picture = Picture(1300, 760)
    title_block(picture, "Customer survey November 2025", "FB-22 / 2025", date(2025, 12, 4))
    picture.words_after((40, 105), "9 of 14 customers answered (73 % of turnover). School marks: 1 "
                        "very good, 6 insufficient.", 18, False, GREY)
    left, top, unit = 330, 160, 180
    for mark in range(1, 5):
        x = left + (mark - 1) * unit
        picture.line([(x, top - 10), (x, top + 440)], LINE, 1)
        picture.words((x, top + 460), str(mark), 17, False, GREY)
    for index, (name, before, now) in enumerate(SURVEY):
        y = top + index * 88
        picture.words_before((left - 20, y + 31), name, 20, False, "#1d2731")
        for offset, value, color in ((6, before, "#b9c6cf"), (34, now, ACCENT)):
            right = left + (value - 1) * unit
            picture.box((left, y + offset, right, y + offset + 24), color, color, 3, 1)
            picture.words((right + 24, y + offset + 12), f"{value:.1f}", 18, color == ACCENT)
    for x, color, words in ((930, "#b9c6cf", "2024, mean 2.1"), (930, ACCENT, "2025, mean 1.9")):
        y = 300 if color != ACCENT else 335
        picture.box((x, y, x + 24, y + 20), color, color, 3, 1)
        picture.words_after((x + 36, y + 10), words, 19, False, "#1d2731")
    picture.words_after((930, 430), "What customers wrote\n\n\"Call before you are late.\" "
                        "(2)\n\"Drawings are read with\nunderstanding.\"\n\"Confirm orders "
                        "faster.\" (3)", 18, False,
                  GREY)
    picture.words_after((40, 690), "Taken into: objective Z4, order confirmation within two days, "
                        "notice rule at dispatch. S. Roth, seen A. Brenner "
                        "2025-12-08", 18, False, GREY)
    picture.save(path, "Customer survey 2025")


DOCUMENTS = [
    ("07 Vertrieb/Anfrage Aqualis Pumps 2025-09-08.pdf", write_inquiry),
    ("07 Vertrieb/Vertragsprüfung 26-0083.pdf", write_contract_review),
    ("07 Vertrieb/Auftragsänderung 26-0091.docx", write_order_change),
    ("07 Vertrieb/Reklamationen.csv", write_complaints),
    ("07 Vertrieb/Kundenzufriedenheit 2025.png", write_survey),
]
