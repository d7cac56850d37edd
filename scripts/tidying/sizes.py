"""How long a header, a source and a function may be."""

import re

HEADER_LINES_MAX = 200
SOURCE_LINES_MAX = 500
FUNCTION_LINES_MAX = 60

SOURCES = (".cpp", ".ts", ".tsx", ".mjs", ".js", ".py", ".sh", ".css")

# What opens a block that holds functions: everything else in front of a brace is a function, data,
# or a part of a function.
SCOPE = re.compile(r"\b(namespace|class|struct|union|enum)\b(?![^;{}]*\)\s*$)|\bextern\s*$")
FUNCTION = re.compile(r"\)\s*(const|noexcept|override|final|mutable|&&?|->\s*[\w:<>,\s*&]+|\s)*$")


def _heads_of_blocks(code):
    """(kind, offset) for each brace: the text in front of it since the last ';', '{' or '}'."""
    begin = 0
    parentheses = 0
    for match in re.finditer(r"[(){};]", code):
        token = match[0]
        if token == "(":
            parentheses += 1
        elif token == ")":
            parentheses = max(0, parentheses - 1)
        elif token in "{}":
            yield token, match.start(), code[begin : match.start()], parentheses
            begin = match.end()
        elif parentheses == 0:
            begin = match.end()


def long_functions(code):
    """(offset, lines) of each function at namespace or class scope that is too long."""
    scopes = []
    for token, offset, head, parentheses in _heads_of_blocks(code):
        if token == "{":
            outer_open = all(kind == "scope" for kind, _ in scopes)
            if outer_open and parentheses == 0 and SCOPE.search(head):
                kind = "scope"
            elif outer_open and parentheses == 0 and FUNCTION.search(head):
                kind = "function"
            else:
                kind = "other"
            scopes.append((kind, offset))
        elif scopes:
            kind, begin = scopes.pop()
            lines = code.count("\n", begin, offset)
            if kind == "function" and lines > FUNCTION_LINES_MAX:
                yield begin, lines


def check(files):
    for file in files:
        lines = file.text.count("\n")
        limit = HEADER_LINES_MAX if file.suffix == ".h" else SOURCE_LINES_MAX
        if file.suffix in SOURCES + (".h",) and lines > limit:
            yield file.path, limit + 1, "size", f"{lines} lines, at most {limit}: split the file"
        if file.suffix in (".h", ".cpp"):
            for offset, count in long_functions(file.code):
                message = f"a function of {count} lines, at most {FUNCTION_LINES_MAX}: push parts down"
                yield file.path, file.line_of(offset), "function", message
