"""What every client has to do, whatever it is. A client offers some of the operations below; a check that needs another
one is marked as not offered. Checks raise on the first byte that is not what it must be."""
import filecmp, hashlib, os, random, ssl, urllib.request

AWKWARD = ["a b.txt", "a+b.txt", "100%.txt", "a&b=c.txt", "semi;colon", "quote'one", "ümlaut-日本語.txt",
           "tilde~hash#", "brackets[x](y)", "equals=at@", "dir one/inner+file", "deep/a/b/c/d/e", "comma,dollar$", "excl!star"]


class NotOffered(Exception):
    """The client has no such operation."""


class Client:
    """What a client offers. Every method may be missing."""
    name = "?"
    quick = False

    def __init__(self, world):
        self.world = world

    def __getattr__(self, operation):
        if operation.startswith("_"):
            raise AttributeError(operation)
        raise NotOffered(operation)


def data(seed, size):
    return random.Random(seed).randbytes(size)


def write(path, content):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as out:
        out.write(content)
    return path


def read(path):
    with open(path, "rb") as source:
        return source.read()


def same(actual, expected, what):
    if actual != expected:
        def shown(x):
            return f"{len(x)} bytes {hashlib.sha256(x).hexdigest()[:12]}" if isinstance(x, bytes) else repr(x)[:300]
        raise AssertionError(f"{what}: expected {shown(expected)}, got {shown(actual)}")


def same_tree(one, other):
    found = {}
    for root in (one, other):
        found[root] = sorted(os.path.relpath(os.path.join(d, f), root) for d, _, fs in os.walk(root) for f in fs)
    same(found[other], found[one], "names of the tree")
    wrong = filecmp.cmpfiles(one, other, found[one], shallow=False)
    same((wrong[1], wrong[2]), ([], []), "contents of the tree")


def fetch(world, url, method="GET", body=None, headers=None):
    context = ssl.create_default_context(cafile=world.ca) if url.startswith("https") else None
    request = urllib.request.Request(url, data=body, method=method, headers=headers or {})
    with urllib.request.urlopen(request, context=context, timeout=60) as answer:
        return answer.read()


class Checks:
    """One client at one endpoint, in buckets of its own."""

    def __init__(self, client, world, files, quick=False):
        self.c, self.w, self.files = client, world, files
        self.sizes = (0, 100_000) if quick else (0, 1, 4096, 100_000)
        client.quick = quick
        self.bucket = world.bucket()
        self.dir = world.folder()

    def path(self, *parts):
        return os.path.join(self.dir, *parts)

    def check_bucket(self):
        other = self.w.bucket()
        self.c.make_bucket(other)
        assert other in self.c.buckets(), "a new bucket is listed"
        self.c.remove_bucket(other)
        assert other not in self.c.buckets(), "a removed bucket is not"

    def check_small(self):
        for size in self.sizes:
            content = data(size, size)
            self.c.put(write(self.path("up", f"s{size}"), content), self.bucket, f"small/s{size}")
            self.c.get(self.bucket, f"small/s{size}", self.path("down", f"s{size}"))
            same(read(self.path("down", f"s{size}")), content, f"{size} bytes")
        same(self.c.list(self.bucket, "small/"), sorted(f"small/s{s}" for s in self.sizes), "the list")

    def check_multipart(self):
        content = data(7, 22 << 20)
        self.c.put(write(self.path("up", "large"), content), self.bucket, "large")
        self.c.get(self.bucket, "large", self.path("down", "large"))
        same(read(self.path("down", "large")), content, "22 MiB in parts")

    def check_keys(self):
        for name in AWKWARD:
            write(self.path("keys", name), name.encode())
        self.c.upload_tree(self.path("keys"), self.bucket, "keys")
        same(self.c.list(self.bucket, "keys/"), sorted("keys/" + n for n in AWKWARD), "awkward keys")
        self.c.download_tree(self.bucket, "keys", self.path("keys-back"))
        same_tree(self.path("keys"), self.path("keys-back"))

    def check_presigned_get(self):
        self.c.put(write(self.path("up", "p"), b"presigned"), self.bucket, "pre signed+1")
        same(fetch(self.w, self.c.presigned_get(self.bucket, "pre signed+1")), b"presigned", "presigned get")

    def check_presigned_put(self):
        fetch(self.w, self.c.presigned_put(self.bucket, "pre put"), "PUT", b"put by url")
        self.c.get(self.bucket, "pre put", self.path("down", "pp"))
        same(read(self.path("down", "pp")), b"put by url", "presigned put")

    def check_range(self):
        self.c.put(write(self.path("up", "r"), bytes(range(200))), self.bucket, "ranged")
        same(self.c.range(self.bucket, "ranged", 50, 99), bytes(range(50, 100)), "a range")

    def check_copy(self):
        content = data(3, 70_000)
        self.c.put(write(self.path("up", "c"), content), self.bucket, "copy/source +1")
        self.c.copy(self.bucket, "copy/source +1", "copy/target é")
        self.c.get(self.bucket, "copy/target é", self.path("down", "c"))
        same(read(self.path("down", "c")), content, "a copy")

    def check_batch_delete(self):
        for i in range(25):
            write(self.path("batch", f"d {i}"), b"x")
        self.c.upload_tree(self.path("batch"), self.bucket, "batch")
        assert len(self.c.list(self.bucket, "batch/")) == 25, "all are there"
        self.c.remove_tree(self.bucket, "batch")
        same(self.c.list(self.bucket, "batch/"), [], "what is left")

    def check_versions(self):
        bucket = self.w.bucket()
        self.c.make_bucket(bucket)
        self.c.keep_versions(bucket)
        for text in (b"one", b"two"):
            self.c.put(write(self.path("up", "v"), text), bucket, "versioned")
        versions = self.c.versions(bucket, "versioned")
        assert len(versions) == 2, f"two versions, not {versions}"
        contents = sorted(self.c.read_version(bucket, "versioned", v) for v in versions)
        same(contents, [b"one", b"two"], "both versions")

    def check_checksums(self):
        done = self.c.checksums(self.bucket, self.path("up", "sum"))
        assert done, "at least one mode"

    def check_sync(self):
        for i in range(self.files):
            write(self.path("tree", f"d{i % 10}", f"f{i}.bin"), data(i, i * 37 % 9_000))
        self.c.sync_up(self.path("tree"), self.bucket, "tree")
        self.c.sync_down(self.bucket, "tree", self.path("tree-back"))
        same_tree(self.path("tree"), self.path("tree-back"))

    def run(self, report, only=None):
        known = {n[6:].replace("_", " "): getattr(self, n) for n in dir(self) if n.startswith("check_")}
        unknown = [n for n in only or [] if n not in known]
        if unknown:
            raise SystemExit(f"unknown checks: {', '.join(unknown)}; known are {', '.join(known)}")
        self.c.make_bucket(self.bucket)
        for name in only or known:
            report(self.c.name, self.w.scheme, name, known[name])
