"""Programs that keep their data in S3. Each function does a real job and returns the version of what did it."""
import json, os, socket, subprocess, time, urllib.error, urllib.request
from checks import data, same, same_tree, write


def restic(world):
    bucket, folder = world.bucket(), world.folder()
    env = {"AWS_ACCESS_KEY_ID": world.key, "AWS_SECRET_ACCESS_KEY": world.secret, "RESTIC_PASSWORD": "backup",
           "RESTIC_REPOSITORY": f"s3:{world.endpoint}/{bucket}", "RESTIC_CACHE_DIR": folder + "/cache"}
    command = [world.tool("restic"), "--cacert", world.ca, "-o", "s3.region=us-east-1"]
    for i in range(120):
        write(f"{folder}/source/d{i % 7}/f{i}", data(i, i * 1_237))
    write(f"{folder}/source/large", data(9, 12 << 20))
    world.run(command + ["init"], env)
    world.run(command + ["backup", folder + "/source"], env)
    write(f"{folder}/source/d1/new", b"second")
    world.run(command + ["backup", folder + "/source"], env)
    world.run(command + ["check", "--read-data"], env)
    world.run(command + ["restore", "latest", "--target", folder + "/restored"], env)
    same_tree(folder + "/source", folder + "/restored" + folder + "/source")
    world.run(command + ["forget", "--keep-last", "1", "--prune"], env)
    world.run(command + ["check", "--read-data"], env)
    return world.run(command + ["version"], env).split()[1]


def pyarrow(world):
    """In a process of its own: its S3 library reads certificates once."""
    return _python(world, "pyarrow_dataset.py")


def deltalake(world):
    return _python(world, "delta_writers.py")


def _python(world, script):
    env = {"SCHEME": world.scheme, "ENDPOINT": world.endpoint, "KEY": world.key, "SECRET": world.secret, "CA": world.ca,
           "BUCKET": world.bucket(), "AWS_CA_BUNDLE": world.ca, "SSL_CERT_FILE": world.ca}
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "jobs", script)
    return world.run([world.tool("python"), path], env).split()[-1]


def docker_registry(world):
    """Pushes and pulls an image's parts, with the registry's bytes in a bucket; a restart of the registry in between."""
    folder, bucket = world.folder(), world.bucket()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    s3 = {"accesskey": world.key, "secretkey": world.secret, "region": "us-east-1", "regionendpoint": world.endpoint,
          "bucket": bucket, "secure": world.scheme == "https", "skipverify": True, "v4auth": True, "forcepathstyle": True,
          "chunksize": 5 << 20}
    config = {"version": 0.1, "log": {"level": "warn"}, "http": {"addr": f"127.0.0.1:{port}"},
              "storage": {"s3": s3, "delete": {"enabled": True}, "redirect": {"disable": True}}}
    write(folder + "/config.yml", json.dumps(config).encode())
    _make_bucket(world, bucket)
    base = f"http://127.0.0.1:{port}/v2/own/image"
    layer = data(5, 11 << 20)
    digests = {}
    manifest_type = "application/vnd.docker.distribution.manifest.v2+json"

    def start():
        log = open(folder + "/log", "ab")
        env = {k: v for k, v in os.environ.items() if not k.startswith("AWS_")}
        process = subprocess.Popen([world.tool("docker-registry"), "serve", folder + "/config.yml"], env=env, stdout=log, stderr=log)
        end = time.time() + 30
        while time.time() < end:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/v2/", timeout=2).read()
                return process
            except OSError:
                time.sleep(0.1)
        process.kill()
        raise RuntimeError("the registry does not start: " + open(folder + "/log").read()[-500:])

    def call(method, url, body=None, kind="application/octet-stream"):
        request = urllib.request.Request(url, body, method=method, headers={"Content-Type": kind, "Accept": manifest_type})
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.headers, answer.read()
        except urllib.error.HTTPError as e:
            raise RuntimeError(f"{method} {url}: {e.code} {e.read()[:300]} {open(folder + '/log').read()[-600:]}") from e

    import hashlib
    process = start()
    try:
        config_blob = b'{"architecture":"amd64","os":"linux","rootfs":{"type":"layers","diff_ids":[]}}'
        for name, content in (("layer", layer), ("config", config_blob)):
            digests[name] = "sha256:" + hashlib.sha256(content).hexdigest()
            place = call("POST", base + "/blobs/uploads/", b"")[0]["Location"]
            # in two pieces, as clients do that go on after a break
            half = len(content) // 2
            place = call("PATCH", place, content[:half])[0]["Location"]
            place = call("PATCH", place, content[half:])[0]["Location"]
            call("PUT", place + ("&" if "?" in place else "?") + "digest=" + digests[name], b"")
        manifest = json.dumps({"schemaVersion": 2, "mediaType": manifest_type, "config": {
            "mediaType": "application/vnd.docker.container.image.v1+json", "size": len(config_blob), "digest": digests["config"]},
            "layers": [{"mediaType": "application/vnd.docker.image.rootfs.diff.tar.gzip", "size": len(layer),
                        "digest": digests["layer"]}]}).encode()
        call("PUT", base + "/manifests/v1", manifest, manifest_type)
        process.terminate()
        process.wait(20)
        process = start()
        same(call("GET", base + "/manifests/v1")[1], manifest, "the manifest")
        same(call("GET", base + "/blobs/" + digests["layer"])[1], layer, "the layer")
        same(json.loads(call("GET", base + "/tags/list")[1])["tags"], ["v1"], "the tags")
    finally:
        process.terminate()
        process.wait(20)
    return world.run([world.tool("docker-registry"), "--version"]).split()[-1]


def _make_bucket(world, bucket):
    """Signed by hand: the registry makes no bucket, and needs no SDK."""
    import datetime, hashlib, hmac
    now = datetime.datetime.now(datetime.timezone.utc).strftime("%Y%m%dT%H%M%SZ")
    host, empty = world.endpoint.split("://")[1], hashlib.sha256(b"").hexdigest()
    names = "host;x-amz-content-sha256;x-amz-date"
    canonical = f"PUT\n/{bucket}\n\nhost:{host}\nx-amz-content-sha256:{empty}\nx-amz-date:{now}\n\n{names}\n{empty}"
    scope = f"{now[:8]}/us-east-1/s3/aws4_request"
    key = ("AWS4" + world.secret).encode()
    for part in scope.split("/"):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    text = f"AWS4-HMAC-SHA256\n{now}\n{scope}\n{hashlib.sha256(canonical.encode()).hexdigest()}"
    signature = hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
    from checks import fetch
    fetch(world, f"{world.endpoint}/{bucket}", "PUT", b"", {
        "x-amz-content-sha256": empty, "x-amz-date": now,
        "Authorization": f"AWS4-HMAC-SHA256 Credential={world.key}/{scope}, SignedHeaders={names}, Signature={signature}"})


ALL = {"restic": restic, "pyarrow": pyarrow, "deltalake": deltalake, "docker-registry": docker_registry}
