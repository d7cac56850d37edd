"""The program under test, and its data seen from outside."""

import datetime
import hashlib
import http.client
import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "../.."))
BRENNER = os.path.join(ROOT, "samples/brenner/certification.scenario")
PLACE = re.compile(r"^(\S+):(\d+):(\d+): (?:warning: )?([a-z_]+): ")
SECONDS_MAX = 120
LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"
paths = {}  # "program", and "folder": for the time of all tests


def guildmark(*words):
    return subprocess.run(
        [paths["program"], *words], capture_output=True, text=True, timeout=SECONDS_MAX, check=False
    )


def path_of(name):
    return os.path.join(paths["folder"], name)


def copy_demo(name):
    """A copy of the demo's data, all of it in the one file of the journal."""
    copy = path_of(name)
    shutil.copytree(path_of("demo"), copy)
    with sqlite3.connect(os.path.join(copy, "journal.sqlite")) as store:
        store.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    store.close()
    return copy


def identity_text(number):
    """An id as the program writes it."""
    return "".join(LETTERS[number >> 5 * place & 31] for place in reversed(range(13)))


def chain_hash(previous, record, payload):
    """A record's hash as docs/reference/journal.md tells it."""

    def number(value):
        return (value % 2**64).to_bytes(8, "little")

    def text(value):
        return number(len(value.encode())) + value.encode()

    def identity(value):
        return number(sum(LETTERS.index(c) << 5 * place for place, c in enumerate(value[::-1])))

    at = datetime.datetime.fromisoformat(record["at"].replace("Z", "+00:00"))
    epoch = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)
    parts = [
        previous,
        identity(record["stream"]),
        number(record["sequence"]),
        text(record["kind"]),
        number(record["version"]),
        number((at - epoch) // datetime.timedelta(milliseconds=1)),
        identity(record["person"]),
        identity(record["organisation"]),
        text(record["role"]),
        text(payload),
    ]
    return hashlib.sha256(b"".join(parts)).digest()


def change(data, statement):
    """Changes the store behind the program's back; returns how many rows changed."""
    store = sqlite3.connect(os.path.join(data, "journal.sqlite"))
    with store:
        changed = store.execute(statement).rowcount
    store.close()
    return changed


def verify(data):
    result = guildmark("verify", "--json", "--data", data)
    return result.returncode, json.loads(result.stdout)


class Server:
    """`guildmark serve` on a free port, for a with statement; ends it with SIGTERM."""

    def __init__(self, data, *words):
        self.process = subprocess.Popen(
            [paths["program"], "serve", "--data", data, "--listen", "127.0.0.1:0", *words],
            stdout=subprocess.PIPE,
            text=True,
        )
        self.status = None

    def __enter__(self):
        line = self.process.stdout.readline()
        self.port = int(line.rsplit(":", 1)[1])
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        self.status = self.process.wait(SECONDS_MAX)
        self.process.stdout.close()

    def get(self, path, token=None):
        status, body = self.get_page(f"/api/v1{path}", token)
        return status, json.loads(body)

    def get_page(self, path, token=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=SECONDS_MAX)
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        connection.request("GET", path, headers=headers)
        response = connection.getresponse()
        body = response.read()
        connection.close()
        return response.status, body
