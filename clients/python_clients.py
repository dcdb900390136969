"""boto3 and the aws command line."""
import json, os
from checks import Client, data, read, same, write

ALGORITHMS = ["CRC32", "SHA1", "SHA256"]
NEWER = ["CRC32C", "CRC64NVME"]


class Boto3(Client):
    name = "boto3"

    def __init__(self, world):
        super().__init__(world)
        import boto3
        from boto3.s3.transfer import TransferConfig
        from botocore.config import Config
        self.version = boto3.__version__
        self.s3 = boto3.client(
            "s3", endpoint_url=world.endpoint, verify=world.ca, region_name="us-east-1",
            aws_access_key_id=world.key, aws_secret_access_key=world.secret,
            config=Config(signature_version="s3v4", s3={"addressing_style": "path"}, retries={"max_attempts": 1}))
        self.transfer = TransferConfig(multipart_threshold=8 << 20, multipart_chunksize=8 << 20)

    def make_bucket(self, bucket):
        self.s3.create_bucket(Bucket=bucket)

    def remove_bucket(self, bucket):
        self.s3.delete_bucket(Bucket=bucket)

    def buckets(self):
        return [b["Name"] for b in self.s3.list_buckets()["Buckets"]]

    def put(self, path, bucket, key):
        self.s3.upload_file(path, bucket, key, Config=self.transfer)

    def get(self, bucket, key, path):
        os.makedirs(os.path.dirname(path), exist_ok=True)
        self.s3.download_file(bucket, key, path, Config=self.transfer)

    def list(self, bucket, prefix):
        pages = self.s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix, PaginationConfig={"PageSize": 7})
        return sorted(o["Key"] for page in pages for o in page.get("Contents", []))

    def upload_tree(self, folder, bucket, prefix):
        for root, _, files in os.walk(folder):
            for f in files:
                path = os.path.join(root, f)
                with open(path, "rb") as body:
                    self.s3.put_object(Bucket=bucket, Key=prefix + "/" + os.path.relpath(path, folder), Body=body)

    def download_tree(self, bucket, prefix, folder):
        for key in self.list(bucket, prefix + "/"):
            write(os.path.join(folder, key[len(prefix) + 1:]), self.s3.get_object(Bucket=bucket, Key=key)["Body"].read())

    sync_up, sync_down = upload_tree, download_tree

    def remove_tree(self, bucket, prefix):
        keys = [{"Key": k} for k in self.list(bucket, prefix + "/")]
        answer = self.s3.delete_objects(Bucket=bucket, Delete={"Objects": keys})
        assert not answer.get("Errors"), answer

    def presigned_get(self, bucket, key):
        return self.s3.generate_presigned_url("get_object", Params={"Bucket": bucket, "Key": key})

    def presigned_put(self, bucket, key):
        return self.s3.generate_presigned_url("put_object", Params={"Bucket": bucket, "Key": key})

    def range(self, bucket, key, first, last):
        return self.s3.get_object(Bucket=bucket, Key=key, Range=f"bytes={first}-{last}")["Body"].read()

    def copy(self, bucket, source, target):
        self.s3.copy_object(Bucket=bucket, Key=target, CopySource={"Bucket": bucket, "Key": source})

    def keep_versions(self, bucket):
        self.s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})

    def versions(self, bucket, key):
        return [v["VersionId"] for v in self.s3.list_object_versions(Bucket=bucket, Prefix=key)["Versions"]]

    def read_version(self, bucket, key, version):
        return self.s3.get_object(Bucket=bucket, Key=key, VersionId=version)["Body"].read()

    def checksums(self, bucket, path):
        import io
        for algorithm in ALGORITHMS + ([a for a in NEWER] if self._crt() else []):
            body = data(1, 50_000)
            put = self.s3.put_object(Bucket=bucket, Key=algorithm, Body=body, ChecksumAlgorithm=algorithm)
            got = self.s3.get_object(Bucket=bucket, Key=algorithm, ChecksumMode="ENABLED")
            same(got["Body"].read(), body, algorithm)
            same(got["Checksum" + algorithm], put["Checksum" + algorithm], algorithm)
            part = self.s3.create_multipart_upload(Bucket=bucket, Key="mp" + algorithm, ChecksumAlgorithm=algorithm)
            parts = []
            for number, content in ((1, data(1, 5 << 20)), (2, b"end")):
                up = self.s3.upload_part(Bucket=bucket, Key="mp" + algorithm, UploadId=part["UploadId"], PartNumber=number,
                                         Body=io.BytesIO(content), ChecksumAlgorithm=algorithm)
                parts.append({"PartNumber": number, "ETag": up["ETag"], "Checksum" + algorithm: up["Checksum" + algorithm]})
            self.s3.complete_multipart_upload(Bucket=bucket, Key="mp" + algorithm, UploadId=part["UploadId"],
                                              MultipartUpload={"Parts": parts})
            whole = self.s3.get_object(Bucket=bucket, Key="mp" + algorithm, ChecksumMode="ENABLED")["Body"].read()
            same(whole, data(1, 5 << 20) + b"end", "parts with " + algorithm)
        return True

    @staticmethod
    def _crt():
        try:
            import awscrt  # noqa: F401
            return True
        except ImportError:
            return False


class AwsCli(Client):
    name = "aws-cli"

    def __init__(self, world):
        super().__init__(world)
        self.version = world.run([world.tool("aws"), "--version"]).split()[0].split("/")[1]
        # without it links are signed in the old way
        config = write(os.path.join(world.folder(), "config"), b"[default]\ns3 =\n  signature_version = s3v4\n")
        self.env = {"AWS_ACCESS_KEY_ID": world.key, "AWS_SECRET_ACCESS_KEY": world.secret, "AWS_DEFAULT_REGION": "us-east-1",
                    "AWS_CA_BUNDLE": world.ca, "AWS_CONFIG_FILE": config, "AWS_MAX_ATTEMPTS": "1"}

    def _aws(self, *args):
        return self.world.run([self.world.tool("aws"), "--endpoint-url", self.world.endpoint, *args], self.env)

    def make_bucket(self, bucket):
        self._aws("s3", "mb", "s3://" + bucket)

    def remove_bucket(self, bucket):
        self._aws("s3", "rb", "s3://" + bucket)

    def buckets(self):
        return [line.split()[-1] for line in self._aws("s3", "ls").splitlines()]

    def put(self, path, bucket, key):
        self._aws("s3", "cp", "--quiet", path, f"s3://{bucket}/{key}")

    def get(self, bucket, key, path):
        self._aws("s3", "cp", "--quiet", f"s3://{bucket}/{key}", path)

    def list(self, bucket, prefix):
        found = json.loads(self._aws("s3api", "list-objects-v2", "--bucket", bucket, "--prefix", prefix, "--output", "json") or "{}")
        return sorted(o["Key"] for o in found.get("Contents", []))

    def upload_tree(self, folder, bucket, prefix):
        self._aws("s3", "cp", "--quiet", "--recursive", folder, f"s3://{bucket}/{prefix}/")

    def download_tree(self, bucket, prefix, folder):
        self._aws("s3", "cp", "--quiet", "--recursive", f"s3://{bucket}/{prefix}/", folder)

    def sync_up(self, folder, bucket, prefix):
        self._aws("s3", "sync", "--quiet", folder, f"s3://{bucket}/{prefix}/")
        same(self._aws("s3", "sync", folder, f"s3://{bucket}/{prefix}/").strip(), "", "a second sync has nothing to do")

    def sync_down(self, bucket, prefix, folder):
        self._aws("s3", "sync", "--quiet", f"s3://{bucket}/{prefix}/", folder)

    def remove_tree(self, bucket, prefix):
        self._aws("s3", "rm", "--quiet", "--recursive", f"s3://{bucket}/{prefix}/")

    def presigned_get(self, bucket, key):
        return self._aws("s3", "presign", f"s3://{bucket}/{key}").strip()

    def range(self, bucket, key, first, last):
        path = os.path.join(self.world.folder(), "range")
        self._aws("s3api", "get-object", "--bucket", bucket, "--key", key, "--range", f"bytes={first}-{last}", path)
        return read(path)

    def copy(self, bucket, source, target):
        self._aws("s3", "cp", "--quiet", f"s3://{bucket}/{source}", f"s3://{bucket}/{target}")

    def keep_versions(self, bucket):
        self._aws("s3api", "put-bucket-versioning", "--bucket", bucket, "--versioning-configuration", "Status=Enabled")

    def versions(self, bucket, key):
        found = json.loads(self._aws("s3api", "list-object-versions", "--bucket", bucket, "--prefix", key, "--output", "json"))
        return [v["VersionId"] for v in found["Versions"]]

    def read_version(self, bucket, key, version):
        path = os.path.join(self.world.folder(), "version")
        self._aws("s3api", "get-object", "--bucket", bucket, "--key", key, "--version-id", version, path)
        return read(path)

    def checksums(self, bucket, path):
        write(path, data(1, 9 << 20))
        for algorithm in ALGORITHMS[:1] if self.quick else ALGORITHMS:
            self._aws("s3", "cp", "--quiet", "--checksum-algorithm", algorithm, path, f"s3://{bucket}/sum-{algorithm}")
            self._aws("s3", "cp", "--quiet", "--checksum-mode", "ENABLED", f"s3://{bucket}/sum-{algorithm}", path + "-back")
            same(read(path + "-back"), read(path), algorithm)
        return True
