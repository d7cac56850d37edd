"""Registers as workbooks, read back by openpyxl and opened by LibreOffice."""

import io
import json
import os
import shutil
import subprocess
import tempfile
import unittest
from unittest import mock
from xml.etree import ElementTree

import openpyxl

from program import BRENNER, ROOT, Server, guildmark, path_of

AS_OF = "2027-01-31T12:00:00Z"


def rows_of(sheet):
    """The rows under the titles, each by its titles."""
    titles, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(titles, row)) for row in rows]


def opened_by_libreoffice(path):
    """What LibreOffice makes of the workbook's sheet that it shows first, as a page count."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless",
             "--convert-to", "pdf", "--outdir", folder, path],
            check=True, capture_output=True, timeout=180,
        )  # fmt: skip
        name = os.path.splitext(os.path.basename(path))[0] + ".pdf"
        with open(os.path.join(folder, name), "rb") as file:
            return file.read()


class Registers(unittest.TestCase):
    """What the registers tell of a firm that was certified with two findings."""

    @classmethod
    def setUpClass(cls):
        cls.data = path_of("registers")
        result = guildmark("run", BRENNER, "--data", cls.data)
        assert result.returncode == 0, result.stderr
        lines = guildmark("replay", "--json", "--data", cls.data).stdout.splitlines()
        cls.records = [json.loads(line) for line in lines]
        opened = next(one for one in cls.records if one["kind"] == "case_opened")
        cls.case = opened["stream"]
        cls.parties = {
            party["party"]: party["organisation"] for party in opened["payload"]["parties"]
        }

    def write(self, name, *words):
        out = path_of(name)
        day = [] if "--as-of" in words else ["--as-of", AS_OF]
        result = guildmark("report", "--data", self.data, "--out", out, *day, *words)
        return result, out

    def test_it_must_be_said_of_what(self):
        for words, code in (
            ([], "argument_missing"),
            (["--case", self.case, "--organisation", self.parties["body"]], "argument_conflict"),
            (["--organisation", "x"], "id_malformed"),
            (["--case", self.case, "--kind", "poem"], "report_kind_unknown"),
            (["--case", self.case, "--format", "docx"], "report_format_unknown"),
            (["--case", self.case, "--kind", "nonconformities", "--format", "pdf"],
             "report_format_refused"),
            (["--organisation", self.parties["body"]], "report_kind_unknown"),
            (["--organisation", "0000000000001", "--kind", "nonconformities"],
             "organisation_not_found"),
            (["--case", "0000000000001", "--kind", "nonconformities"], "case_not_found"),
        ):  # fmt: skip
            result, out = self.write("none.xlsx", *words)
            self.assertEqual(result.returncode, 2, words)
            self.assertIn(code, result.stderr)
            self.assertFalse(os.path.exists(out))

    def test_a_case_has_a_register_of_its_nonconformities(self):
        result, out = self.write("ncr.xlsx", "--case", self.case, "--kind", "nonconformities")
        self.assertEqual(result.returncode, 0, result.stderr)
        book = openpyxl.load_workbook(out)
        self.assertEqual(book.sheetnames, ["Cover", "Summary", "Nonconformities", "Responses"])
        self.assertEqual(len(book["Summary"]._charts), 3)
        found = rows_of(book["Nonconformities"])
        raised = [one for one in self.records if one["kind"] == "finding_raised"]
        grave = [one for one in raised if one["payload"]["grade"] != "opportunity"]
        self.assertEqual(len(found), len(grave))
        for row, record in zip(found, grave):
            self.assertEqual(row["Statement"], record["payload"]["statement"])
            self.assertEqual(row["Objective evidence"], record["payload"]["objective_evidence"])
            self.assertEqual(row["Raised"].date().isoformat(), record["at"][:10])
            self.assertEqual(row["Organisation"], "Brenner Feinwerk GmbH")
        responded = [one for one in self.records if one["kind"] == "finding_responded"]
        responses = rows_of(book["Responses"])
        self.assertEqual(
            sorted(row["Corrective action"] for row in responses),
            sorted(one["payload"]["corrective_action"] for one in responded),
        )
        judged = [one for one in self.records if one["kind"] == "response_judged"]
        self.assertEqual(len([row for row in responses if row["Verdict"]]), len(judged))
        verified = next(row for row in found if row["Status"] == "Verified")
        days = (verified["Verified"] - verified["Raised"]).days
        self.assertEqual(verified["Days open"], days)
        self.assertIsNone(verified["Days late"])

    def test_a_body_has_a_register_over_all_its_cases(self):
        words = ["--organisation", self.parties["body"], "--kind", "nonconformities"]
        result, out = self.write("body.xlsx", *words)
        self.assertEqual(result.returncode, 0, result.stderr)
        one = self.write("one.xlsx", "--case", self.case, "--kind", "nonconformities")[1]
        self.assertEqual(
            rows_of(openpyxl.load_workbook(out)["Nonconformities"]),
            rows_of(openpyxl.load_workbook(one)["Nonconformities"]),
        )
        self.assertIn("%PDF", opened_by_libreoffice(out)[:8].decode("latin-1"))

    def test_the_same_journal_gives_the_same_bytes_in_each_language(self):
        for language in ("en", "zh"):
            for words in (["--case", self.case], ["--organisation", self.parties["body"]]):
                books = []
                for name in ("first.xlsx", "second.xlsx"):
                    result, out = self.write(
                        name, *words, "--kind", "nonconformities", "--language", language)
                    self.assertEqual(result.returncode, 0, result.stderr)
                    with open(out, "rb") as file:
                        books.append(file.read())
                self.assertEqual(books[0], books[1])

    def test_a_body_has_a_register_of_its_certificates(self):
        words = ["--organisation", self.parties["body"], "--kind", "certificates"]
        result, out = self.write("certificates.xlsx", *words)
        self.assertEqual(result.returncode, 0, result.stderr)
        book = openpyxl.load_workbook(out)
        acts = [one["payload"] for one in self.records if one["kind"] == "certificate_acted"]
        [row] = rows_of(book["Certificates"])
        last = acts[-1]["certificate"]
        self.assertEqual((row["Number"], row["Scope"]), (last["number"], last["scope"]))
        self.assertEqual((row["Holder"], row["Status"]), ("Brenner Feinwerk GmbH", "Active"))
        self.assertEqual(row["Valid until"].date().isoformat(), last["valid_until"])
        self.assertEqual(len(rows_of(book["Acts on certificates"])), len(acts))
        self.assertIn("%PDF", opened_by_libreoffice(out)[:8].decode("latin-1"))

    def test_the_register_of_a_day_before_has_no_certificate_and_of_one_after_an_expired_one(self):
        words = ["--organisation", self.parties["body"], "--kind", "certificates"]
        for day, found in (("2020-01-01", []), ("2040-01-01", ["Expired"])):
            result, out = self.write("day.xlsx", *words, "--as-of", f"{day}T00:00:00Z")
            self.assertEqual(result.returncode, 0, result.stderr)
            rows = rows_of(openpyxl.load_workbook(out)["Certificates"])
            self.assertEqual([row["Status"] for row in rows], found)

    def test_a_firm_has_issued_none(self):
        words = ["--organisation", self.parties["client"], "--kind", "certificates"]
        result, out = self.write("firm.xlsx", *words, "--language", "zh")
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual(openpyxl.load_workbook(out)["证书"].max_row, 1)

    def test_a_statement_of_applicability_tells_of_every_requirement(self):
        result, out = self.write("soa.xlsx", "--case", self.case, "--kind", "applicability")
        self.assertEqual(result.returncode, 0, result.stderr)
        rows = rows_of(openpyxl.load_workbook(out)["Applicability"])
        answers = {
            one["payload"]["requirement"]: one["payload"]
            for one in self.records if one["kind"] == "requirement_answered"
        }  # fmt: skip
        verdicts = {
            one["payload"]["requirement"]: one["payload"]["verdict"]
            for one in self.records if one["kind"] == "requirement_assessed"
        }  # fmt: skip
        self.assertGreater(len(rows), 50)
        for row in rows:
            number = row["Number"]
            verdict = verdicts.get(number, "none")
            answer = answers.get(number, {}).get("answer", "none")
            said = "Applies"
            if verdict == "not_applicable":
                said = "Not applicable"
            elif verdict == "none" and answer == "not_applicable":
                said = "Declared not applicable"
            self.assertEqual(row["Applies"], said, number)
            note = answers.get(number, {}).get("note", "")
            self.assertEqual(row["Firm’s reason or note"] or "", note, number)

    def test_an_audit_report_has_what_the_auditors_said_and_room_to_sign(self):
        result, out = self.write("audit.xlsx", "--case", self.case, "--kind", "audit")
        self.assertEqual(result.returncode, 0, result.stderr)
        book = openpyxl.load_workbook(out)
        self.assertEqual(
            book.sheetnames,
            ["Cover", "Summary", "Audits", "Checklist", "Findings", "Signatures"],
        )
        done = [one["payload"] for one in self.records if one["kind"] == "task_completed"]
        said = {row["Content"] for row in rows_of(book["Audits"])}
        conclusions = [
            one["values"]["conclusions"] for one in done if "conclusions" in (one["values"] or {})
        ]
        self.assertGreater(len(conclusions), 0)
        self.assertTrue(said.issuperset(conclusions), said)
        signatures = rows_of(book["Signatures"])
        self.assertEqual(len(signatures), len(done))
        self.assertTrue(all(row["Person"] and row["Signature"] is None for row in signatures))
        self.assertIn("%PDF", opened_by_libreoffice(out)[:8].decode("latin-1"))

    def test_an_audit_plan_has_the_team_and_in_what_each_is_competent(self):
        result, out = self.write("plan.xlsx", "--case", self.case, "--kind", "plan")
        self.assertEqual(result.returncode, 0, result.stderr)
        book = openpyxl.load_workbook(out)
        self.assertEqual(book.sheetnames, ["Cover", "Summary", "Plans", "Team", "Signatures"])
        plan = {row["Item"]: row["Content"] for row in rows_of(book["Plans"])}
        self.assertEqual(plan["Lead auditor"], "Ingrid Solberg")
        self.assertEqual(plan["Stage 2 begins on"], "2026-05-05")
        self.assertIn("measuring, Tomas Novak", plan["What is audited when, where and by whom"])
        self.assertIn("Tomas Novak: none", plan["What each member of the team declared"])
        people = {(row["Part"], row["Person"]): row for row in rows_of(book["Team"])}
        lead = people[("Lead auditor", "Ingrid Solberg")]
        self.assertEqual(lead["Organisation"], "Norwell Certification")
        self.assertEqual(lead["Competent in (last day)"], "iaf-17: no end\niso-9001: no end")
        auditor = people[("Further members of the team", "Tomas Novak")]
        self.assertEqual(auditor["Competent in (last day)"], "iso-9001: no end")
        self.assertIn("%PDF", opened_by_libreoffice(out)[:8].decode("latin-1"))

    def test_reports_of_a_case_are_the_same_to_the_byte_in_each_language(self):
        for kind in ("plan", "programme", "applicability", "audit", "dossier"):
            for language in ("en", "zh"):
                books = []
                for name in ("first.xlsx", "second.xlsx"):
                    words = ["--case", self.case, "--kind", kind, "--language", language]
                    result, out = self.write(name, *words)
                    self.assertEqual(result.returncode, 0, result.stderr)
                    with open(out, "rb") as file:
                        books.append(file.read())
                self.assertEqual(books[0], books[1])

    def test_a_body_has_a_matrix_of_who_is_competent_in_what(self):
        data = path_of("competence")
        scenario = path_of("competence.scenario")
        with open(scenario, "w", encoding="utf-8") as file:
            file.write("""scenario "Who is competent"
at 2026-03-02T08:00:00Z
organisation norwell body "Norwell" country=NO
person ingrid norwell "Ingrid Solberg" roles=lead-auditor
person tomas norwell "Tomas Novak" roles=auditor
refused area_malformed: competence tomas "IAF 17" "Toolmaker" from=2025-01-01
refused period_backwards: competence tomas iaf-17 "Toolmaker" from=2025-01-01 until=2024-12-31
competence ingrid iso-9001 "Lead auditor course" from=2024-03-01
competence tomas iaf-17 "Toolmaker; =1+1" from=2025-02-01 until=2026-12-31
competence tomas iso-9001 "Auditor course" from=2025-02-01 until=2027-03-31
competence tomas iaf-3 "Baker" from=2027-02-01
""")
        played = guildmark("run", scenario, "--data", data)
        self.assertEqual(played.returncode, 0, played.stderr)
        made = json.loads(guildmark("replay", "--json", "--data", data).stdout.splitlines()[0])
        out = path_of("competence.xlsx")
        words = ["report", "--data", data, "--out", out, "--kind", "competence"]
        unknown = guildmark(*words, "--organisation", "0000000000001")
        self.assertEqual(unknown.returncode, 2)
        self.assertIn("organisation_not_found", unknown.stderr)
        result = guildmark(*words, "--organisation", made["stream"], "--as-of", AS_OF)
        self.assertEqual(result.returncode, 0, result.stderr)
        book = openpyxl.load_workbook(out)
        self.assertEqual(book.sheetnames, ["Cover", "Summary", "Matrix", "Competences"])
        ingrid, tomas = rows_of(book["Matrix"])
        self.assertEqual((ingrid["Person"], ingrid["iso-9001"]), ("Ingrid Solberg", "no end"))
        self.assertIsNone(ingrid["iaf-17"])
        self.assertEqual(
            (tomas["iaf-17"], tomas["iso-9001"], tomas["iaf-3"]),
            ("2026-12-31", "2027-03-31", "Begins later"),
        )
        standings = {
            (row["Person"], row["Area"]): (row["Standing"], row["Basis"])
            for row in rows_of(book["Competences"])
        }
        self.assertEqual(standings[("Tomas Novak", "iaf-17")], ("Over", "Toolmaker; =1+1"))
        self.assertEqual(standings[("Tomas Novak", "iso-9001")][0], "Ends within 90 days")
        self.assertEqual(standings[("Ingrid Solberg", "iso-9001")][0], "Competent")
        self.assertIn("%PDF", opened_by_libreoffice(out)[:8].decode("latin-1"))

    def test_a_programme_tells_what_was_held_and_by_when_the_next_audit_is(self):
        result, out = self.write("programme.xlsx", "--case", self.case, "--kind", "programme")
        self.assertEqual(result.returncode, 0, result.stderr)
        book = openpyxl.load_workbook(out)
        self.assertEqual(
            book.sheetnames,
            ["Cover", "Summary", "Programme", "Calendar", "Audit time", "Open findings"],
        )
        first, second, ahead = rows_of(book["Programme"])
        self.assertEqual((first["Audit"], first["Standing"]), ("Stage 1 audit", "Held"))
        self.assertEqual(second["Planned for"].date().isoformat(), "2026-05-05")
        self.assertEqual(second["Last day held"].date().isoformat(), "2026-05-05")
        self.assertEqual(second["Team"], "Ingrid Solberg\nTomas Novak")
        self.assertEqual(second["Findings raised"], 2)
        # 9.1.3.2: not later than twelve months after the decision of 2026-06-08.
        self.assertEqual(ahead["Latest day"].date().isoformat(), "2027-06-08")
        self.assertIsNone(ahead["Last day held"])
        told, *held = rows_of(book["Audit time"])
        self.assertEqual(told["Auditor days told"], 3)
        self.assertEqual(len(held), 2)
        self.assertIn("%PDF", opened_by_libreoffice(out)[:8].decode("latin-1"))
        late = self.write("late.xlsx", "--case", self.case, "--kind", "programme",
                          "--as-of", "2027-07-01T00:00:00Z")[1]  # fmt: skip
        *_, ahead = rows_of(openpyxl.load_workbook(late)["Programme"])
        self.assertEqual(ahead["Standing"], "Late")

    @classmethod
    def play_cycle(cls):
        """The folder in which the scenario of whole cycles was played, and its records."""
        data = path_of("cycle-data")
        if not os.path.exists(data):
            scenario = os.path.join(ROOT, "workflows/iso-9001/cycle.scenario")
            played = guildmark("run", scenario, "--data", data)
            assert played.returncode == 0, played.stderr
        lines = guildmark("replay", "--json", "--data", data).stdout.splitlines()
        return data, [json.loads(line) for line in lines]

    def test_from_a_certificate_one_walks_back_to_the_application(self):
        data, records = self.play_cycle()
        number = next(
            one["payload"]["certificate"]["number"]
            for one in records
            if one["kind"] == "certificate_acted"
        )
        out = path_of("dossier.xlsx")
        words = ["report", "--data", data, "--kind", "dossier", "--out", out]
        unknown = guildmark(*words, "--certificate", "GM-0000-0000-0000")
        self.assertEqual(unknown.returncode, 2)
        self.assertIn("certificate_not_found", unknown.stderr)
        twice = guildmark(*words, "--certificate", number, "--case", records[0]["stream"])
        self.assertEqual(twice.returncode, 2)
        self.assertIn("argument_conflict", twice.stderr)
        result = guildmark(*words, "--certificate", number)
        self.assertEqual(result.returncode, 0, result.stderr)
        book = openpyxl.load_workbook(out)
        self.assertEqual(
            book.sheetnames[2:],
            ["Walk", "Team", "Independence", "Evidence", "Checklist", "Findings", "Decisions",
             "Acts on certificates"],
        )  # fmt: skip
        walk = rows_of(book["Walk"])
        self.assertEqual(walk[0]["Task"], "Apply for certification")
        self.assertIn("Threats to impartiality, and what is done about them",
                      {row["Item"] for row in walk})  # fmt: skip
        self.assertIn(("You design products or services yourselves", "no"),
                      {(row["Item"], row["Content"]) for row in walk})  # fmt: skip
        self.check_decisions(rows_of(book["Decisions"]), records)
        acts = rows_of(book["Acts on certificates"])
        self.assertEqual(acts[0]["Act"], "granted")
        decided = {row["Time (UTC)"] for row in rows_of(book["Decisions"])}
        self.assertIn(acts[0]["Decision"], decided)
        self.check_independence({row["Rule"]: row for row in rows_of(book["Independence"])})

    def check_decisions(self, decisions, records):
        """Each stands on the record that the journal has there, and no auditor decided."""
        case = next(one["stream"] for one in records if one["kind"] == "decision_recorded")
        digests = {one["sequence"]: one["hash"] for one in records if one["stream"] == case}
        self.assertEqual(decisions[0]["Decision"], "granted")
        self.assertEqual(decisions[0]["Audited since the last decision"], "Tomas Novak")
        for row in decisions:
            self.assertEqual(row["Digest of that state"], digests[row["Made on record"]])
            self.assertIsNone(row["Decided on an audit of their own"])
        # The minor one that became a major one a year later was none when it was granted.
        self.assertIsNone(decisions[0]["Majors not verified then"])

    def check_independence(self, rules):
        """Who acts for the firm never acts for the body; what was refused was not done."""
        self.assertIsNone(rules["SD3-firm"]["To ask about"])
        self.assertIn("Tina Janssen", rules["SD3-firm"]["Acted or named there"])
        self.assertIn("Ingrid Solberg", rules["SD1"]["To ask about"])
        self.assertEqual(rules["SD1"]["For how long"], "one audit")
        self.assertNotIn("Tomas Novak", rules["SD5"]["Acted there"])
        # Whoever audited was named to the firm before.
        named = rules["SD8-team"]["Acted or named there"].splitlines()
        self.assertEqual(sorted(named), ["Ingrid Solberg", "Tomas Novak"])
        self.assertIsNone(rules["SD8-team"]["To ask about"])

    def test_a_programme_goes_through_the_cycles_of_a_certificate(self):
        data, records = self.play_cycle()
        case = next(one for one in records if one["kind"] == "case_opened")
        out = path_of("cycle.xlsx")
        words = ["--data", data, "--case", case["stream"], "--kind", "programme"]
        result = guildmark("report", *words, "--out", out, "--as-of", "2033-01-01T00:00:00Z")
        self.assertEqual(result.returncode, 0, result.stderr)
        rows = rows_of(openpyxl.load_workbook(out)["Programme"])
        held = [row for row in rows if row["Standing"].startswith("Held")]
        cycles = [row["Cycle"] for row in held]
        self.assertEqual(cycles, sorted(cycles))
        self.assertGreaterEqual(max(cycles), 2)
        self.assertIn("Recertification audit", {row["Audit"] for row in held})
        self.assertIn("Audit beside the cycle", {row["Audit"] for row in held})

    def test_certificates_come_in_the_form_that_another_register_takes(self):
        words = ["--organisation", self.parties["body"], "--kind", "certificates"]
        result, out = self.write("none.xml", *words, "--format", "iaf-certsaerch")
        self.assertEqual(result.returncode, 2)
        self.assertIn("iaf-certsearch", result.stderr)
        self.assertFalse(os.path.exists(out))
        words += ["--format", "iaf-certsearch"]
        number = next(
            one["payload"]["certificate"]["number"]
            for one in self.records
            if one["kind"] == "certificate_acted"
        )
        for day, status in (
            ("2026-06-01T00:00:00Z", None),
            (AS_OF, "Active"),
            ("2029-06-08T00:00:00Z", "Expired"),
        ):
            result, out = self.write(f"search-{status}.xml", *words, "--as-of", day)
            self.assertEqual(result.returncode, 0, result.stderr)
            rows = ElementTree.parse(out).getroot().findall("certification")
            self.assertEqual(len(rows), 0 if status is None else 1)
            for row in rows:
                self.assertEqual(row.findtext("certificate_number"), number)
                self.assertEqual(row.findtext("certification_identity_number"), number)
                self.assertEqual(row.findtext("certification_status"), status)
                self.assertEqual(row.findtext("expiry_date"), "2029-06-07")
                self.assertEqual(row.findtext("entity_name"), "Brenner Feinwerk GmbH")

    def test_what_people_sign_comes_on_paper_too(self):
        for kind, words in (
            ("plan", ["Audit plan", "Tomas Novak", "Signature"]),
            ("audit", ["Audit report", "Brenner Feinwerk GmbH", "L-014", "Signature"]),
            ("applicability", ["Statement of applicability", "All parts are made"]),
        ):
            result, out = self.write(f"{kind}.pdf", "--case", self.case, "--kind", kind)
            self.assertEqual(result.returncode, 0, result.stderr)
            shown = subprocess.run(
                ["pdftotext", "-layout", out, "-"], check=True, capture_output=True, text=True
            ).stdout
            for word in words:
                self.assertIn(word, shown, kind)
            pages = shown.count("\f")
            self.assertIn(f"Page {pages} of {pages}", shown)
            again = self.write("again", "--case", self.case, "--kind", kind, "--format", "pdf")[1]
            with open(out, "rb") as first, open(again, "rb") as second:
                self.assertEqual(first.read(), second.read(), kind)
        words = ["--case", self.case, "--kind", "audit", "--language", "zh"]
        shown = subprocess.run(
            ["pdftotext", self.write("zh.pdf", *words)[1], "-"],
            check=True, capture_output=True, text=True,
        ).stdout  # fmt: skip
        self.assertIn("签名", shown)

    @staticmethod
    def make_token(data, organisation):
        """A token of the organisation's first member."""
        made = guildmark(
            "token", "make", "--data", data, "--organisation", organisation["organisation"],
            "--person", organisation["members"][0]["person"], "--label", "test", "--json",
        )  # fmt: skip
        return json.loads(made.stdout)["token"]

    def test_over_http_it_is_for_those_who_sign_in_and_may_see_it(self):
        data = path_of("registers-served")
        shutil.copytree(self.data, data)
        listed = guildmark("token", "list", "--data", data, "--json").stdout.splitlines()
        body = next(
            one for one in map(json.loads, listed) if one["organisation"] == self.parties["body"]
        )
        client = next(
            one for one in map(json.loads, listed) if one["organisation"] == self.parties["client"]
        )
        token, of_firm = [self.make_token(data, one) for one in (body, client)]
        case = f"/cases/{self.case}/report"
        own = f"/organisations/{self.parties['body']}/report"
        temporary = path_of("registers-temporary")
        os.mkdir(temporary)
        with mock.patch.dict(os.environ, TMPDIR=temporary), Server(data) as server:
            for path in (case, own):
                status, told = server.get(f"{path}?kind=nonconformities")
                self.assertEqual((status, told["code"]), (401, "token_missing"))
                status, told = server.get(f"{path}?kind=poems", token)
                self.assertEqual((status, told["code"]), (400, "report_kind_unknown"))
            status, told = server.get(f"{case}?kind=certificates", token)
            self.assertEqual((status, told["code"]), (400, "report_kind_unknown"))
            status, told = server.get(own, token)
            self.assertEqual((status, told["code"]), (400, "fields_invalid"))
            status, told = server.get(f"{case}?kind=dossier", of_firm)
            self.assertEqual((status, told["code"]), (403, "report_of_body"))
            of_case = ("progress", "plan", "programme", "applicability", "audit", "dossier")
            kinds = [(case, kind) for kind in of_case]
            kinds += [(case, "nonconformities"), (own, "nonconformities"), (own, "certificates")]
            status, told = server.get(f"{case}?kind=audit&format=docx", token)
            self.assertEqual((status, told["code"]), (400, "report_format_unknown"))
            status, told = server.get(f"{own}?kind=certificates&format=docx", token)
            self.assertEqual((status, told["code"]), (400, "report_format_unknown"))
            status, rows = server.get_page(
                f"/api/v1{own}?kind=certificates&format=iaf-certsearch", token
            )
            self.assertEqual((status, rows[:5]), (200, b"<?xml"))
            status, paper = server.get_page(f"/api/v1{case}?kind=audit&format=pdf", token)
            self.assertEqual((status, paper[:5]), (200, b"%PDF-"))
            for path, kind in kinds:
                status, workbook = server.get_page(f"/api/v1{path}?kind={kind}&language=zh", token)
                self.assertEqual(status, 200, workbook)
                book = openpyxl.load_workbook(io.BytesIO(workbook))
                self.assertEqual(book.sheetnames[0], "封面", kind)
                self.assertGreater(book.worksheets[2].max_row, 1, kind)
        self.assertEqual(os.listdir(temporary), [], "a report was left behind")
