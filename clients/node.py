"""A node of this checkout, with a certificate of its own, for as long as the clients need it."""
import json, os, subprocess, time, urllib.request

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
BOUND = 120


class Node:
    def __init__(self, folder):
        self.ca = f"{folder}/cert.pem"
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", f"{folder}/key.pem", "-out", self.ca,
                        "-days", "2", "-subj", "/CN=anvil clients", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
                        "-addext", "basicConstraints=critical,CA:TRUE"], check=True, capture_output=True)
        self.log = open(f"{folder}/node.log", "wb")
        self.process = subprocess.Popen(
            [f"{ROOT}/anvil", "server", "--data", f"{folder}/data", "--listen", "127.0.0.1:0", "--management", "127.0.0.1:0",
             "--set", f"TLS_CERT_FILE={self.ca}", "--set", f"TLS_KEY_FILE={folder}/key.pem"],
            stdout=subprocess.PIPE, stderr=self.log, text=True)
        ready = self.process.stdout.readline()
        if not ready.startswith("ready "):
            raise SystemExit(f"the node did not start: {open(f'{folder}/node.log').read()[-800:]}")
        said = dict(word.split("=", 1) for word in ready.split()[1:])
        address = said["public"].split("://")[1]
        self.endpoints = [f"http://{address}", f"https://{address}"]
        self.admin = "http://" + said["management"].split("://")[1]
        with open(f"{folder}/data/secrets/admin-credential") as file:
            self.credential = file.read().strip()
        self._post("/v1/admin/tenants", {"name": "clients"})
        made = self._post("/v1/admin/tenants/clients/applications", {"name": "all", "grants": ["*|*"]})
        self.key, self.secret = made["clientId"], made["clientSecret"]

    def _post(self, path, document):
        request = urllib.request.Request(self.admin + path, json.dumps(document).encode(), method="POST", headers={
            "Authorization": "Bearer " + self.credential, "Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.loads(answer.read())

    def stop(self):
        self.process.terminate()
        end = time.time() + BOUND
        while self.process.poll() is None and time.time() < end:
            time.sleep(0.1)
        if self.process.poll() is None:
            self.process.kill()
        self.log.close()
