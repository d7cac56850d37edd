"""Rules for every text file: how it ends, what it must not say, how it spells."""

import re

WRITTEN = (".h", ".cpp", ".md", ".ts", ".tsx", ".mjs", ".js", ".py", ".sh", ".cmake", ".css", ".yaml", ".txt", "")
# Texts of others, and what a tool wrote.
UNTOUCHED = ("samples/", "LICENSE", "web/package-lock.json", "standards/schema/xml.xsd", "tests/data/")
# What lists the words has to hold them.
LISTS_OF_WORDS = "scripts/tidying/text.py"

UNFINISHED = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X|HA" r"CK)\b")
REGISTRIES = re.compile(r"\bregistry\.[\w-]+(\.[\w-]+)+\b")
MACHINE_PATHS = re.compile(r"(?<![\w.])/(root|home/\w+|Users/\w+)/")

BRITISH = {
    "behaviour": "behavior",
    "colour": "color",
    "favour": "favor",
    "favourite": "favorite",
    "honour": "honor",
    "neighbour": "neighbor",
    "labelled": "labeled",
    "modelled": "modeled",
    "modelling": "modeling",
    "artefact": "artifact",
    "whilst": "while",
    "licence": "license",
    "initialise": "initialize",
    "serialise": "serialize",
    "normalise": "normalize",
    "synchronise": "synchronize",
    "recognise": "recognize",
    "optimise": "optimize",
    "summarise": "summarize",
    "utilise": "utilize",
    "analyse": "analyze",
}
SPELLING = re.compile(
    r"(?<![A-Za-z])("
    + "|".join(word[:-1] if word.endswith("se") else word for word in BRITISH)
    + r")(s|e|es|ed|d|er|ing|able|ation|ations)?(?![A-Za-z])",
    re.IGNORECASE,
)


def _american(word):
    for british, american in sorted(BRITISH.items(), key=lambda pair: -len(pair[0])):
        stem = british[:-1] if british.endswith("se") else british
        if word.lower().startswith(stem):
            return american
    return word


def _check_lines(file):
    for number, line in enumerate(file.lines, 1):
        if "\t" in line and file.suffix not in (".tsv", ".mk"):
            yield file.path, number, "tab", "spaces indent"
        if line.endswith("\r"):
            yield file.path, number, "line_end", "lines end with a line feed alone"
        elif line != line.rstrip() and file.suffix != ".md":
            yield file.path, number, "line_end", "the line ends with spaces"
        for match in UNFINISHED.finditer(line):
            if not file.path.endswith("COMPLIANCE.md"):
                yield file.path, number, "unfinished", f"{match[0]}: finish it, or leave it out"
        for match in REGISTRIES.finditer(line):
            yield file.path, number, "registry", f"{match[0]}: name no package registry"
        for match in MACHINE_PATHS.finditer(line):
            yield file.path, number, "path", f"{match[0]}: a path of one machine"


def _check_spelling(file):
    for number, line in enumerate(file.lines, 1):
        for match in SPELLING.finditer(line):
            yield file.path, number, "spelling", f"{match[0]}: {_american(match[0])}"


def _check_header(file):
    if not re.match(r"(\s*//[^\n]*\n)*\s*#pragma once\n", file.text):
        yield file.path, 1, "pragma_once", "a header begins with #pragma once"


def _check_own_header(file, paths):
    own = file.path[: -len(".cpp")] + ".h"
    if own not in paths:
        return
    first = re.search(r'^#include\s+["<]([^">]+)', file.text, re.MULTILINE)
    if not first or first[1] != own:
        yield file.path, 1, "own_header", f'includes "{own}" first, which proves it complete'


def check(files):
    paths = {file.path for file in files}
    for file in files:
        if file.path.startswith(UNTOUCHED):
            continue
        if file.text and not file.text.endswith("\n"):
            yield file.path, file.text.count("\n") + 1, "last_line", "the last line has no line feed"
        elif file.text.endswith("\n\n"):
            yield file.path, file.text.count("\n"), "last_line", "the last line is empty"
        yield from _check_lines(file)
        if file.suffix in WRITTEN and file.path != LISTS_OF_WORDS:
            yield from _check_spelling(file)
        if file.suffix == ".h":
            yield from _check_header(file)
        if file.suffix == ".cpp":
            yield from _check_own_header(file, paths)
