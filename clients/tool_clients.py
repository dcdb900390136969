"""Tools with a command line: mc, rclone, s3cmd, s5cmd."""
import json, os
from checks import Client, NotOffered, read, write
from tools import MC


class Mc(Client):
    name = "mc"

    def __init__(self, world):
        super().__init__(world)
        self.folder = world.folder()
        os.makedirs(self.folder + "/certs/CAs")
        with open(world.ca) as ca, open(self.folder + "/certs/CAs/own.pem", "w") as out:
            out.write(ca.read())
        # built from its module, it does not know its version
        self.version = MC.split("@")[1].split("-")[1]
        scheme, host = world.endpoint.split("://")
        self.env = {"MC_HOST_anvil": f"{scheme}://{world.key}:{world.secret}@{host}"}

    def _mc(self, *args):
        return self.world.run([self.world.tool("mc"), "--config-dir", self.folder, "--quiet", *args], self.env)

    def make_bucket(self, bucket):
        self._mc("mb", "anvil/" + bucket)

    def remove_bucket(self, bucket):
        self._mc("rb", "anvil/" + bucket)

    def buckets(self):
        return [json.loads(line)["key"].rstrip("/") for line in self._mc("ls", "--json", "anvil").splitlines()]

    def put(self, path, bucket, key):
        self._mc("cp", path, f"anvil/{bucket}/{key}")

    def get(self, bucket, key, path):
        self._mc("cp", f"anvil/{bucket}/{key}", path)

    def list(self, bucket, prefix):
        lines = self._mc("ls", "--json", "--recursive", f"anvil/{bucket}/{prefix}").splitlines()
        return sorted(prefix + json.loads(line)["key"] for line in lines)

    def upload_tree(self, folder, bucket, prefix):
        self._mc("mirror", folder, f"anvil/{bucket}/{prefix}")

    def download_tree(self, bucket, prefix, folder):
        self._mc("mirror", f"anvil/{bucket}/{prefix}", folder)

    sync_up, sync_down = upload_tree, download_tree

    def remove_tree(self, bucket, prefix):
        self._mc("rm", "--recursive", "--force", f"anvil/{bucket}/{prefix}/")

    def presigned_get(self, bucket, key):
        found = [l for l in self._mc("share", "download", "--json", f"anvil/{bucket}/{key}").splitlines() if '"share"' in l]
        return json.loads(found[0])["share"]

    def range(self, bucket, key, first, last):
        return self.world.run([self.world.tool("mc"), "--config-dir", self.folder, "cat", "--offset", str(first), "--tail", "0",
                               f"anvil/{bucket}/{key}"], self.env, binary=True)[:last - first + 1]

    def copy(self, bucket, source, target):
        self._mc("cp", f"anvil/{bucket}/{source}", f"anvil/{bucket}/{target}")

    def keep_versions(self, bucket):
        self._mc("version", "enable", "anvil/" + bucket)

    def versions(self, bucket, key):
        lines = self._mc("ls", "--json", "--versions", f"anvil/{bucket}/{key}").splitlines()
        return [json.loads(line)["versionId"] for line in lines]

    def read_version(self, bucket, key, version):
        return self.world.run([self.world.tool("mc"), "--config-dir", self.folder, "cat", "--version-id", version,
                               f"anvil/{bucket}/{key}"], self.env, binary=True)

    def checksums(self, bucket, path):
        for algorithm in ("CRC64NVME", "CRC32", "CRC32C", "SHA1", "SHA256"):
            write(path, os.urandom(17 << 20))
            self._mc("cp", "--checksum", algorithm, path, f"anvil/{bucket}/sum-{algorithm}")
            self._mc("cp", f"anvil/{bucket}/sum-{algorithm}", path + "-back")
            assert read(path) == read(path + "-back"), algorithm
        return True


class Rclone(Client):
    name = "rclone"

    def __init__(self, world):
        super().__init__(world)
        self.version = world.run([world.tool("rclone"), "version"]).split()[1]
        self.env = {"RCLONE_CONFIG": "/dev/null", "RCLONE_CONFIG_A_TYPE": "s3", "RCLONE_CONFIG_A_PROVIDER": "Other",
                    "RCLONE_CONFIG_A_ENDPOINT": world.endpoint, "RCLONE_CONFIG_A_ACCESS_KEY_ID": world.key,
                    "RCLONE_CONFIG_A_SECRET_ACCESS_KEY": world.secret, "RCLONE_CONFIG_A_REGION": "us-east-1",
                    "RCLONE_CA_CERT": world.ca, "RCLONE_LOW_LEVEL_RETRIES": "1", "RCLONE_RETRIES": "1",
                    "RCLONE_S3_UPLOAD_CUTOFF": "8Mi"}

    def _rclone(self, *args, binary=False):
        return self.world.run([self.world.tool("rclone"), *args], self.env, binary=binary)

    def make_bucket(self, bucket):
        self._rclone("mkdir", "A:" + bucket)

    def remove_bucket(self, bucket):
        self._rclone("rmdir", "A:" + bucket)

    def buckets(self):
        return [line.split()[-1] for line in self._rclone("lsd", "A:").splitlines()]

    def put(self, path, bucket, key):
        self._rclone("copyto", path, f"A:{bucket}/{key}")

    def get(self, bucket, key, path):
        self._rclone("copyto", f"A:{bucket}/{key}", path)

    def list(self, bucket, prefix):
        if not self._rclone("lsf", f"A:{bucket}").split() or prefix not in self._rclone("lsf", f"A:{bucket}").splitlines():
            return []
        return sorted(prefix + l for l in self._rclone("lsf", "-R", "--files-only", f"A:{bucket}/{prefix}").splitlines())

    def upload_tree(self, folder, bucket, prefix):
        self._rclone("sync", folder, f"A:{bucket}/{prefix}")
        self._rclone("check", folder, f"A:{bucket}/{prefix}")

    def download_tree(self, bucket, prefix, folder):
        self._rclone("sync", f"A:{bucket}/{prefix}", folder)

    sync_up, sync_down = upload_tree, download_tree

    def remove_tree(self, bucket, prefix):
        self._rclone("delete", f"A:{bucket}/{prefix}")

    def presigned_get(self, bucket, key):
        return self._rclone("link", f"A:{bucket}/{key}").strip()

    def range(self, bucket, key, first, last):
        return self._rclone("cat", "--offset", str(first), "--count", str(last - first + 1), f"A:{bucket}/{key}", binary=True)

    def copy(self, bucket, source, target):
        self._rclone("copyto", f"A:{bucket}/{source}", f"A:{bucket}/{target}")


class S3cmd(Client):
    name = "s3cmd"

    def __init__(self, world):
        super().__init__(world)
        self.version = world.run([world.tool("s3cmd"), "--version"]).split()[-1]
        scheme, host = world.endpoint.split("://")
        self.options = ["-c", "/dev/null", "--access_key", world.key, "--secret_key", world.secret, "--host", host, "--host-bucket", host,
                        "--ca-certs", world.ca, "--ssl" if scheme == "https" else "--no-ssl", "--region", "us-east-1", "--no-progress",
                        "--multipart-chunk-size-mb", "8"]

    def _s3cmd(self, *args):
        return self.world.run([self.world.tool("s3cmd"), *self.options, *args])

    def make_bucket(self, bucket):
        self._s3cmd("mb", "s3://" + bucket)

    def remove_bucket(self, bucket):
        self._s3cmd("rb", "s3://" + bucket)

    def buckets(self):
        return [line.split("s3://")[1] for line in self._s3cmd("ls").splitlines()]

    def put(self, path, bucket, key):
        self._s3cmd("put", path, f"s3://{bucket}/{key}")

    def get(self, bucket, key, path):
        os.makedirs(os.path.dirname(path), exist_ok=True)
        self._s3cmd("get", "--force", f"s3://{bucket}/{key}", path)

    def list(self, bucket, prefix):
        lines = self._s3cmd("ls", "--recursive", f"s3://{bucket}/{prefix}").splitlines()
        return sorted(line.split(f"s3://{bucket}/", 1)[1] for line in lines)

    def upload_tree(self, folder, bucket, prefix):
        self._s3cmd("sync", folder + "/", f"s3://{bucket}/{prefix}/")

    def download_tree(self, bucket, prefix, folder):
        os.makedirs(folder, exist_ok=True)
        self._s3cmd("sync", f"s3://{bucket}/{prefix}/", folder + "/")

    sync_up, sync_down = upload_tree, download_tree

    def remove_tree(self, bucket, prefix):
        self._s3cmd("del", "--recursive", "--force", f"s3://{bucket}/{prefix}/")

    def copy(self, bucket, source, target):
        self._s3cmd("cp", f"s3://{bucket}/{source}", f"s3://{bucket}/{target}")

    def keep_versions(self, bucket):
        self._s3cmd("setversioning", "s3://" + bucket, "enable")
        raise NotOffered("versions")


class S5cmd(Client):
    name = "s5cmd"

    def __init__(self, world):
        super().__init__(world)
        self.version = world.run([world.tool("s5cmd"), "version"]).split("-")[0].strip()
        self.env = {"AWS_ACCESS_KEY_ID": world.key, "AWS_SECRET_ACCESS_KEY": world.secret, "AWS_REGION": "us-east-1",
                    "AWS_CA_BUNDLE": world.ca}

    def _s5cmd(self, *args, binary=False):
        return self.world.run([self.world.tool("s5cmd"), "--endpoint-url", self.world.endpoint, *args], self.env, binary=binary)

    def make_bucket(self, bucket):
        self._s5cmd("mb", "s3://" + bucket)

    def remove_bucket(self, bucket):
        self._s5cmd("rb", "s3://" + bucket)

    def buckets(self):
        return [line.split("s3://")[1] for line in self._s5cmd("ls").splitlines()]

    def put(self, path, bucket, key):
        self._s5cmd("cp", "--part-size", "8", path, f"s3://{bucket}/{key}")

    def get(self, bucket, key, path):
        self._s5cmd("cp", "--raw", f"s3://{bucket}/{key}", path)

    def list(self, bucket, prefix):
        try:
            lines = self._s5cmd("--json", "ls", f"s3://{bucket}/{prefix}*").splitlines()
        except RuntimeError as e:
            if "no object found" in str(e):
                return []
            raise
        return sorted(json.loads(line)["key"].split(f"s3://{bucket}/", 1)[1] for line in lines)

    def upload_tree(self, folder, bucket, prefix):
        self._s5cmd("cp", folder + "/", f"s3://{bucket}/{prefix}/")

    def download_tree(self, bucket, prefix, folder):
        self._s5cmd("cp", f"s3://{bucket}/{prefix}/*", folder + "/")

    def sync_up(self, folder, bucket, prefix):
        self._s5cmd("sync", folder + "/", f"s3://{bucket}/{prefix}/")

    def sync_down(self, bucket, prefix, folder):
        self._s5cmd("sync", f"s3://{bucket}/{prefix}/*", folder + "/")

    def remove_tree(self, bucket, prefix):
        self._s5cmd("rm", f"s3://{bucket}/{prefix}/*")

    def presigned_get(self, bucket, key):
        return self._s5cmd("presign", f"s3://{bucket}/{key}").strip()

    def copy(self, bucket, source, target):
        self._s5cmd("cp", "--raw", f"s3://{bucket}/{source}", f"s3://{bucket}/{target}")

    def keep_versions(self, bucket):
        self._s5cmd("bucket-version", "--set", "Enabled", "s3://" + bucket)

    def versions(self, bucket, key):
        return [line.split()[-1] for line in self._s5cmd("ls", "--all-versions", f"s3://{bucket}/{key}").splitlines()]

    def read_version(self, bucket, key, version):
        return self._s5cmd("cat", "--version-id", version, f"s3://{bucket}/{key}", binary=True)
