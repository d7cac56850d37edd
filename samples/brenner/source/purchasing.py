"""Folder 06 Einkauf: procedure, approved suppliers, evaluation, order, certificates, audit report.

Here hides the second weakness: the evaluation of 2025 has no marks for L-014, the heat treatment
firm, although 31 batches went there and the procedure asks for one each year.
"""

from datetime import date

import firm
import pdf
import table as csv_table
import word
from pdf import Issuer, Paper, bullets, facts, heading, table, text
from sheet import AMBER, GREEN, Book, Formula
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import PatternFill

# number, deliveries, late, rejected, marks 1 (bad) to 5 for service and price; None: not entered
EVALUATION = {
    "L-003": (46, 3, 1, 4, 3), "L-007": (9, 0, 0, 5, 3), "L-012": (58, 2, 1, 4, 4),
    "L-014": None, "L-019": (12, 2, 0, 3, 5), "L-021": (22, 1, 0, 4, 4), "L-024": (7, 0, 0, 4, 3),
    "L-027": (214, 5, 1, 4, 4), "L-030": (18, 0, 0, 4, 4),
}


def points(deliveries, late, rejected, service, price):
    """50 points for quality, 30 for days kept, 10 each for service and price."""
    quality = 50 * max(0, 1 - 10 * rejected / deliveries)
    days = 30 * max(0, 1 - 4 * late / deliveries)
    return round(quality + days + 2 * service + 2 * price)


def grade(total):
    return "A" if total >= 85 else "B" if total >= 70 else "C"


def write_procedure(path):
    sheet = word.Sheet("VA-03 Purchasing and suppliers", "VA-03", "2", date(2025, 12, 15),
                       firm.PETRA)
    document = word.begin(sheet)
    word.section(document, "1 Which suppliers", "Covers material, outside processes (heat "
                 "treatment, passivation, regrinding), calibration, transport and all else that "
                 "can change a part or its date. Office supplies are left out.")
    word.section(document, "2 From first contact to approval")
    word.table(document, [
        ("Class", "What", "Approval", "Control of what is delivered"),
        ("1 changes the part for good", "Heat treatment, passivation, material",
         "Certificate ISO 9001 or own audit; first batch checked in full",
         "Certificate per batch and own check"),
        ("2 decides on our measuring", "Calibration", "Accreditation for the quantity",
         "Certificate read and signed"),
        ("3 touches quality", "Tools, oil, packing, transport", "Trial order",
         "Identity, quantity, damage"),
    ], (38, 42, 52, 38))
    word.section(document, "3 Evaluation")
    word.bullets(document, [
        "Every approved supplier of classes 1 to 3 is evaluated each January for the year before: "
        "quality 50 points, days kept 30, service 10, price 10.",
        "A from 85 points, B from 70: stays. C: talk, plan, one year; class 1 is stopped at once "
        "until new approval.",
        "The result is entered in the list of approved suppliers by 31 January and told to the "
        "supplier.",
        "A supplier without orders for two years is taken off the list.",
    ])
    word.section(document, "4 Orders", "An order names: part or specification with edition, "
                 "quantity, date, certificate, marking, right of access for us and our customers, "
                 "duty to tell changes and faults. The buyer reads it against the demand before it "
                 "leaves.")
    word.section(document, "5 Goods in", "Peter Zeller compares delivery, order and certificate, "
                 "checks as table 2 says and marks: green released, yellow waiting, red faulty.")
    word.history(document, [("1", "2025-11-03", "First edition", "P. Klein"),
                            ("2", "2025-12-15", "Classes; evaluation each January", "P. Klein")])
    word.finish(document, path, sheet)


GROUNDS = {
    # class, ground of the approval, day of the approval
    "L-003": (1, "ISO 9001 until 2027-05", date(2019, 3, 4)),
    "L-007": (2, "Accreditation D-K-00000-01-00", date(2018, 6, 1)),
    "L-012": (1, "ISO 9001 until 2026-11, ISO 13485", date(2020, 9, 14)),
    "L-014": (1, "ISO 9001 until 2026-08, own audit 2023", date(2023, 5, 22)),
    "L-019": (3, "Trial order; report of an audit on site", date(2025, 12, 19)),
    "L-021": (3, "Trial order", date(2017, 2, 6)),
    "L-024": (3, "Safety data sheets, trial", date(2021, 4, 12)),
    "L-027": (3, "Trial order", date(2016, 10, 3)),
    "L-030": (3, "Trial order", date(2022, 1, 17)),
}
EVALUATION_DAY = date(2026, 1, 29)


def write_approved(path):
    book = Book("Approved suppliers", "FB-60 Rev. 7", date(2026, 2, 2), firm.PETRA)
    fill_approved(book, EVALUATION, {})
    book.save(path)


def fill_approved(book, evaluation, other_days):
    """The list with the marks of `evaluation`; `other_days` has suppliers judged on another day."""
    sheet = book.add_sheet("Suppliers", (9, 44, 30, 8, 34, 14, 14, 10, 9, 15))
    book.table(sheet, [("No.", "Supplier", "What", "Class", "Approved on the ground of",
                        "Approved since", "Last evaluation", "Points", "Grade", "Next evaluation")])
    for row, supplier in enumerate(firm.SUPPLIERS, 5):
        marks = evaluation[supplier.number]
        day = other_days.get(supplier.number, EVALUATION_DAY) if marks else date(2024, 12, 9)
        _add_supplier(book, sheet, row, (supplier, day, points(*marks) if marks else 88))
    for words, color in (('"A"', GREEN), ('"B"', AMBER)):
        sheet.conditional_formatting.add("I5:I13", CellIsRule(
            operator="equal", formula=[words], fill=PatternFill("solid", bgColor=color)))
    sheet.freeze_panes = "C5"
    return sheet


def _add_supplier(book, sheet, row, entry):
    supplier, judged, total = entry
    kind, ground, since = GROUNDS[supplier.number]
    values = (supplier.number, supplier.name, supplier.supplies, kind, ground, since, judged, total,
              Formula(f'IF(H{row}>=85,"A",IF(H{row}>=70,"B","C"))', grade(total)),
              Formula(f"DATE(YEAR(G{row})+1,MONTH(G{row}),DAY(G{row}))",
                      judged.replace(year=judged.year + 1)))
    for column, value in zip("ABCDEFGHIJ", values):
        book.put(sheet, f"{column}{row}", value, align="center" if column in "DI" else None)


def write_evaluation(path):
    write_marks(path, EVALUATION, {})


def write_marks(path, evaluation, other_days):
    rows = [("Lieferant", "Name", "Jahr", "Lieferungen", "verspätet", "beanstandet", "Service_1_5",
             "Preis_1_5", "Punkte", "Stufe", "bewertet_am", "bewertet_von")]
    for supplier in firm.SUPPLIERS:
        marks = evaluation[supplier.number]
        start = (supplier.number, supplier.name, 2025)
        if marks:
            total = points(*marks)
            day = other_days.get(supplier.number, EVALUATION_DAY)
            rows.append((*start, *marks, total, grade(total), day.isoformat(), "P. Klein"))
        else:
            rows.append((*start, 31, *[""] * 8))
    csv_table.write(path, rows, byte_order_mark=True)


def write_order(path):
    day = date(2026, 1, 20)
    paper = Paper("Order 4500-2231", "Order 4500-2231", day, firm.PETRA.name)
    story = [
        text("Edelstahlhandel Obertal KG, sales<br/>Werkstraße 21, 78532 Tuttlingen-Nord"),
        facts([("Our contact", "Petra Klein, extension 143"), ("Your offer",
                                                               "26-0418 of 2026-01-19"),
               ("Delivery", "2026-01-29, before 12:00, goods in"), ("Terms", "free house, 30 days "
                                                                    "net")]),
        table([("Pos.", "What", "Quantity", "Price", "Sum"),
               ("1", "Round bar 1.4404 (316L), 14 mm h9, ground, EN 10088-3, EN 10278, length 3 "
                "000 mm +50/0, for our part BF-1042", "60 bars (219 kg)", "7.85 €/kg",
                "1 719.15 €"),
               ("2", "Inspection certificate 3.1 to EN 10204 per heat, with delivery", "1",
                "15.00 €",
                "15.00 €")], (10, 90, 30, 20, 20)),
        heading("Requirements"),
        *bullets(["One heat for the whole delivery; heat number painted on one end of each bar.",
                  "Chemical analysis and tensile test on the certificate; ferrite below 0.5 %.",
                  "Bars in bundles of at most 250 kg, ends capped, dry.",
                  "Changes of mill or process are told before delivery. Known faults are told at "
                  "once.",
                  "We and our customers may look at goods and records at your place after notice.",
                  "You are evaluated each January on quality, days, service and price."]),
        text("<b>Sum without tax: 1 734.15 €.</b> Please confirm within two working days. Our "
             "general terms of 2024-01 apply."),
        pdf.signatures(pdf.Signature("Petra Klein", "buyer", day))]
    pdf.write(path, paper, story)


MILL = Issuer("Stahlwerk Ferrona S.p.A.", ("Via del Maglio 4, 25000 Valtorre  ·  "
                                           "www.ferrona.example",
                                           "Works inspection, department QC"), "#7a2e1f", "bars")


def write_mill_certificate(path):
    paper = Paper("Inspection certificate EN 10204 - 3.1", "Certificate 26/00871", date(2026, 1,
                                                                                        14),
                  MILL.name, MILL, "Sheet A01 to D01")
    color = MILL.color
    story = [
        facts([("A06 Purchaser", "Edelstahlhandel Obertal KG"), ("A07 Order", "OB-88214"),
               ("B01 Product", "Round bar, ground h9"), ("B02 Steel", "1.4404 / X2CrNiMo17-12-2"),
               ("B07 Heat", "<b>418227</b>"), ("B09 Size", "14 mm, length 3 000 mm"),
               ("B12 Mass", "2 040 kg"), ("B04 Condition", "solution annealed +AT, ground")]),
        heading("C70 Chemical composition of the heat, mass %"),
        table([("", "C", "Si", "Mn", "P", "S", "Cr", "Ni", "Mo", "N"),
               ("min", "", "", "", "", "", "16.5", "10.0", "2.00", ""),
               ("max", "0.030", "1.00", "2.00", "0.045", "0.030", "18.5", "13.0", "2.50", "0.10"),
               ("found", "0.019", "0.42", "1.58", "0.031", "0.024", "16.9", "10.2", "2.06",
                "0.047")],
              (20, *[16] * 9), color),
        heading("C10 Tensile test at 20 °C"),
        table([("Test piece", "Rp0.2 MPa", "Rp1.0 MPa", "Rm MPa", "A %", "Z %", "HB"),
               ("required", "≥ 200", "≥ 235", "500 to 700", "≥ 40", "-", "≤ 215"),
               ("T1", "278", "318", "596", "52", "74", "168"),
               ("T2", "281", "322", "601", "51", "73", "170")], (30, 25, 25, 25, 20, 20, 20),
              color),
        heading("Further tests"),
        *bullets(["Delta ferrite 0.3 % (required below 0.5 %)", "Intergranular corrosion: free",
                  "Mix-up test by spectrometer: passed, all bars",
                  "Ultrasonic test, class 3: passed", "Radioactivity: not above background"]),
        text("We certify that the delivery meets the order. The marking of the inspector is FR-7."),
        pdf.Stamp(("FERRONA QC", "FR-7", "2026-01-14"), color, up=-26 * pdf.mm),
        pdf.signatures(pdf.Signature("Carla Monti", "works inspector", date(2026, 1, 14),
                                     "Valtorre"))]
    story.append(text("Received with order 4500-2231: compared with order and bars, hardness "
                      "checked (166 HB). P. Zeller, 2026-01-29, released green.", pdf.style(
                          "note", fontName="Hand", fontSize=15, leading=18, textColor=pdf.PEN)))
    pdf.write(path, paper, story)


CHENGYU = Issuer("宁波澄屿刀具有限公司", ("浙江省宁波市澄屿工业园 8 号  ·  www.chengyu-tools.example",
                                    "Ningbo Chengyu Cutting Tools Co., Ltd."), "#1f5c99", "block",
                 "Chinese")


def write_chinese_report(path):
    day = date(2025, 12, 17)
    paper = Paper("供应商审核报告", "编号 CY-SA-2025-027", day, "宁波澄屿刀具有限公司", CHENGYU)
    body = pdf.style("zh", fontName="Chinese", leading=15.5, spaceAfter=6, wordWrap="CJK")
    head = pdf.style("zh-head", fontName="Chinese", fontSize=12, leading=16, spaceBefore=8,
                     spaceAfter=4)
    bullet = pdf.style("zh-list", parent=body, fontName="Chinese", leftIndent=12, leading=15,
                       wordWrap="CJK")
    color = CHENGYU.color
    story = [
        facts([("审核对象", "宁波澄屿刀具有限公司"), ("委托方", "Brenner Feinwerk GmbH（德国图特林根）"),
               ("审核日期", "2025年12月9日至10日"), ("审核方式", "现场审核，二方审核"),
               ("审核依据", "ISO 9001:2015，采购协议 2025-L-019"), ("产品范围", "硬质合金刀片、整体钻头"),
               ("审核员", "沈若川（受委托方委托）"), ("陪同人员", "质量部经理 陆知遥")], font="Chinese"),
        text("一、审核结论", head),
        text("供应商质量管理体系运行正常，生产与检验过程受控，具备稳定供货能力。综合得分 87 分（满分 100 分），评定为 A 级，建议列入合格供应商名录。发现一般不符合项 1 "
             "项、改进建议 2 项，无严重不符合项。", body),
        text("二、分项评分", head),
        table([("序号", "审核内容", "满分", "得分", "说明"),
               ("1", "质量管理体系与文件控制", "15", "14", "证书有效期至 2027年6月"),
               ("2", "原材料采购与进货检验", "15", "13", "粉末批次可追溯"),
               ("3", "压制、烧结过程控制", "20", "18", "烧结炉温度曲线完整保存"),
               ("4", "刃磨与涂层", "15", "13", "涂层厚度每炉抽检 5 件"),
               ("5", "检验与测量设备", "15", "12", "一台投影仪标签字迹不清"),
               ("6", "不合格品控制与纠正措施", "10", "9", "八步法记录齐全"),
               ("7", "包装、标识与交付", "10", "8", "准时交付率 96.4%"), ("合计", "", "100", "87", "A 级")],
              (14, 58, 16, 16, 66), color, "Chinese"),
        text("三、不符合项与改进建议", head),
        text("不符合项 1（一般）：投影仪 TY-05 校准标签字迹不清，无法确认下次校准日期。校准证书本身有效（至 2026年4月）。要求 "
             "2025年12月31日前更换标签。", bullet, ),
        text("建议 1：刀片包装盒上增加二维码，便于客户按批次查询涂层记录。", bullet),
        text("建议 2：出口货物木箱内放置温湿度指示卡。", bullet),
        text("四、整改验证", head),
        text("供应商于 2025年12月16日提交更换后的标签照片，经审核员确认，不符合项 1 关闭。", body),
        text("五、签字", head),
        table([("审核员", "供应商代表", "委托方确认"),
               ("沈若川　2025-12-17", "陆知遥　2025-12-17", "Petra Klein　2025-12-19")], (1, 1, 1), color,
              "Chinese"),
        pdf.Stamp(("CHENGYU", "QA 2025-12-17"), "#c0392b", 82 * pdf.mm, -3 * pdf.mm)]
    pdf.write(path, paper, story)


HEAT_FIRM = Issuer("Härterei Südtal GmbH", ("Ofenweg 2, 78100 Südtal  ·  +49 40 66969 220",
                                            "www.haerterei-suedtal.example"), "#a85a11", "wave")


def write_hardness_report(path):
    day = date(2026, 2, 24)
    paper = Paper("Heat treatment report", "HT-26-0217", day, HEAT_FIRM.name, HEAT_FIRM)
    story = [
        facts([("Customer", "Brenner Feinwerk GmbH"), ("Order", "4500-2249 of 2026-02-16"),
               ("Part", "BF-1057 Valve seat, 612 pieces"), ("Lot", "26-07-0091-1"),
               ("Steel", "1.4112"), ("Required", "56 +2 HRC, distortion below 0.02 mm")]),
        heading("Process: vacuum furnace VO-3, recipe BF-56"),
        table([("Step", "Temperature", "Time", "Medium"), ("Heat 1", "650 °C", "20 min", "vacuum"),
               ("Heat 2", "1 040 °C", "25 min", "vacuum"), ("Quench", "to 60 °C", "7 min",
                                                              "nitrogen 6 bar"),
               ("Deep cool", "-80 °C", "60 min", "nitrogen"), ("Temper, twice", "180 °C", "120 min",
                                                               "air")], (50, 40, 40, 40),
              HEAT_FIRM.color),
        heading("Hardness, Rockwell C, tester HV-1 (calibrated until 2026-10)"),
        table([("Piece", "1", "2", "3", "4", "5", "6", "7", "8"),
               ("HRC", "56.8", "57.0", "56.9", "57.2", "56.7", "57.1", "56.9", "57.0")],
              (30, *[17] * 8), HEAT_FIRM.color),
        text("Mean 57.0 HRC, range 56.7 to 57.2: meets the order. Oxidation none, cracks none (dye "
             "penetrant, 5 pieces). Furnace survey valid until 2026-06."),
        pdf.signatures(pdf.Signature("Uwe Stark", "furnace master", day, "Südtal")),
        text("Goods in 2026-02-25: own check 56.9 / 57.0 / 56.8 HRC (HP-001). N. Petrov, green.",
             pdf.style("note", fontName="Hand", fontSize=15, leading=18, textColor=pdf.PEN))]
    pdf.write(path, paper, story)


DOCUMENTS = [
    ("06 Einkauf/VA-03 Einkauf und Lieferanten.docx", write_procedure),
    ("06 Einkauf/Freigegebene Lieferanten.xlsx", write_approved),
    ("06 Einkauf/Lieferantenbewertung 2025.csv", write_evaluation),
    ("06 Einkauf/Bestellungen/Bestellung 4500-2231.pdf", write_order),
    ("06 Einkauf/Zeugnisse/Abnahmeprüfzeugnis 3.1 Schmelze 418227.pdf", write_mill_certificate),
    ("06 Einkauf/Zeugnisse/Härteprotokoll HT-26-0217.pdf", write_hardness_report),
    ("06 Einkauf/Lieferanten/供应商审核报告.pdf", write_chinese_report),
]
