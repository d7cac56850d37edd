"""TRY behind another value within braces: when it returns, what stands before it is never destroyed.

Neither compiler ends the parts of an aggregate or of an initializer list that is left half made.
"""

import re

TOKEN = re.compile(r"->|\w+|[^\w\s]")
TRY = ("TRY", "TRY_CONTEXT")
SCOPES = {"namespace", "class", "struct", "union", "enum", "concept"}
# What stands before the brace of a block; the rest is told from the statement so far.
BEFORE_BLOCK = {"", ")", "]", ";", "}", ":", "else", "do", "try", "const", "override", "noexcept", "mutable"}
OF_TYPE = re.compile(r"\w+|[:<>,*&]")


def _ends_with_result_type(statement):
    """Whether the statement so far ends with "-> TYPE", as the head of a lambda or function does."""
    for token in reversed(statement):
        if token == "->":
            return True
        if not OF_TYPE.fullmatch(token):
            return False
    return False


def _opens_block(before, statement, outer):
    if before == "{":
        return outer == "block"
    return (
        before in BEFORE_BLOCK or bool(SCOPES.intersection(statement)) or _ends_with_result_type(statement)
    )


def tries_that_leak(code):
    """The offset of each TRY that follows a comma of braces that make a value."""
    open_brackets = []  # [what it is, whether it has had a comma]
    statement = []
    before = ""
    for match in TOKEN.finditer(code):
        token = match[0]
        kind = token
        if token == "{":
            outer = open_brackets[-1][0] if open_brackets else "block"
            kind = "block" if _opens_block(before, statement, outer) else "value"
        if token in "([{":
            open_brackets.append([kind, False])
        elif token in ")]}" and open_brackets:
            kind = open_brackets.pop()[0]
        elif token == "," and open_brackets:
            open_brackets[-1][1] = True
        elif token in TRY and _is_behind_value(open_brackets):
            yield match.start()
        if kind == "block" or token == ";":
            statement = []
        else:
            statement.append(token)
        before = token


def _is_behind_value(open_brackets):
    for kind, has_comma in reversed(open_brackets):
        if kind == "block":
            return False
        if kind == "value" and has_comma:
            return True
    return False


def check(files):
    for file in files:
        if file.is_cpp:
            for offset in tries_that_leak(file.code):
                message = "TRY behind another value within braces leaks that one: name the result before"
                yield file.path, file.line_of(offset), "leaking", message
