"""Rewrites the zip packages of DOCX and XLSX so that equal content gives equal bytes."""

import re
import zipfile
from pathlib import Path

_STAMP = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:)")


def repack(path, day, replacements=None):
    """Rewrites `path` with fixed entry times and document dates of `day`.

    `replacements` maps an entry name to a function from its bytes to its new bytes.
    """
    path = Path(path)
    with zipfile.ZipFile(path) as source:
        entries = [(name, source.read(name)) for name in source.namelist()]
    moment = f"{day.isoformat()}T08:00:00Z".encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in entries:
            if name == "docProps/core.xml":
                content = _STAMP.sub(rb"\g<1>" + moment + rb"\g<3>", content)
            if replacements and name in replacements:
                content = replacements[name](content)
            _write_entry(target, name, content, day)


def _write_entry(target, name, content, day):
    entry = zipfile.ZipInfo(name, (day.year, day.month, day.day, 8, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    target.writestr(entry, content, compresslevel=9)
