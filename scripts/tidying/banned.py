"""Calls that our code does without: in the engine for determinism, elsewhere for safety."""

import re

PRODUCT = ("engine/", "adapters/", "api/", "reports/", "web/")
ENGINE = ("engine/",)
TESTS = ("tests/",)

# Where, what, and what to do instead.
BANNED = [
    (ENGINE, r"\b(system_clock|steady_clock|high_resolution_clock)::now", "ask the Clock port"),
    (ENGINE, r"(?<!\w)(std)?::(time|clock)\s*\(|\btime\s*\(\s*(nullptr|NULL|0|&)", "ask the Clock port"),
    (ENGINE, r"\b(localtime|gmtime|mktime|clock_gettime|gettimeofday)(_r)?\s*\(", "ask the Clock port"),
    (ENGINE, r"\b(sleep_for|sleep_until|usleep|nanosleep)\b", "a timer record waits"),
    (ENGINE, r"\b(random_device|mt19937(_64)?|default_random_engine)\b|\bs?rand\s*\(", "ask the Random port"),
    (ENGINE, r"\b\w+_distribution\b", "its results differ between libraries"),
    (ENGINE, r"\bunordered_(multi)?(map|set)\b", "the order of a walk must be the same everywhere: map, set"),
    (ENGINE, r"\bstd::(jthread|thread|async|(\w+_)?mutex|condition_variable\w*|atomic\w*|future|promise)\b", "the engine has one thread, its host's"),
    (ENGINE, r"\b(fstream|ifstream|ofstream|fopen|filesystem)\b", "files are behind ports"),
    (ENGINE, r"\b(printf|fprintf|puts|fputs)\s*\(|\bstd::(cout|cerr|clog)\b", "return the error; whoever ends the chain reports it"),
    (ENGINE, r"\b(getenv|setenv|putenv)\b", "the wiring reads the environment"),
    (ENGINE, r"\b(std::locale|setlocale|strtod|stod|stof|atof)\b", "depends on the locale: fmt, from_chars"),
    (ENGINE, r"\bcatch\s*\(", "only an edge catches"),
    (PRODUCT, r"\bthrow\b", "return a Result"),
    (PRODUCT, r"\bstd::regex\b", "recursion without a bound: engine/workflow/pattern.h"),
    (PRODUCT, r"\b(dynamic_cast|typeid)\b", "std::variant and visit"),
    (PRODUCT, r"(?<!static_)\bassert\s*\(", "ENSURE is always on"),
    (PRODUCT, r"\b(strcpy|strcat|sprintf|gets|system|popen)\s*\(", "no bound, or a shell"),
    (TESTS, r"\b(sleep_for|sleep_until|usleep|nanosleep)\b|(?<![\w.:>])sleep\s*\(", "a test waits for what happens, not for time"),
]
BANNED = [(areas, re.compile(pattern), instead) for areas, pattern, instead in BANNED]

SKIPS = re.compile(
    r"\bGTEST_SKIP\b|\bDISABLED_\w+|@unittest\.skip|\b(test|it|describe)\.(skip|todo|only)\b|\bskip:\s*true"
)

# A silenced check says why: `NOLINT(check): reason`.
NOLINT = re.compile(r"NOLINT(NEXTLINE|BEGIN)?(?!\w)(?P<rest>.*)")
REASON = re.compile(r"\([\w.,* -]+\): \S")


def _check_calls(file):
    code = file.code
    for areas, pattern, instead in BANNED:
        if not file.path.startswith(areas):
            continue
        for match in pattern.finditer(code):
            word = match[0].rstrip("( ").strip()
            yield file.path, file.line_of(match.start()), "banned", f"{word}: {instead}"


def _check_nolint(file):
    for number, line in enumerate(file.lines, 1):
        match = NOLINT.search(line)
        if match and not REASON.match(match["rest"]):
            yield file.path, number, "nolint", "name the check and say why: NOLINT(check): reason"


def check(files):
    for file in files:
        if file.is_cpp:
            yield from _check_calls(file)
            yield from _check_nolint(file)
        if file.path.startswith(("tests/", "web/tests/")):
            text = file.code if file.is_cpp else file.text
            for match in SKIPS.finditer(text):
                yield file.path, file.line_of(match.start()), "skipped", f"{match[0]}: a test runs, or is not there"
