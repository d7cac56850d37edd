"""The files of a tree, and C++ with its comments and texts blanked out."""

import os
import re
from dataclasses import dataclass, field

# Built, fetched or generated; and the trees that tidy's own test breaks on purpose.
SKIPPED_FOLDERS = {".git", "build", "node_modules", "dist", "generated", "__pycache__", "tests/tidy/trees"}

_CPP_TOKEN = re.compile(
    r"""
    (?P<line_comment>//[^\n]*)
  | (?P<block_comment>/\*.*?\*/)
  | (?P<raw>R"(?P<mark>[^()\\ ]{0,16})\(.*?\)(?P=mark)")
  | (?P<text>"(?:[^"\\\n]|\\.)*")
  | (?P<number>\b\d[\w.']*)
  | (?P<letter>'(?:[^'\\\n]|\\.)+')
    """,
    re.VERBOSE | re.DOTALL,
)


def _blank(text):
    return re.sub(r"[^\n]", " ", text)


@dataclass
class File:
    path: str
    text: str
    _blanked: dict = field(default_factory=dict)

    @property
    def suffix(self):
        return os.path.splitext(self.path)[1]

    @property
    def lines(self):
        return self.text.split("\n")

    @property
    def is_cpp(self):
        return self.suffix in (".h", ".cpp")

    def line_of(self, offset):
        return self.text.count("\n", 0, offset) + 1

    def _without(self, kinds):
        if kinds not in self._blanked:

            def replace(match):
                return _blank(match[0]) if match.lastgroup in kinds else match[0]

            self._blanked[kinds] = _CPP_TOKEN.sub(replace, self.text)
        return self._blanked[kinds]

    @property
    def code(self):
        """The C++ alone, each other character a space, so that offsets and lines stay."""
        return self._without(("line_comment", "block_comment", "raw", "mark", "text", "letter"))

    @property
    def code_and_texts(self):
        return self._without(("line_comment", "block_comment"))


def read_tree(root):
    """Every text file below `root`, in the order of the paths."""
    files = []
    for folder, folders, names in os.walk(root):
        below = os.path.relpath(folder, root)
        folders[:] = sorted(
            name
            for name in folders
            if name not in SKIPPED_FOLDERS
            and os.path.normpath(os.path.join(below, name)) not in SKIPPED_FOLDERS
        )
        for name in sorted(names):
            path = os.path.join(folder, name)
            if os.path.islink(path):
                continue
            with open(path, "rb") as file:
                data = file.read()
            if b"\0" in data:
                continue
            try:
                text = data.decode("utf-8")
            except UnicodeDecodeError:
                continue
            files.append(File(os.path.normpath(os.path.join(below, name)), text))
    return files
