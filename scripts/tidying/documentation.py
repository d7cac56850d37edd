"""Public declarations have `///`; error codes have pages, and pages have codes."""

import re

PRODUCT = ("engine/", "adapters/", "api/", "reports/", "web/")
# Whose headers others build on.
EXPLAINED = ("engine/", "adapters/")

# A specialization is what its template says.
TYPE = re.compile(r"^(template\s*<.*>\s*)?(class|struct|enum class|enum)\s+(\[\[\w+\]\]\s*)?\w+(?![\w<])[^;]*(\{.*)?$")
FUNCTION = re.compile(r"^(\[\[nodiscard\]\]\s*)?[\w:<>,&*\s\[\]]+\(")
# What every type may have: engine/base/describe.h and the word to_text say it once for all.
KNOWN_WORDS = re.compile(r"\b(describe|kind_of|names_of|to_text)\(")
INTERFACE = re.compile(r"^\s+virtual\b(?!.*~)")
PAGE_TITLE = re.compile(r"^# `(\w+)`: \S")

# Calls whose literal of words and underscores names an error.
CODE_CALL = re.compile(
    r"\b(malformed|refused|conflict|forbidden|not_found|too_large|unavailable|corrupted|failed|"
    r"unauthorized|error|warning|reject|rejected|Rejection|Fault|Error)\s*[({]"
)
CODE = re.compile(r'"([a-z][a-z0-9]*(?:_[a-z0-9]+)+)"')
NO_CODES = ("tests/", "samples/", "scripts/")


def _needs_documentation(line):
    if INTERFACE.match(line):
        return True
    if line.startswith((" ", "\t", "}", "#", "using ", "namespace", "extern", "static_assert")):
        return False
    if KNOWN_WORDS.search(line) or re.search(r"\w::~?\w+\(", line.split("(")[0] + "("):
        return False
    return bool(TYPE.match(line) or FUNCTION.match(line))


def _check_declarations(file):
    raw = file.lines
    documented = False
    depth = 0
    comment = ""
    speaks_for_all = False
    private = False
    declared = set()
    for number, line in enumerate(file.code.split("\n"), 1):
        text = raw[number - 1].strip()
        if text.startswith("///"):
            comment = comment + text if documented else text
            documented = True
        elif not text or text.endswith(":"):
            documented = False
        elif TYPE.match(line):
            # An interface that says what holds for every call need not repeat it at each.
            speaks_for_all = documented and "every call" in comment.lower()
        if INTERFACE.match(line) and speaks_for_all:
            documented = True
        if line.startswith("namespace detail"):
            private = True
        elif raw[number - 1].startswith("}  // namespace"):
            private = False
        # The definition of a template, or an overload, is what its declaration says.
        name = re.search(r"(\w+)\(", line)
        known = depth == 0 and name and name[1] in declared
        if depth == 0 and name and documented:
            declared.add(name[1])
        if text and not private and not known and depth == 0 and not documented and _needs_documentation(line):
            yield file.path, number, "documentation", f"say what it is with ///: {text}"
        # A group without a blank line in it shares the sentence above its first member.
        documented = documented and not text.endswith("{")
        depth = max(0, depth + line.count("(") - line.count(")"))


def _codes_in(file):
    """(code, offset) of each error that the file names in a call."""
    source = file.code_and_texts
    code_only = file.code
    for call in CODE_CALL.finditer(code_only):
        depth = 0
        end = call.end() - 1
        for end in range(call.end() - 1, min(len(code_only), call.end() + 4000)):
            if code_only[end] in "({":
                depth += 1
            elif code_only[end] in ")}":
                depth -= 1
                if depth == 0:
                    break
        # The code comes before the message, among the first arguments.
        head = source[call.end() : end]
        for match in CODE.finditer(head):
            offset = call.end() + match.start()
            before = code_only[call.end() : offset]
            if before.count(",") <= 2 and before.count("(") == before.count(")"):
                yield match[1], offset
                break


def _check_codes(files):
    pages = {}
    for file in files:
        if file.path.startswith("docs/errors/") and file.suffix == ".md":
            code = file.path[len("docs/errors/") : -len(".md")]
            pages[code] = file
            title = PAGE_TITLE.match(file.text)
            if code != "README" and (not title or title[1] != code):
                yield file.path, 1, "page", f"the first line is: # `{code}`: what went wrong"
    named = set()
    for file in files:
        if file.path.startswith(NO_CODES) or file.path.startswith("docs/"):
            continue
        named.update(re.findall(r"\b[a-z][a-z0-9]*(?:_[a-z0-9]+)+\b", file.text))
        # A code of one word is told from prose by its quotes.
        named.update(re.findall(r'"([a-z][a-z0-9]*)"', file.text))
        if file.is_cpp and file.path.startswith(PRODUCT):
            for code, offset in _codes_in(file):
                if code not in pages:
                    message = f"{code} has no page docs/errors/{code}.md"
                    yield file.path, file.line_of(offset), "code", message
    for code, page in sorted(pages.items()):
        if code != "README" and code not in named:
            yield page.path, 1, "page", f"nothing names {code}"


def check(files):
    for file in files:
        if file.suffix == ".h" and file.path.startswith(EXPLAINED):
            yield from _check_declarations(file)
    yield from _check_codes(files)
