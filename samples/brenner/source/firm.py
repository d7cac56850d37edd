"""The facts that every document of Brenner Feinwerk shares: people, suppliers, days.

Everything here is invented. Telephone numbers come from ranges that the German
Bundesnetzagentur keeps free for fiction, web addresses end in .example.
"""

from dataclasses import dataclass
from datetime import date

NAME = "Brenner Feinwerk GmbH"
STREET = "Am Fräserweg 7"
TOWN = "78532 Tuttlingen"
PHONE = "+49 89 99998 140"
WEB = "www.brenner-feinwerk.example"


@dataclass(frozen=True)
class Person:
    """One of the 24 people; `group` is the line of the organisation chart."""

    name: str
    role: str
    group: str


ANNA = Person("Anna Brenner", "Managing director", "Management")
JONAS = Person("Jonas Weber", "Quality manager", "Quality")
MEHMET = Person("Mehmet Aydin", "Production manager", "Production")
PETRA = Person("Petra Klein", "Buyer", "Purchasing")
LUKAS = Person("Lukas Hofmann", "Apprentice trainer", "Training")
SABINE = Person("Sabine Roth", "Sales and order processing", "Sales")
CLAUDIA = Person("Claudia Mayr", "Accounts and personnel", "Office")
STEFAN = Person("Stefan Vogt", "Work preparation, CAM", "Work preparation")
ELIF = Person("Elif Demir", "Work preparation, CAM", "Work preparation")
NADJA = Person("Nadja Petrov", "Inspector, measuring room", "Quality")
DIETER = Person("Dieter Hauser", "Team leader turning", "Turning")
FLORIAN = Person("Florian Maier", "Team leader milling", "Milling")
GUDRUN = Person("Gudrun Fischer", "Finishing and packing", "Finishing")

PEOPLE = [
    ANNA, JONAS, MEHMET, PETRA, LUKAS, SABINE, CLAUDIA, STEFAN, ELIF, NADJA,
    DIETER,
    Person("Ralf Schuler", "CNC turning", "Turning"),
    Person("Marco Bianchi", "CNC turning", "Turning"),
    Person("Tobias Kern", "CNC turning", "Turning"),
    Person("Agnieszka Nowak", "CNC turning", "Turning"),
    FLORIAN,
    Person("Yusuf Kaya", "CNC milling", "Milling"),
    Person("Katrin Lang", "CNC milling", "Milling"),
    Person("Benedikt Reiter", "CNC milling", "Milling"),
    GUDRUN,
    Person("Ana Horvat", "Finishing and packing", "Finishing"),
    Person("Peter Zeller", "Finishing, goods in and out", "Finishing"),
    Person("Leonie Frank", "Apprentice, 2nd year", "Training"),
    Person("Emre Yildiz", "Apprentice, 1st year", "Training"),
]


@dataclass(frozen=True)
class Supplier:
    number: str
    name: str
    supplies: str


STEEL = Supplier("L-003", "Edelstahlhandel Obertal KG", "Bar stock, stainless")
CALIBRATION = Supplier("L-007", "Messlabor Donaublick GmbH", "Calibration")
COATING = Supplier("L-012", "Glanzwerk Oberflächen GmbH", "Passivation, electropolishing")
HEAT = Supplier("L-014", "Härterei Südtal GmbH", "Heat treatment")
TOOLS = Supplier("L-019", "宁波澄屿刀具有限公司 (Ningbo Chengyu Cutting Tools)",
                 "Carbide inserts, drills")
GRINDING = Supplier("L-021", "Schleifdienst Kessler e. K.", "Tool regrinding")
COOLANT = Supplier("L-024", "Fluidora Schmierstoffe GmbH", "Cutting oil, coolant")
CARRIER = Supplier("L-027", "Albkurier Spedition GmbH", "Transport")
PACKING = Supplier("L-030", "Kartonage Lindenau GmbH", "Packaging")
SUPPLIERS = [STEEL, CALIBRATION, COATING, HEAT, TOOLS, GRINDING, COOLANT, CARRIER, PACKING]

# Days that several documents name.
INQUIRY = date(2025, 9, 8)
POLICY_SIGNED = date(2026, 1, 15)
MANAGEMENT_REVIEW = date(2026, 2, 26)
SCOPE_APPROVED = date(2026, 3, 2)

SCOPE = ("Contract manufacture of precision turned and milled metal parts to customer drawing for "
         "makers of pumps and medical devices")
BODY = "Norwell Certification"
