"""Drawn sheets of folders 01 and 04: process map, organisation chart, hall plan."""

from datetime import date

import firm
from picture import ACCENT, GREY, INK, LINE, SHADE, Picture, title_block

CORE = [("Inquiry", "S. Roth", "drawing,\nquestion"), ("Offer and\ncontract\nreview", "S. Roth",
        "confirmed\norder"), ("Work\npreparation", "S. Vogt", "route card,\nprogram"),
        ("Purchasing", "P. Klein", "released\nmaterial"), ("Turning\nMilling", "M. Aydin", "parts"),
        ("Finishing\nInspection", "J. Weber", "released\nlot"), ("Packing\nDispatch", "G. Fischer",
                                                               "delivery")]


def write_process_map(path):
    picture = Picture(1500, 860)
    title_block(picture, "Process map", "QM-010 Rev. 2", date(2025, 11, 10))
    _band(picture, 95, 235, "Leading", ["Policy and\nobjectives", "Risks and\nopportunities",
                                        "Management\nreview", "Change\nplanning"])
    _core_band(picture)
    _band(picture, 600, 740, "Supporting", ["People and\ntraining", "Machines and\nmaintenance",
                                            "Measuring\nequipment", "Documents\nand IT",
                                            "Internal audit,\nimprovement"])
    for x in (430, 1070):
        picture.arrow((x, 237), (x, 268))
        picture.arrow((x, 598), (x, 567))
    picture.words((750, 790), "Process owner in grey · figures of each process: KPI dashboard · "
                  "outside processes (heat treatment, passivation, calibration, transport): VA-03",
                  17, False, GREY)
    picture.words((750, 822), "Released: Anna Brenner, 2025-11-10", 17, False, GREY)
    picture.save(path, "Process map")


def _band(picture, top, bottom, name, boxes):
    picture.box((150, top, 1350, bottom), SHADE, LINE, 14)
    picture.words((235, (top + bottom) / 2), name, 22, True, ACCENT)
    width = (1350 - 350) / len(boxes)
    for index, words in enumerate(boxes):
        left = 340 + index * width
        picture.box((left, top + 25, left + width - 25, bottom - 25), "#ffffff", ACCENT, 10)
        picture.words((left + (width - 25) / 2, (top + bottom) / 2), words, 19)


def _core_band(picture):
    picture.box((150, 270, 1350, 565), "#e3eef3", LINE, 14)
    picture.words((750, 297), "Core: from the customer's inquiry to the delivered part", 20, True,
                  ACCENT)
    for left, words in ((20, "Customer\n\nneeds,\ndrawing"), (1390, "Customer\n\nparts,\nanswers")):
        picture.box((left, 330, left + 90, 510), ACCENT, ACCENT, 10)
        picture.words((left + 45, 420), words, 18, True, "#ffffff")
    for index, (name, owner, result) in enumerate(CORE):
        left = 165 + index * 168
        picture.shape([(left, 340), (left + 132, 340), (left + 158, 420), (left + 132, 500),
                       (left, 500), (left + 26, 420)], "#ffffff", ACCENT)
        picture.words((left + 80, 405), name, 18, True)
        picture.words((left + 80, 472), owner, 15, False, GREY)
        picture.words((left + 100, 533), result, 15, False, INK)
    picture.arrow((112, 420), (150, 420), ACCENT)
    picture.arrow((1351, 420), (1388, 420), ACCENT)


def write_organisation(path):
    picture = Picture(1500, 900)
    title_block(picture, "Organisation chart", "QM-011 Rev. 3", date(2026, 1, 8))
    _person(picture, (750, 130), "Anna Brenner", "Managing director", True)
    picture.line([(750, 172), (750, 330)])
    picture.line([(750, 240), (985, 240)])
    _person(picture, (1090, 240), "Jonas Weber", "Quality manager,\nreports on the system", True)
    _person(picture, (1370, 240), "Nadja Petrov", "Inspector")
    picture.line([(1195, 240), (1265, 240)])
    picture.line([(180, 330), (1320, 330)])
    heads = [(180, "Sabine Roth", "Sales,\norder processing"), (460, "Petra Klein", "Buyer"),
             (750, "Mehmet Aydin", "Production manager"), (1040, "Lukas Hofmann",
                                                            "Apprentice trainer"),
             (1320, "Claudia Mayr", "Accounts, personnel")]
    for x, name, role in heads:
        picture.line([(x, 330), (x, 360)])
        _person(picture, (x, 402), name, role, name in ("Petra Klein", "Mehmet Aydin",
                                                      "Lukas Hofmann"))
    picture.line([(1040, 444), (1040, 500)])
    _team(picture, 1040, 500, "Apprentices", ["Leonie Frank", "Emre Yildiz"])
    picture.line([(750, 444), (750, 690)])
    picture.line([(180, 690), (1320, 690)])
    for x, group in ((180, "Work preparation"), (560, "Turning"), (940, "Milling"),
                     (1320, "Finishing")):
        picture.line([(x, 690), (x, 710)])
        _team(picture, x, 710, group, [person.name for person in firm.PEOPLE
                                       if person.group == group])
    picture.words_after((40, 640), "24 people, two shifts (06:00-13:45, 13:45-21:30)\nDeputies: J. "
                        "Weber for A. Brenner, N. Petrov for J. Weber,\nD. Hauser for M. Aydin, S. "
                        "Roth for P. Klein", 16, False, GREY)
    picture.save(path, "Organisation chart")


def _person(picture, center, name, role, strong=False):
    x, y = center
    picture.box((x - 105, y - 42, x + 105, y + 42), ACCENT if strong else "#ffffff", ACCENT, 10)
    picture.words((x, y - 20), name, 19, True, "#ffffff" if strong else INK)
    picture.words((x, y + 13), role, 15, False, "#e3eef3" if strong else GREY)


def _team(picture, x, top, name, people):
    picture.box((x - 130, top, x + 130, top + 46 + 23 * len(people)), SHADE, ACCENT, 10)
    picture.words((x, top + 22), f"{name} ({len(people)})", 18, True, ACCENT)
    for index, person in enumerate(people):
        picture.words((x, top + 52 + 23 * index), person, 16)


MACHINES = [("TC-1", 70, 330), ("TC-2", 250, 330), ("TC-3", 430, 330), ("LD-4", 610, 330),
            ("BZ-1", 70, 560), ("BZ-2", 250, 560), ("BZ-4", 430, 560)]


def write_hall(path):
    picture = Picture(1500, 930)
    title_block(picture, "Hall plan", "QM-012 Rev. 4", date(2026, 1, 20))
    picture.box((40, 100, 1460, 830), "#ffffff", INK, 2, 5)
    _rooms(picture)
    picture.words((440, 300), "Hall 1: turning", 20, True, ACCENT)
    picture.words((340, 530), "Milling cell", 20, True, ACCENT)
    for name, left, top in MACHINES:
        picture.box((left, top, left + 140, top + 110), "#8fb4c6", ACCENT, 4)
        picture.words((left + 70, top + 55), name, 22, True)
    picture.box((610, 545, 800, 685), "#fdf3d6", "#c28f1c", 4, 3)
    picture.words((705, 615), "BZ-5 (new)\nfrom 2026-06\nown foundation", 17, True, "#7a5a10")
    _flow(picture)
    picture.words_after((60, 868), "Arrows: way of the parts · red rack: locked, faulty parts · "
                        "yellow: machine of change plan QM-006 · exits and extinguishers: plan of "
                        "the fire brigade", 17,
                  False,
                  GREY)
    picture.words_after((60, 898), "Light 750 lx at machines, 1 000 lx at finishing · hall 18 to "
                        "28 °C · measuring room 20 ± 1 °C, 40 to 55 % · M. Aydin", 17, False, GREY)
    picture.save(path, "Hall plan")


def _rooms(picture):
    for area, name, fill in (
            ((40, 100, 300, 260), "Goods in\nbar store, green / yellow", SHADE),
            ((300, 100, 520, 260), "Saw", SHADE), ((520, 100, 820, 260), "Office, "
                                                   "sales,\npurchasing", "#f4f0e8"),
            ((820, 100, 1080, 260), "Work preparation", "#f4f0e8"),
            ((1080, 100, 1460, 260), "Training workshop\n(L. Hofmann)", "#f4f0e8"),
            ((860, 300, 1140, 520), "Measuring room\nKM-001, RP-002\n20 ± 1 °C", "#e3eef3"),
            ((1180, 300, 1460, 520), "Finishing\nmicroscopes\n1 000 lx", SHADE),
            ((860, 560, 1140, 700), "Washing line WA-1", SHADE),
            ((1180, 560, 1460, 830), "Packing, dispatch\nshelves A to D", SHADE),
            ((860, 740, 1140, 830), "Tool store, gauges", SHADE)):
        picture.box(area, fill, INK, 0, 3)
        picture.words(((area[0] + area[2]) / 2, (area[1] + area[3]) / 2), name, 18, True)
    picture.box((650, 745, 800, 815), "#f4c7c3", "#9b2d30", 4, 3)
    picture.words((725, 780), "Red rack", 18, True, "#9b2d30")
    picture.box((70, 745, 330, 815), SHADE, LINE, 4)
    picture.words((200, 780), "Compressor, coolant", 17)


def _flow(picture):
    picture.line([(680, 442), (680, 500), (835, 500), (835, 640)], ACCENT, 3)
    picture.line([(1142, 600), (1160, 600), (1160, 540), (1320, 540)], ACCENT, 3)
    picture.line([(1160, 470), (1142, 470)], ACCENT, 3)
    picture.line([(1168, 470), (1160, 470), (1168, 470), (1168, 720)], ACCENT, 3)
    for start, end in (((170, 262), (170, 326)), ((410, 442), (410, 556)),
                       ((835, 640), (856, 640)), ((1320, 540), (1320, 524)),
                       ((1178, 420), (1144, 420)), ((1166, 720), (1180, 720))):
        picture.arrow(start, end, ACCENT)


DOCUMENTS = [
    ("01 Führung/Prozesslandkarte.png", write_process_map),
    ("01 Führung/Organigramm.png", write_organisation),
    ("04 Fertigung/Hallenplan.png", write_hall),
]
