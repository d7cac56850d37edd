"""Certificates and labels on paper, read back by programs that are not ours."""

import os
import struct
import subprocess
import unittest
import zlib

from program import BRENNER, ROOT, Server, guildmark, path_of

ORIGIN = "https://guildmark.example"


def make_png(path, width, height):
    """A square of one color."""

    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    rows = (b"\0" + b"\x10\x50\x70" * width) * height
    with open(path, "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n")
        file.write(chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)))
        file.write(chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


def output_of(*words):
    return subprocess.run(words, capture_output=True, text=True, check=True).stdout


class CertificatePapers(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.data = path_of("on-paper")
        result = guildmark("run", BRENNER, "--data", cls.data)
        assert result.returncode == 0, result.stderr
        with Server(cls.data) as server:
            cls.number = server.get("/register")[1]["items"][0]["number"]

    def write_issuers(self):
        make_png(os.path.join(self.data, "norwell.png"), 300, 120)
        with open(os.path.join(self.data, "issuers.xml"), "w", encoding="utf-8") as file:
            file.write(
                '<issuers xmlns="urn:guildmark:issuers:1">'
                '<issuer organisation="Norwell Certification" mark="norwell.png">'
                "<address>Storgata 1, 0155 Oslo, Norway</address></issuer></issuers>"
            )

    def refusal(self, *words):
        result = guildmark(*words, "--data", self.data)
        self.assertNotEqual(result.returncode, 0)
        return result.stderr

    def test_a_paper_is_refused_that_would_lack_what_it_must_show(self):
        out = path_of("refused.pdf")
        paper = ("certificate", self.number, "--output", out)
        self.assertIn("language_unknown", self.refusal(*paper, "--language", "tlh"))
        self.assertIn("certificate_not_found", self.refusal("certificate", "GM-0", "--output", out))
        issuers = os.path.join(self.data, "issuers.xml")
        if os.path.exists(issuers):
            os.remove(issuers)
        self.assertIn("certificate_issuer_missing", self.refusal(*paper))
        with open(issuers, "w", encoding="utf-8") as file:
            file.write('<issuers xmlns="urn:guildmark:issuers:1"><issuer/></issuers>')
        self.assertIn("issuers_malformed", self.refusal(*paper))
        self.assertFalse(os.path.exists(out))

    def test_a_mark_is_refused_that_is_larger_than_a_mark_needs_to_be(self):
        self.write_issuers()
        mark = os.path.join(self.data, "norwell.png")
        out = path_of("mark.pdf")
        os.truncate(mark, (2 << 20) + 1)
        told = self.refusal("certificate", self.number, "--output", out)
        self.assertIn("issuers_malformed", told)
        self.assertFalse(os.path.exists(out))
        os.truncate(mark, 2 << 20)
        result = guildmark("certificate", self.number, "--data", self.data, "--output", out)
        self.assertEqual((result.returncode, result.stderr), (0, ""))

    def test_a_paper_says_what_is_certified_and_its_code_leads_to_the_register(self):
        self.write_issuers()
        issuers = os.path.join(self.data, "issuers.xml")
        schema = os.path.join(ROOT, "standards/schema/issuers.xsd")
        output_of("xmllint", "--noout", "--schema", schema, issuers)
        out = path_of("certificate.pdf")
        words = ("certificate", self.number, "--data", self.data, "--output", out)
        result = guildmark(*words, "--public-origin", ORIGIN)
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        text = output_of("pdftotext", "-layout", out, "-")
        for shown in (
            "Brenner Feinwerk GmbH",
            "Dornhaldestr. 12, 78532 Tuttlingen",
            "all processes",
            "ISO 9001:2015",
            self.number,
            "Norwell Certification",
            "Storgata 1, 0155 Oslo, Norway",
            "granted",
            "Page 1 of",
        ):
            self.assertIn(shown, text)
        output_of("pdftoppm", "-r", "150", "-png", "-singlefile", out, path_of("certificate"))
        code = output_of("zbarimg", "--quiet", "--raw", path_of("certificate.png"))
        self.assertEqual(code, f"{ORIGIN}/c/{self.number}\n")
        with open(out, "rb") as file:
            first = file.read()
        self.assertEqual(guildmark(*words, "--public-origin", ORIGIN).returncode, 0)
        with open(out, "rb") as file:
            self.assertEqual(file.read(), first)

    def test_a_server_hands_out_papers_and_labels_in_the_language_asked_for(self):
        self.write_issuers()
        certificate = f"/api/v1/certificates/{self.number}"
        with Server(self.data) as server:
            self.assertEqual(server.get_page("/api/v1/certificates/GM-0/document")[0], 404)
            status, body = server.get_page(f"{certificate}/document?language=ja")
            self.assertEqual((status, body[:5]), (200, b"%PDF-"))
            with open(path_of("ja.pdf"), "wb") as file:
                file.write(body)
            self.assertIn("登録証", output_of("pdftotext", path_of("ja.pdf"), "-"))
            status, body = server.get(f"/certificates/{self.number}/labels/system-statement")
            self.assertEqual((status, body["code"]), (409, "public_origin_missing"))
        with Server(self.data, "--public-origin", ORIGIN) as server:
            status, body = server.get_page(f"{certificate}/labels/system-statement?language=zh")
            self.assertEqual((status, body[:5]), (200, b"<?xml"))
            status, body = server.get_page(f"{certificate}/labels/system-statement?format=png")
            self.assertEqual((status, body[1:4]), (200, b"PNG"))
            status, body = server.get(f"/certificates/{self.number}/labels/product-mark")
            self.assertEqual((status, body["code"]), (422, "label_does_not_fit"))

    def test_a_system_carries_no_mark_of_a_product_and_is_told_what_fits(self):
        words = ("label", self.number, "--public-origin", ORIGIN)
        out = path_of("refused.svg")
        told = self.refusal(*words, "--kind", "product-mark", "--output", out)
        self.assertIn("label_does_not_fit", told)
        self.assertIn("system-statement", told)
        for kind in ("ecolabel", "self-declared-claim", "ethical-claim", "group-membership-mark"):
            told = self.refusal(*words, "--kind", kind, "--output", out)
            self.assertIn("label_does_not_fit", told)
        self.assertIn(
            "label_kind_unknown", self.refusal(*words, "--kind", "../medal", "--output", out)
        )
        self.assertIn(
            "label_format_unknown",
            self.refusal(*words, "--kind", "system-statement", "--output", path_of("a.gif")),
        )
        self.assertFalse(os.path.exists(out))

    def test_a_label_has_the_number_and_a_code_that_leads_to_the_register(self):
        words = ("label", self.number, "--public-origin", ORIGIN, "--kind", "system-statement")
        svg, png = path_of("label.svg"), path_of("label.png")
        for out in (svg, png):
            result = guildmark(*words, "--data", self.data, "--output", out)
            self.assertEqual((result.returncode, result.stderr), (0, ""))
        code = output_of("zbarimg", "--quiet", "--raw", png)
        self.assertEqual(code, f"{ORIGIN}/c/{self.number}\n")
        output_of("xmllint", "--noout", svg)
        with open(svg, encoding="utf-8") as file:
            self.assertIn(f"<title>{self.number}: Statement", file.read())

    def test_every_kind_of_label_has_the_form_of_its_schema(self):
        labels = os.path.join(ROOT, "labels")
        kinds = [name for name in sorted(os.listdir(labels)) if name.endswith(".xml")]
        self.assertEqual(len(kinds), 7)
        for name in kinds:
            schema = os.path.join(labels, "schema/label.xsd")
            output_of("xmllint", "--noout", "--schema", schema, os.path.join(labels, name))
