"""The AWS SDK for JavaScript: a process that does what lines of JSON say."""
import json, os, subprocess
from checks import Client


class JavaScript(Client):
    name = "aws-sdk-js v3"

    def __init__(self, world):
        super().__init__(world)
        env = dict(os.environ, NODE_EXTRA_CA_CERTS=world.ca, AWS_ACCESS_KEY_ID=world.key, AWS_SECRET_ACCESS_KEY=world.secret,
                   NODE_PATH=world.tool("node_modules"))
        script = os.path.join(world.tool("node_modules"), "..", "client.mjs")
        here = os.path.join(os.path.dirname(os.path.abspath(__file__)), "client.mjs")
        with open(here) as source, open(script, "w") as out:
            out.write(source.read())
        self.process = subprocess.Popen(["node", script, world.endpoint], env=env, text=True,
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.version = self._call("version")

    def _call(self, operation, *args):
        self.process.stdin.write(json.dumps([operation, *args]) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline() or '{"error":"the process ended"}')
        if "error" in answer:
            raise RuntimeError(answer["error"])
        return answer.get("value")

    def make_bucket(self, bucket):
        self._call("makeBucket", bucket)

    def remove_bucket(self, bucket):
        self._call("removeBucket", bucket)

    def buckets(self):
        return self._call("buckets")

    def put(self, path, bucket, key):
        self._call("put", path, bucket, key)

    def get(self, bucket, key, path):
        os.makedirs(os.path.dirname(path), exist_ok=True)
        self._call("get", bucket, key, path)

    def list(self, bucket, prefix):
        return sorted(self._call("list", bucket, prefix))

    def upload_tree(self, folder, bucket, prefix):
        for root, _, files in os.walk(folder):
            for f in files:
                path = os.path.join(root, f)
                self.put(path, bucket, prefix + "/" + os.path.relpath(path, folder))

    def download_tree(self, bucket, prefix, folder):
        for key in self.list(bucket, prefix + "/"):
            self.get(bucket, key, os.path.join(folder, key[len(prefix) + 1:]))

    sync_up, sync_down = upload_tree, download_tree

    def remove_tree(self, bucket, prefix):
        self._call("removeAll", bucket, self.list(bucket, prefix + "/"))

    def presigned_get(self, bucket, key):
        return self._call("presignedGet", bucket, key)

    def presigned_put(self, bucket, key):
        return self._call("presignedPut", bucket, key)

    def range(self, bucket, key, first, last):
        return bytes(self._call("range", bucket, key, first, last))

    def copy(self, bucket, source, target):
        self._call("copy", bucket, source, target)

    def keep_versions(self, bucket):
        self._call("keepVersions", bucket)

    def versions(self, bucket, key):
        return self._call("versions", bucket, key)

    def read_version(self, bucket, key, version):
        return bytes(self._call("readVersion", bucket, key, version))

    def checksums(self, bucket, path):
        return self._call("checksums", bucket)

    def close(self):
        self.process.stdin.close()
        self.process.wait(20)
