"""Signed certificates and the keys that sign them."""

import json
import os
import unittest

from program import BRENNER, Server, copy_demo, guildmark, path_of


class Certificates(unittest.TestCase):
    """One firm's certificate, downloaded, and what a buyer without a network makes of it."""

    @classmethod
    def setUpClass(cls):
        cls.data = path_of("certified")
        result = guildmark("run", BRENNER, "--data", cls.data)
        assert result.returncode == 0, result.stderr
        with Server(cls.data) as server:
            cls.number = server.get("/register")[1]["items"][0]["number"]
            cls.credential = server.get(f"/certificates/{cls.number}/credential")[1]
            cls.bundle = server.get(f"/certificates/{cls.number}/bundle")[1]
            cls.proving = server.get(f"/certificates/{cls.number}/bundle?from=1")[1]
            cls.checkpoint = server.get_page("/api/v1/log/checkpoint")[1]
            cls.keys = server.get("/keys")[1]
            cls.lists = {
                name: server.get(f"/status-lists/{name}-1")[1] for name in ("revocation", "suspension")
            }
        cls.certificate_file = cls.write("certificate.json", cls.credential)
        cls.key_file = cls.write("keys.json", cls.keys)

    @classmethod
    def write(cls, name, value):
        with open(path_of(name), "w", encoding="utf-8") as file:
            json.dump(value, file)
        return path_of(name)

    def verify(self, certificate=None, keys=None, *words):
        result = guildmark(
            "verify-certificate",
            certificate or self.certificate_file,
            "--keys",
            keys or self.key_file,
            *words,
        )
        return result.returncode, result.stdout, result.stderr

    def test_files_that_are_none_are_told_from_certificates_that_do_not_hold(self):
        code, _, error = self.verify(self.key_file)
        self.assertEqual(code, 2)
        self.assertIn("proof_missing", error)
        code, _, error = self.verify(keys=self.certificate_file)
        self.assertEqual(code, 2)
        self.assertIn("keys_malformed", error)
        code, _, error = self.verify(path_of("nothing.json"))
        self.assertNotEqual(code, 0)
        self.assertIn("file_unreadable", error)
        code, _, error = self.verify(None, None, "--on", "tomorrow")
        self.assertEqual(code, 2)
        self.assertIn("date_malformed", error)

    def test_a_certificate_that_was_changed_proves_nothing(self):
        changed = json.loads(json.dumps(self.credential))
        changed["credentialSubject"]["description"] += " and rockets"
        code, _, error = self.verify(self.write("changed.json", changed))
        self.assertEqual(code, 1)
        self.assertIn("proof_does_not_hold", error)

    def test_only_keys_that_the_reader_trusts_count(self):
        code, _, error = self.verify(keys=self.write("no-keys.json", {"issuer": "", "keys": []}))
        self.assertEqual(code, 1)
        self.assertIn("key_not_trusted", error)
        spoilt = json.loads(json.dumps(self.keys))
        spoilt["keys"][0].update(state="compromised", ended_at="2099-01-01T00:00:00Z")
        code, _, error = self.verify(keys=self.write("spoilt.json", spoilt))
        self.assertEqual(code, 1)
        self.assertIn("key_compromised", error)

    def test_it_says_what_is_proven_as_of_when_and_what_is_not(self):
        code, told, error = self.verify()
        self.assertEqual((code, error), (0, ""))
        self.assertIn(f"Certificate {self.number}: it counts", told)
        self.assertIn("It proves that", told)
        self.assertIn("It cannot prove that", told)
        code, told, _ = self.verify(None, None, "--json")
        value = json.loads(told)
        self.assertEqual(value["signed_at"], self.credential["proof"]["created"])
        self.assertEqual(value["cannot_prove"], ["status_since", "logged"])
        code, told, _ = self.verify(None, None, "--json", "--on", "2001-01-01")
        self.assertEqual((code, json.loads(told)["counts"]), (1, False))

    def test_a_bundle_tells_what_became_of_the_certificate_and_what_its_log_proves(self):
        bundle = self.write("bundle.json", self.bundle)
        checkpoint = path_of("checkpoint")
        with open(checkpoint, "wb") as file:
            file.write(self.checkpoint)
        code, _, error = self.verify(None, None, "--earlier", checkpoint)
        self.assertEqual(code, 2)
        self.assertIn("argument_conflict", error)
        code, _, error = self.verify(bundle, None, "--earlier", self.key_file)
        self.assertEqual(code, 2)
        self.assertIn("checkpoint_malformed", error)
        code, _, error = self.verify(bundle, None, "--earlier", checkpoint)
        self.assertEqual(code, 2)
        self.assertIn("consistency_missing", error)

        code, _, error = self.verify(bundle, None, "--status-list", self.certificate_file)
        self.assertEqual(code, 2)
        self.assertIn("argument_conflict", error)

        code, told, error = self.verify(bundle)
        self.assertEqual((code, error), (0, ""))
        self.assertIn(f"Certificate {self.number} on ", told)
        self.assertIn("grant -> active", told)
        self.assertIn("keep its checkpoint", told)
        proving = self.write("proving.json", self.proving)
        code, told, _ = self.verify(proving, None, "--earlier", checkpoint, "--json")
        value = json.loads(told)
        self.assertEqual((code, value["status"], value["counts"]), (0, "active", True))
        self.assertIn("log_not_rewritten", value["proves"])
        self.assertEqual(value["on"], value["signed_at"][:10])
        code, told, _ = self.verify(bundle, None, "--on", "2001-01-01")
        self.assertEqual(code, 1)
        self.assertIn("not valid yet", told)

    def test_a_status_list_that_was_changed_or_is_of_others_proves_nothing(self):
        def against(value):
            return self.verify(None, None, "--status-list", self.write("list.json", value))

        changed = json.loads(json.dumps(self.lists["revocation"]))
        changed["validFrom"] = "2099-01-01T00:00:00Z"
        code, _, error = against(changed)
        self.assertEqual(code, 1)
        self.assertIn("proof_does_not_hold", error)
        code, _, error = against(self.credential)
        self.assertEqual(code, 2)
        self.assertIn("status_list_malformed", error)

    def test_status_lists_tell_how_it_stands_as_of_their_own_time(self):
        words = [
            word
            for name in self.lists
            for word in ("--status-list", self.write(f"{name}.json", self.lists[name]))
        ]
        code, told, error = self.verify(None, None, *words)
        self.assertEqual((code, error), (0, ""))
        for name, value in self.lists.items():
            as_of = value["proof"]["created"]
            self.assertIn(f"it does not stand in the list of {name}, which was signed on {as_of}", told)
        code, told, _ = self.verify(None, None, "--json", *words)
        self.assertEqual(
            json.loads(told)["status_lists"],
            [
                {"purpose": name, "set": False, "as_of": value["proof"]["created"]}
                for name, value in self.lists.items()
            ],
        )

    def test_keys_are_replaced_and_ended_while_what_they_signed_holds(self):
        def keys(*words):
            result = guildmark("keys", *words, "--data", self.data)
            return result.returncode, result.stdout + result.stderr

        self.assertEqual(os.stat(os.path.join(self.data, "signing-keys.json")).st_mode & 0o777, 0o600)
        code, told = keys("retire", "0123456789abcdef")
        self.assertEqual(code, 2)
        self.assertIn("signing_key_unknown", told)
        self.assertEqual(keys("rotate")[0], 0)
        code, told = keys("list")
        self.assertEqual([line.split()[1] for line in told.splitlines()], ["retired", "current"])
        first, second = [line.split()[0] for line in told.splitlines()]
        with Server(self.data) as server:
            later = self.write("later.json", server.get("/keys")[1])
            again = server.get(f"/certificates/{self.number}/credential")[1]
            self.assertEqual(self.verify(keys=later)[0], 0)
            self.assertEqual(self.verify(self.write("again.json", again), later)[0], 0)
            self.assertIn("key_not_trusted", self.verify(path_of("again.json"))[2])
            # A server that runs takes a change at once.
            self.assertEqual(keys("retire", second, "--compromised")[0], 0)
            self.assertEqual(server.get(f"/certificates/{self.number}/credential")[0], 503)
            worse = self.write("worse.json", server.get("/keys")[1])
        self.assertIn("key_compromised", self.verify(path_of("again.json"), worse)[2])
        self.assertEqual(self.verify(keys=worse)[0], 0)
        code, told = keys("retire", first)
        self.assertEqual(code, 1)
        self.assertIn("signing_key_ended", told)
        self.assertNotEqual(guildmark("keys", "list", "--data", path_of("no-data")).returncode, 0)

    def test_a_server_whose_keys_are_lost_says_so_and_makes_none(self):
        data = copy_demo("keyless")
        keys = os.path.join(data, "signing-keys.json")
        os.remove(keys)
        with Server(data) as server:
            self.assertEqual(server.get("/keys")[1]["code"], "signing_keys_missing")
            self.assertFalse(os.path.exists(keys))
            self.assertEqual(guildmark("keys", "rotate", "--data", data).returncode, 0)
            self.assertEqual(len(server.get("/keys")[1]["keys"]), 1)

    def test_keys_that_others_can_read_stop_the_server(self):
        data = copy_demo("exposed")
        os.chmod(os.path.join(data, "signing-keys.json"), 0o644)
        result = guildmark("serve", "--data", data, "--listen", "127.0.0.1:0")
        self.assertEqual(result.returncode, 1)
        self.assertIn("signing_keys_exposed", result.stderr)
