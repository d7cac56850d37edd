#!/usr/bin/python3
"""Proves that scripts/tidy finds each fault of the trees beside this file, and nothing else.

A tree is one text file: lines "expect: PATH:LINE: RULE", then for each file of the tree a line
"== PATH" and its content. In the content, <tab> and <space> stand for what an editor would mend,
<cut> at the end of a file for a missing line feed, and <N>LINE for N times LINE.
"""

import os
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
TIDY = os.path.abspath(os.path.join(HERE, "../../scripts/tidy"))
TREES = os.path.join(HERE, "trees")


def read_tree(path):
    expected = []
    files = {}
    content = None
    with open(path, encoding="utf-8") as file:
        for line in file:
            if line.startswith("== "):
                content = files.setdefault(line[3:].strip(), [])
            elif content is None:
                if line.startswith("expect: "):
                    expected.append(line[len("expect: ") :].strip())
            else:
                repeated = re.match(r"<(\d+)>(.*\n)", line)
                content.append(repeated[2] * int(repeated[1]) if repeated else line)
    return sorted(expected), {path: "".join(lines) for path, lines in files.items()}


def write_files(root, files):
    for path, text in files.items():
        text = text.replace("<tab>", "\t").replace("<space>", " ")
        if text.endswith("<cut>\n"):
            text = text[: -len("<cut>\n")]
        target = os.path.join(root, path)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with open(target, "w", encoding="utf-8") as file:
            file.write(text)


def found_in(files):
    """"PATH:LINE: RULE" of each fault, and the exit status."""
    with tempfile.TemporaryDirectory() as root:
        write_files(root, files)
        result = subprocess.run([TIDY, root], capture_output=True, text=True, check=False)
    lines = [line for line in result.stdout.splitlines() if not line.endswith(" faults")]
    return sorted(re.match(r"\S+:\d+: \w+", line)[0] for line in lines), result.returncode


def rules():
    """The names that the rules report under, read from their sources."""
    names = {"allowed"}
    folder = os.path.join(os.path.dirname(TIDY), "tidying")
    for name in os.listdir(folder):
        if name.endswith(".py"):
            with open(os.path.join(folder, name), encoding="utf-8") as file:
                names.update(re.findall(r'yield [^\n]*?, "(\w+)", ', file.read()))
    return names


def main():
    passed = failed = 0
    caught = set()
    for name in sorted(os.listdir(TREES)):
        expected, files = read_tree(os.path.join(TREES, name))
        found, status = found_in(files)
        caught.update(line.split(": ")[1] for line in expected)
        if found == expected and status == (1 if expected else 0):
            passed += 1
        else:
            failed += 1
            print(f"{name}: expected {expected}, found {found}, status {status}")
    if rules() == caught:
        passed += 1
    else:
        failed += 1
        print(f"rules that no tree breaks: {sorted(rules() - caught)}")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
