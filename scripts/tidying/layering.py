"""Who may include whom: the picture in ARCHITECTURE.md."""

import os
import re

# Each folder of the engine sees those above it, never its neighbors on the same line.
ENGINE_ORDER = [
    {"base"},
    {"xml", "journal"},
    {"ports"},
    {"scxml"},
    {"standard"},
    {"workflow"},
    {"evidence", "audit", "certificate", "group"},
    {"cases"},
    {"runtime", "simulation"},
]
ENGINE_RANK = {name: rank for rank, names in enumerate(ENGINE_ORDER) for name in names}

# What an adapter may use beside the engine: helpers that are no adapters.
ADAPTER_HELPERS = {"adapters/posix", "adapters/media_type"}

# Where all parts meet.
WIRING = re.compile(
    r"^api/(main|demo|installation|layered_source|scenario_documents|scenario_installation|command/\w+)\.(cpp|h)$"
)

THIRD_PARTY = re.compile(
    r"^(boost|fmt|openssl|gtest|gmock|libxml|CLI|jsc|JavaScriptCore|glib|curl|sodium|pango|cairo(-\w+)?|qrencode)(/|\.h)"
    r"|^(sqlite3|pugixml|xlsxwriter|magic|zlib|glib-object)\.h(pp)?$"
)

# Third parties that belong to one place.
PLACES = [
    (re.compile(r"^boost/(asio|beast)"), re.compile(r"^(api/http/.*\.cpp|tests/.*)$"), "api/http/*.cpp"),
    (re.compile(r"^pugixml"), re.compile(r"^engine/xml/.*\.cpp$"), "engine/xml/*.cpp"),
    (re.compile(r"^(pango|cairo|qrencode)"), re.compile(r"^reports/canvas/.*\.cpp$"), "reports/canvas/*.cpp"),
    (re.compile(r"^sqlite3"), re.compile(r"^(adapters/store/sqlite/|tests/)"), "adapters/store/sqlite"),
    (
        re.compile(r"^(boost|openssl|libxml|jsc|JavaScriptCore|glib|xlsxwriter|magic|CLI)"),
        re.compile(r"^(?!engine/)|^engine/(base|xml)/"),
        "outside the engine, or engine/base",
    ),
]

OPERATING_SYSTEM = re.compile(r"^(sys|net|netinet|arpa|linux)/|^(unistd|fcntl|dirent|pthread|signal|poll)\.h$")

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]+(?:"([^"]+)"|<([^>]+)>)', re.MULTILINE)


def _engine_fault(own, other):
    if own not in ENGINE_RANK:
        return f"engine/{own} has no place yet in the order of scripts/tidying/layering.py"
    if other == own:
        return None
    if other not in ENGINE_RANK or ENGINE_RANK[other] >= ENGINE_RANK[own]:
        return f"engine/{own} may not see engine/{other}"
    return None


def _adapter_fault(path, target):
    if target.startswith("engine/"):
        if target.split("/")[1] in ("runtime", "cases"):
            return "an adapter may not see the engine's inner folders"
        return None
    own = os.path.dirname(path)
    other = os.path.dirname(target)
    # Its own folder, or what its kind has in common.
    if own == other or own.startswith(other + "/"):
        return None
    if any(other == helper for helper in ADAPTER_HELPERS):
        return None
    return f"{own} may not see {other}"


def _fault(path, target):
    """Why the file `path` may not include our header `target`; None when it may."""
    area = path.split("/")[0]
    other = target.split("/")[0]
    if area == "tests" or WIRING.match(path):
        return None
    if area == "engine":
        if other != "engine":
            return f"the engine may not see {other}"
        return _engine_fault(path.split("/")[1], target.split("/")[1])
    if area == "adapters":
        return _adapter_fault(path, target)
    allowed = {
        "reports": {"engine", "reports"},
        "api": {"engine", "reports", "api", "web"},
        "web": {"engine", "web"},
    }.get(area)
    if allowed is not None and other not in allowed:
        return f"{area} may not see {other}"
    return None


def _third_party_fault(path, target):
    if OPERATING_SYSTEM.match(target) and path.startswith("engine/"):
        return f"the engine does not know the operating system: <{target}>"
    if not THIRD_PARTY.match(target):
        return None
    if path.endswith(".h") and not path.startswith("tests/"):
        return f"a header may not show a third party: <{target}>"
    for header, place, name in PLACES:
        if header.match(target):
            return None if place.match(path) else f"<{target}> belongs to {name} alone"
    return None


def check(files):
    for file in files:
        if not file.is_cpp:
            continue
        for match in INCLUDE.finditer(file.code_and_texts):
            ours, theirs = match[1], match[2]
            fault = _fault(file.path, ours) if ours else _third_party_fault(file.path, theirs)
            if fault:
                yield file.path, file.line_of(match.start()), "layering", fault
