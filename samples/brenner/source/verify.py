"""What must hold for the sample; each function returns the faults it finds as sentences."""

import csv
import re
import subprocess
import xml.etree.ElementTree as xml
import zipfile

import docx
import openpyxl
from PIL import Image

import contents

NAMESPACE = "{urn:guildmark:evidence:1}"
STANDARD = "standards/iso-9001/2015.xml"
SCHEMA = "adapters/evidence/schema/evidence-rules.xsd"
# Requirements without evidence in documents/; those that stay open with later/ do not apply.
GAPS_AT_FIRST = {"7.1.6", "8.5.5"}
NOT_APPLICABLE = {f"8.3.{number}" for number in range(1, 7)}


def files_of(home, folder):
    return sorted(path for path in (home / folder).rglob("*") if path.is_file())


def rebuilt_differs(home, scratch):
    """The sources, run into an empty folder, must give the same files, byte for byte."""
    faults = []
    for folder, documents in contents.FOLDERS.items():
        names = {name for name, _ in documents}
        found = {str(path.relative_to(home / folder)) for path in files_of(home, folder)}
        faults += [f"{folder}/{name}: not in both sources and folder" for name in names ^ found]
        for name, write in documents:
            path = scratch / folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            write(path)
            committed = home / folder / name
            if committed.exists() and path.read_bytes() != committed.read_bytes():
                faults.append(f"{folder}/{name}: differs from what the sources write")
    return faults


def _open_text_table(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        first = file.readline()
        file.seek(0)
        widths = {len(row) for row in csv.reader(file, delimiter=";" if ";" in first else ",")}
    if len(widths) != 1:
        raise ValueError(f"rows of different width {sorted(widths)}")


def _open_pdf(path):
    subprocess.run(["pdftotext", str(path), "-"], check=True, capture_output=True)


def _open_picture(path):
    Image.open(path).load()


OPENERS = {".csv": _open_text_table, ".pdf": _open_pdf, ".png": _open_picture,
           ".docx": docx.Document, ".xlsx": openpyxl.load_workbook}


def broken_files(home):
    faults = []
    for folder in contents.FOLDERS:
        for path in files_of(home, folder):
            try:
                OPENERS[path.suffix](str(path))
            except (KeyError, ValueError, OSError, subprocess.CalledProcessError,
                    zipfile.BadZipFile) as error:
                faults.append(f"{folder}/{path.name}: does not open: {error}")
    return faults


def pattern_of(path):
    """A path pattern as regular expression: ** any folders, * within a name, ? one character."""
    words = re.escape(path).replace(r"\*\*/", "(?:.*/)?").replace(r"\*\*", ".*")
    return re.compile(words.replace(r"\*", "[^/]*").replace(r"\?", "[^/]"))


def rules_of(home):
    """Pattern and requirements of each rule and document entry."""
    root = xml.parse(home / "evidence.xml").getroot()
    return [(pattern_of(entry.get("path")), set(entry.get("requirements").split()))
            for entry in root if entry.tag in (NAMESPACE + "rule", NAMESPACE + "document")]


def requirements_of(name, rules):
    """The requirements that the document called `name` is evidence for."""
    return set().union(*(numbers for pattern, numbers in rules if pattern.fullmatch(name)))


BROKEN_ENTRIES = [
    '<rule path="a.pdf"/>',
    '<rule path="a.pdf" requirements=""/>',
    '<rule path="/a.pdf" requirements="4.1"/>',
    '<rule path="a//b.pdf" requirements="4.1"/>',
    '<rule path="a.pdf" requirements="4.1, 4.2"/>',
    '<rule path="a.pdf" requirements="4.1" owner="Anna Brenner"/>',
    '<rule path="a.pdf" requirements="4.1" valid-from="15.01.2026"/>',
    '<rule path="a.pdf" requirements="4.1" valid-until="2026-02-30"/>',
    '<rule path="a.pdf" requirements="4.1" note="x"/>',
    '<document path="*.pdf" requirements="4.1"/>',
    '<document path="a.pdf" requirements="4.1"/><document path="a.pdf" requirements="4.2"/>',
    '<ignore path="a.pdf" requirements="4.1"/>',
    '<folder path="a"/>',
]


def schema_takes_broken(home, scratch):
    """The schema must refuse each broken entry, and take the same file without one."""
    faults = []
    for entry in ["", *BROKEN_ENTRIES]:
        rules = scratch / "rules.xml"
        rules.write_text('<evidence-rules xmlns="urn:guildmark:evidence:1" '
                         f'standard="iso-9001:2015">{entry}</evidence-rules>', encoding="utf-8")
        made = subprocess.run(["xmllint", "--noout", "--schema", home.parents[1] / SCHEMA, rules],
                              capture_output=True, check=False)
        if (made.returncode == 0) != (entry == ""):
            faults.append(f"{SCHEMA}: wrong verdict on {entry or 'no entry'}")
    return faults


def wrong_rules(home):
    """Schema, exact paths, files without a rule, and the gaps before and after later/."""
    base = home.parents[1]
    made = subprocess.run(["xmllint", "--noout", "--schema", base / SCHEMA, home / "evidence.xml"],
                          capture_output=True, text=True, check=False)
    faults = [] if made.returncode == 0 else [made.stderr]
    root = xml.parse(home / "evidence.xml").getroot()
    for entry in root.iter(NAMESPACE + "document"):
        if not (home / "documents" / entry.get("path")).is_file():
            faults.append(f"evidence.xml: no document {entry.get('path')}")
    rules, known = rules_of(home), _leaves(base / STANDARD)
    covered = {}
    for folder in contents.FOLDERS:
        names = [str(path.relative_to(home / folder)) for path in files_of(home, folder)]
        faults += [f"{folder}/{name}: no rule" for name in names
                   if not requirements_of(name, rules)]
        covered[folder] = set().union(*(requirements_of(name, rules) for name in names))
    used = set().union(*(numbers for _, numbers in rules))
    faults += [f"evidence.xml: unknown requirement {number}" for number in sorted(used - known)]
    return faults + _wrong_gaps(known, covered)


def _leaves(path):
    """Numbers of the requirements that have no parts of their own."""
    numbers = {entry.get("id") for entry in xml.parse(path).getroot().iter()
               if entry.tag.endswith("}requirement")}
    return {number for number in numbers
            if not any(other.startswith(number + ".") for other in numbers)}


def _wrong_gaps(known, covered):
    first = known - covered["documents"]
    last = first - covered["later"]
    faults = []
    if first != GAPS_AT_FIRST | NOT_APPLICABLE:
        faults.append(f"gaps at first: {sorted(first)}")
    if last != NOT_APPLICABLE:
        faults.append(f"gaps with later/: {sorted(last)}")
    return faults


def wrong_lists(home):
    """The README lists every document with its requirements, and no other."""
    rules = rules_of(home)
    want = set()
    for folder in contents.FOLDERS:
        for path in files_of(home, folder):
            name = str(path.relative_to(home / folder))
            numbers = sorted(requirements_of(name, rules),
                             key=lambda number: [int(part) for part in number.split(".")])
            want.add(f"| {name} | {', '.join(numbers)} |")
    lines = (home / "README.md").read_text(encoding="utf-8").splitlines()
    have = {line for line in lines if line.startswith("| 0")}
    return [f"README.md: {line}" for line in sorted(want ^ have)]


def wrong_values(home, scratch):
    """LibreOffice calculates each workbook again; its values must be those the workbook carries."""
    faults = []
    for folder in contents.FOLDERS:
        for path in files_of(home, folder):
            if path.suffix == ".xlsx":
                faults += _wrong_values_of(path, scratch / "calculated")
    return faults


def _wrong_values_of(path, target):
    formulas = openpyxl.load_workbook(path)
    bare = target / "bare" / path.name  # saved without values, so that they must be calculated
    bare.parent.mkdir(parents=True, exist_ok=True)
    formulas.save(bare)
    command = ["soffice", f"-env:UserInstallation=file://{target}/profile", "--headless",
               "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(target), str(bare)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    carried = openpyxl.load_workbook(path, data_only=True)
    fresh = openpyxl.load_workbook(target / path.name, data_only=True)
    faults = []
    for sheet in formulas.worksheets:
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"):
            have = carried[sheet.title][cell.coordinate].value
            want = fresh[sheet.title][cell.coordinate].value
            if not _is_equal(have, want):
                faults.append(f"{path.name} {sheet.title}!{cell.coordinate}: carries {have!r}, "
                              f"calculated {want!r}")
    return faults


def _is_equal(have, want):
    if isinstance(have, (int, float)) and isinstance(want, (int, float)):
        return abs(have - want) < 1e-9
    return have == want
