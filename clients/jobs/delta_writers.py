"""Several writers append to one Delta table at once; If-None-Match alone keeps their commits apart."""
import os
import threading
import deltalake
import pyarrow as pa
from deltalake import DeltaTable, write_deltalake
from pyarrow import fs

e = os.environ
s3 = fs.S3FileSystem(access_key=e["KEY"], secret_key=e["SECRET"], endpoint_override=e["ENDPOINT"].split("://")[1], scheme=e["SCHEME"],
                     region="us-east-1", allow_bucket_creation=True, tls_ca_file_path=e["CA"])
s3.create_dir(e["BUCKET"])
options = {"aws_access_key_id": e["KEY"], "aws_secret_access_key": e["SECRET"], "aws_endpoint": e["ENDPOINT"], "aws_region": "us-east-1",
           "aws_allow_http": "true", "aws_conditional_put": "etag", "allow_invalid_certificates": "true",
           "aws_virtual_hosted_style_request": "false"}
place = f"s3://{e['BUCKET']}/table"
WRITERS, ROUNDS = 6, 4
write_deltalake(place, pa.table({"writer": pa.array([-1]), "round": pa.array([-1])}), storage_options=options)
failures = []


def write(writer):
    try:
        for number in range(ROUNDS):
            rows = pa.table({"writer": pa.array([writer] * 10), "round": pa.array([number] * 10)})
            write_deltalake(place, rows, mode="append", storage_options=options,
                            commit_properties=deltalake.CommitProperties(max_commit_retries=100))
    except Exception as failure:  # told by the main thread
        failures.append(failure)


threads = [threading.Thread(target=write, args=(w,)) for w in range(WRITERS)]
for t in threads:
    t.start()
for t in threads:
    t.join()
assert not failures, failures
table = DeltaTable(place, storage_options=options)
assert table.version() == WRITERS * ROUNDS, table.version()
rows = pa.table(table.to_pyarrow_table()) if hasattr(table, "to_pyarrow_table") else table.to_pyarrow_dataset().to_table()
assert rows.num_rows == 1 + WRITERS * ROUNDS * 10, rows.num_rows
seen = sorted(set(zip(rows["writer"].to_pylist(), rows["round"].to_pylist())))
assert seen == sorted([(-1, -1)] + [(w, r) for w in range(WRITERS) for r in range(ROUNDS)])
print(deltalake.__version__)
