#!/usr/bin/env python3
"""Runs real S3 clients and real software against a node, over http and https:

  clients/run.py [--files N] [--quick] [--checks A,B] [--tools DIR] [--http URL] [--https URL --ca FILE] [NAME...]

NAME is boto3, aws-cli, aws-sdk-js, mc, rclone, s3cmd, s5cmd, restic, pyarrow, deltalake, docker-registry; all without any.
Without --http and --https a node of this checkout is started and stopped. With one of them ANVIL_CLIENT_ID and ANVIL_CLIENT_SECRET name
the application. What a client needs is installed below --tools (default: target/clients) from its own registry, once.
The last lines are a table in Markdown; exit code 1 if a check failed."""
import argparse, concurrent.futures, itertools, os, shutil, subprocess, sys, tempfile, time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
import tools  # noqa: E402
from checks import Checks, NotOffered  # noqa: E402

NUMBERS = itertools.count(1)
BOUND = 300


class World:
    """Where a client works: an endpoint, credentials, tools, and a folder."""

    def __init__(self, endpoint, ca, key, secret, installed, root):
        self.endpoint, self.ca, self.key, self.secret, self.installed, self.root = endpoint, ca, key, secret, installed, root
        self.scheme = endpoint.split(":")[0]

    def bucket(self):
        return f"c{os.getpid()}-{next(NUMBERS)}"

    def folder(self):
        return tempfile.mkdtemp(dir=self.root)

    def tool(self, name):
        return self.installed[name]

    def run(self, command, env=None, binary=False, cwd=None):
        inherited = {k: v for k, v in os.environ.items() if not k.startswith("AWS_")}
        done = subprocess.run(command, env=dict(inherited, **(env or {})), capture_output=True, timeout=BOUND, cwd=cwd or self.root)
        if done.returncode != 0:
            text = (done.stderr + done.stdout).decode(errors="replace")[-600:]
            raise RuntimeError(f"{os.path.basename(command[0])} {' '.join(command[1:])[-200:]}: exit {done.returncode}: {text}")
        return done.stdout if binary else done.stdout.decode()


def clients():
    import js_client, python_clients, tool_clients
    return {"boto3": python_clients.Boto3, "aws-cli": python_clients.AwsCli, "aws-sdk-js": js_client.JavaScript,
            "mc": tool_clients.Mc, "rclone": tool_clients.Rclone, "s3cmd": tool_clients.S3cmd, "s5cmd": tool_clients.S5cmd}


class Report:
    """What passed and what did not."""

    def __init__(self):
        self.rows, self.failed = {}, []

    def __call__(self, name, scheme, check, action):
        began = time.time()
        try:
            action()
            result = "ok"
        except NotOffered:
            result = "-"
        except Exception as e:  # any failure of a client is a result
            result = "FAIL"
            self.failed.append(f"{name} over {scheme}: {check}: {type(e).__name__}: {e}")
        print(f"{name} {scheme} {check}: {result} ({time.time() - began:.1f} s)", flush=True)
        self.rows.setdefault(name, {}).setdefault(check, {})[scheme] = result

    def table(self, versions):
        checks = list(dict.fromkeys(c for row in self.rows.values() for c in row))
        lines = ["| client | version | " + " | ".join(checks) + " |", "| --- " * (len(checks) + 2) + "|"]
        for name, row in self.rows.items():
            cells = []
            for check in checks:
                results = row.get(check, {})
                values = set(results.values())
                cells.append(values.pop() if len(values) == 1 else " / ".join(f"{s} {r}" for s, r in results.items()) or "")
            lines.append(f"| {name} | {versions.get(name, '')} | " + " | ".join(cells) + " |")
        return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--tools", default=os.path.join(HERE, "..", "target", "clients"))
    parser.add_argument("--http")
    parser.add_argument("--https")
    parser.add_argument("--ca")
    parser.add_argument("--install-only", action="store_true")
    parser.add_argument("--quick", action="store_true", help="fewer sizes and algorithms")
    parser.add_argument("--checks", help="only these, with commas between; all without it")
    parser.add_argument("names", nargs="*")
    options = parser.parse_args()
    import software
    known = list(tools.CLIENTS) + list(software.ALL)
    names = options.names or known
    unknown = [n for n in names if n not in known]
    if unknown:
        parser.error(f"unknown: {', '.join(unknown)}; known are {', '.join(known)}")
    installed = tools.install(os.path.abspath(options.tools), names)
    if options.install_only:
        return 0
    root = tempfile.mkdtemp(prefix="anvil-clients-")
    node = None
    report, versions = Report(), {}
    try:
        if options.http or options.https:
            endpoints, ca = [e for e in (options.http, options.https) if e], options.ca
            key, secret = os.environ["ANVIL_CLIENT_ID"], os.environ["ANVIL_CLIENT_SECRET"]
        else:
            from node import Node
            node = Node(root)
            endpoints, ca, key, secret = node.endpoints, node.ca, node.key, node.secret
        def one(name, endpoint):
            world = World(endpoint, ca, key, secret, installed, tempfile.mkdtemp(dir=root))
            if name in software.ALL:
                made = software.ALL[name]
                report(name, world.scheme, "works", lambda: versions.__setitem__(name, made(world)))
                return
            client = clients()[name](world)
            versions[client.name] = client.version
            Checks(client, world, options.files, options.quick).run(report, options.checks and options.checks.split(","))
            if name == "aws-sdk-js":
                client.close()

        for name in names:
            with concurrent.futures.ThreadPoolExecutor() as both:
                for done in [both.submit(one, name, endpoint) for endpoint in endpoints]:
                    done.result()
    finally:
        if node:
            node.stop()
        shutil.rmtree(root, ignore_errors=True)
    print()
    print(report.table(versions))
    for line in report.failed:
        print("FAILED: " + line, file=sys.stderr)
    return 1 if report.failed else 0


if __name__ == "__main__":
    sys.exit(main())
