#!/usr/bin/python3
"""Kills the server at random moments and proves that nothing that it acknowledged is lost.

    tests/crash/kill_test.py GUILDMARK

Loads the demo, then GUILDMARK_KILLS times (200): starts the server, lets eight clients send durable
commands over HTTP, ends the server with SIGKILL in the midst of it, and starts again. Each client
then repeats, under the same idempotency keys, all that was acknowledged before the kill and the one
command whose answer it never got. GUILDMARK_SEED chooses other moments and other commands.
The last line is "N passed, N failed".
"""

import collections
import hashlib
import http.client
import json
import os
import random
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time

KILLS = int(os.environ.get("GUILDMARK_KILLS", "200"))
SEED = int(os.environ.get("GUILDMARK_SEED", "1"))
CLIENTS = 8
KILL_AFTER_SECONDS = (0.020, 0.150)
# A person waits two seconds for a restart at most; the bound is wide because machines are busy.
RESTART_SECONDS_BOUND = 10.0
ANSWER_SECONDS_BOUND = 30.0

Command = collections.namedtuple("Command", "method path body media_type key act")
# What the server said of a command: HTTP status, sequence, id of what was made, and "repeated".
Answer = collections.namedtuple("Answer", "status sequence created repeated")


class Server:
    """One run of the server over the data folder."""

    def __init__(self, program, data):
        begin = time.monotonic()
        self.process = subprocess.Popen(
            [program, "serve", "--data", data, "--listen", "127.0.0.1:0"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        line = self.process.stdout.readline()
        if "http://" not in line:
            sys.exit(f"the server did not start: {line}{self.process.stderr.read()}")
        self.port = int(line.rsplit(":", 1)[1])
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=ANSWER_SECONDS_BOUND)
        connection.request("GET", "/api/v1/health")
        if connection.getresponse().status != 200:
            sys.exit("the server does not answer")
        connection.close()
        self.start_seconds = time.monotonic() - begin

    def workers(self):
        """The processes that the server started."""
        pid = self.process.pid
        children = []
        for task in os.listdir(f"/proc/{pid}/task"):
            try:
                with open(f"/proc/{pid}/task/{task}/children", encoding="ascii") as file:
                    children += file.read().split()
            except FileNotFoundError:
                pass  # the thread has ended meanwhile
        return children

    def end(self, number):
        self.process.send_signal(number)
        status = self.process.wait(ANSWER_SECONDS_BOUND)
        self.process.stdout.close()
        self.process.stderr.close()
        return status


class Client:
    """One applicant who sends one command after another; the commands follow from the seed."""

    def __init__(self, index, token, case, parties, requirements):
        self.index = index
        self.token = token
        self.case = case
        self.parties = parties
        self.requirements = requirements
        self.random = random.Random(f"{SEED}/{index}")
        self.count = 0
        self.opened = None  # a case of its own that is to be withdrawn next
        self.unanswered = None
        self.fresh = []  # acknowledged since the last start: (command, answer)
        self.acknowledged = []
        self.faults = []
        self.connection = None

    def send(self, command):
        headers = {"Authorization": f"Bearer {self.token}", "Idempotency-Key": command.key}
        if command.media_type:
            headers["Content-Type"] = command.media_type
        self.connection.request(command.method, f"/api/v1{command.path}", command.body, headers)
        response = self.connection.getresponse()
        return response.status, response.read()

    def submit(self, command):
        status, body = self.send(command)
        receipt = json.loads(body)
        return Answer(
            status, receipt.get("sequence"), receipt.get("created"), receipt.get("repeated")
        )

    def get(self, path):
        self.connection.request(
            "GET", f"/api/v1{path}", headers={"Authorization": f"Bearer {self.token}"}
        )
        response = self.connection.getresponse()
        return response.status, response.read()

    def next_command(self):
        self.count += 1
        key = f"kill-{SEED}-{self.index}-{self.count}"
        if self.opened:
            path = f"/tasks/{self.withdrawal_task()}/completion"
            self.opened = None
            body = json.dumps({"outcome": "withdraw", "values": {"reason": key}})
            return Command("POST", path, body, "application/json", key, "withdraw")
        dice = self.random.random()
        if dice < 0.1:
            body = json.dumps(
                {
                    "workflow": "iso-9001",
                    "standard": "iso-9001:2015",
                    "title": key,
                    "parties": self.parties,
                }
            )
            return Command("POST", "/cases", body, "application/json", key, "open")
        if dice < 0.2:
            path = f"/cases/{self.case}/evidence?name={key}.txt"
            return Command("POST", path, document(key), "text/plain", key, "upload")
        number = self.random.choice(self.requirements)
        body = json.dumps({"value": "partly", "note": key})
        path = f"/cases/{self.case}/requirements/{number}/answer"
        return Command("PUT", path, body, "application/json", key, "answer")

    def withdrawal_task(self):
        tasks = json.loads(self.get(f"/cases/{self.opened}/tasks")[1])["items"]
        return next(task["id"] for task in tasks if task["task"] == "withdraw")

    def work(self):
        """Sends commands until the server is gone."""
        try:
            while True:
                self.unanswered = None
                self.unanswered = self.next_command()
                self.accept(self.unanswered, self.submit(self.unanswered))
        except (OSError, http.client.HTTPException, ValueError):
            pass  # ValueError: half an answer, which acknowledges nothing

    def accept(self, command, answer):
        if answer.status not in (200, 201):
            self.faults.append(f"{command.key} {command.act}: {answer}")
            return
        self.fresh.append((command, answer))
        if command.act == "open":
            self.opened = answer.created

    def repeat(self):
        """After a restart: what was acknowledged is known; what was not is done now, once."""
        for command, answer in self.fresh:
            again = self.submit(command)
            if again != answer._replace(repeated=True):
                self.faults.append(f"{command.key} {command.act}: {answer}, then {again}")
            if command.act == "upload":
                self.check_document(command, answer)
        self.acknowledged += self.fresh
        self.fresh = []
        if self.unanswered:
            first = self.submit(self.unanswered)
            self.accept(self.unanswered, first)
            self.unanswered = None
            return first.repeated
        return None

    def check_document(self, command, answer):
        status, content = self.get(f"/cases/{self.case}/evidence/{answer.created}/content")
        if status != 200 or content != command.body:
            self.faults.append(f"{command.key}: the document is not what was uploaded ({status})")


def document(key):
    """Some kilobytes that differ for each key."""
    return (hashlib.sha256(key.encode()).hexdigest() * 40).encode()


def in_parallel(clients, act):
    results = [None] * len(clients)

    def run(index):
        results[index] = act(clients[index])

    threads = [threading.Thread(target=run, args=(index,)) for index in range(len(clients))]
    for thread in threads:
        thread.start()
    return threads, results


def connect(clients, server):
    for client in clients:
        client.connection = http.client.HTTPConnection(
            "127.0.0.1", server.port, timeout=ANSWER_SECONDS_BOUND
        )


def make_clients(server, data):
    """Eight clients for the demo's two firms, each firm with its case."""
    with open(os.path.join(data, "demo.json"), encoding="utf-8") as file:
        tokens = {persona["name"]: persona["token"] for persona in json.load(file)}
    clients = []
    for index in range(CLIENTS):
        name = ("anna-brenner", "rita-kessler")[index % 2]
        client = Client(index, tokens[name], None, None, None)
        connect([client], server)
        case = json.loads(client.get("/cases")[1])["items"][0]
        client.case = case["id"]
        client.parties = {party["party"]: party["organisation"]["id"] for party in case["parties"]}
        rows = json.loads(client.get(f"/cases/{client.case}/requirements")[1])["items"]
        client.requirements = [row["number"] for row in rows]
        clients.append(client)
    return clients


class Storm:
    """All kills, one after another, and what was seen."""

    def __init__(self, program, data):
        self.program = program
        self.data = data
        self.random = random.Random(SEED)
        self.restarts = []
        self.workers = []
        self.known_after_all = 0  # done before the kill, though the answer never came
        self.clients = None

    def start(self):
        server = Server(self.program, self.data)
        self.restarts.append(server.start_seconds)
        if self.clients is None:
            self.clients = make_clients(server, self.data)
        connect(self.clients, server)
        threads, repeated = in_parallel(self.clients, Client.repeat)
        for thread in threads:
            thread.join()
        self.known_after_all += repeated.count(True)
        return server

    def run(self):
        for _ in range(KILLS):
            server = self.start()
            threads, _ = in_parallel(self.clients, Client.work)
            time.sleep(self.random.uniform(*KILL_AFTER_SECONDS))
            self.workers += server.workers()
            server.end(signal.SIGKILL)
            for thread in threads:
                thread.join()
        server = self.start()
        self.end_status = server.end(signal.SIGTERM)
        for client in self.clients:
            client.acknowledged += client.fresh

    def acknowledged(self):
        return [pair for client in self.clients for pair in client.acknowledged]

    def faults(self):
        return [fault for client in self.clients for fault in client.faults]

    def workers_left(self):
        """Script workers whose server was killed long ago and that are still there."""
        left = []
        for pid in self.workers:
            try:
                with open(f"/proc/{pid}/cmdline", encoding="utf-8") as file:
                    if "guildmark-script-worker" in file.read():
                        left.append(pid)
            except (FileNotFoundError, ProcessLookupError):
                pass
        return left


def read_journal(program, data):
    """Stream -> its records; each line of `replay` must be JSON, and each stream without a gap."""
    output = subprocess.run(
        [program, "replay", "--json", "--data", data], capture_output=True, text=True, check=True
    ).stdout
    streams = collections.defaultdict(list)
    for line in output.splitlines():
        record = json.loads(line)
        streams[record["stream"]].append(record)
    return streams


def missing_from(streams, acknowledged, case_of):
    """Acknowledged commands whose last record is not where the answer said that it is."""
    missing = []
    for command, answer in acknowledged:
        stream = case_of[command.key]
        records = streams.get(stream, [])
        if len(records) < answer.sequence or records[answer.sequence - 1]["sequence"] != answer.sequence:
            missing.append(f"{command.key}: {stream} ends before record {answer.sequence}")
            continue
        text = json.dumps(records[answer.sequence - 1]["payload"])
        if command.act in ("answer", "upload") and command.key not in text:
            missing.append(f"{command.key}: record {answer.sequence} of {stream} is another's")
    return missing


def cases_of(acknowledged, streams):
    """The stream that each command went to. A task's case is the stream that completed it."""
    completed = {
        record["payload"]["id"]: stream
        for stream, records in streams.items()
        for record in records
        if record["kind"] == "task_completed"
    }
    found = {}
    for command, answer in acknowledged:
        parts = command.path.split("/")
        if command.act == "open":
            found[command.key] = answer.created
        elif command.act == "withdraw":
            found[command.key] = completed.get(parts[2], "")
        else:
            found[command.key] = parts[2]
    return found


def done_twice(streams, acknowledged):
    """Keys that the journal does not hold exactly once; each command wrote its key in one record."""
    kinds = ("requirement_answered", "evidence_added", "case_opened", "task_completed")
    texts = collections.Counter()
    for records in streams.values():
        for record in records:
            if record["kind"] in kinds:
                payload = record["payload"]
                text = payload.get("note") or payload.get("name") or payload.get("title")
                text = text or payload.get("values", {}).get("reason", "")
                texts[text.removesuffix(".txt")] += 1
    return [command.key for command, _ in acknowledged if texts[command.key] != 1]


def done_in_half(streams, acknowledged, case_of):
    """Cases that were opened or withdrawn with fewer or other records than all the others."""
    opened = {}
    withdrawn = {}
    for command, answer in acknowledged:
        records = streams.get(case_of[command.key], [])[: answer.sequence]
        kinds = [record["kind"] for record in records]
        if command.act == "open":
            opened[command.key] = tuple(kinds)
        elif command.act == "withdraw":
            withdrawn[command.key] = tuple(kinds)
    halves = []
    for shapes in (opened, withdrawn):
        if shapes:
            usual = collections.Counter(shapes.values()).most_common(1)[0][0]
            halves += [key for key, shape in shapes.items() if shape != usual or len(shape) < 4]
    return halves


class Report:
    def __init__(self):
        self.passed = 0
        self.failed = 0

    def check(self, statement, faults):
        if faults:
            self.failed += 1
            print(f"FAILED {statement}: {len(faults)} faults")
            for fault in faults[:20]:
                print(f"    {fault}")
        else:
            self.passed += 1
            print(f"ok     {statement}")


def judge(storm, program, data):
    acknowledged = storm.acknowledged()
    streams = read_journal(program, data)
    case_of = cases_of(acknowledged, streams)
    verified = subprocess.run(
        [program, "verify", "--json", "--data", data], capture_output=True, text=True, check=False
    )
    acts = collections.Counter(command.act for command, _ in acknowledged)
    print(
        f"{KILLS} kills, {len(acknowledged)} commands acknowledged ({dict(sorted(acts.items()))}), "
        f"{storm.known_after_all} done though the kill took the answer"
    )
    print(
        f"restart until the first answer: median {statistics.median(storm.restarts):.3f} s, "
        f"worst {max(storm.restarts):.3f} s"
    )
    report = Report()
    few = [] if len(acknowledged) >= 2 * KILLS and len(acts) == 4 else [f"{dict(acts)}"]
    report.check("there was work to lose", few)
    report.check("a repeated command is answered as it was before the kill", storm.faults())
    report.check(
        "the journal holds every acknowledged command", missing_from(streams, acknowledged, case_of)
    )
    report.check("no command was carried out twice", done_twice(streams, acknowledged))
    report.check("no command was carried out in half", done_in_half(streams, acknowledged, case_of))
    report.check(
        "the journal and all that follows are sound", [verified.stdout] if verified.returncode else []
    )
    slow = [seconds for seconds in storm.restarts if seconds > RESTART_SECONDS_BOUND]
    report.check(f"a restart takes less than {RESTART_SECONDS_BOUND:.0f} s", slow)
    report.check("no script worker outlives its server", storm.workers_left())
    report.check("SIGTERM ends the server with 0", [storm.end_status] if storm.end_status else [])
    print(f"{report.passed} passed, {report.failed} failed")
    return 1 if report.failed else 0


def main():
    if len(sys.argv) != 2:
        sys.exit("say: tests/crash/kill_test.py GUILDMARK")
    program = os.path.abspath(sys.argv[1])
    folder = tempfile.mkdtemp(prefix="guildmark-kill-")
    data = os.path.join(folder, "data")
    try:
        subprocess.run(
            [program, "demo", "--data", data], stdout=subprocess.DEVNULL, check=True
        )
        storm = Storm(program, data)
        storm.run()
        return judge(storm, program, data)
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    sys.exit(main())
