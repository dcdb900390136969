"""Writes a partitioned Parquet dataset into a bucket and queries it."""
import os
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds
from pyarrow import fs

e = os.environ
s3 = fs.S3FileSystem(access_key=e["KEY"], secret_key=e["SECRET"], endpoint_override=e["ENDPOINT"].split("://")[1], scheme=e["SCHEME"],
                     region="us-east-1", allow_bucket_creation=True, tls_ca_file_path=e["CA"])
bucket = e["BUCKET"]
s3.create_dir(bucket)
rows = 200_000
table = pa.table({"id": pa.array(range(rows)), "part": pa.array([i % 5 for i in range(rows)]),
                  "text": pa.array([f"row {i}" for i in range(rows)])})
ds.write_dataset(table, f"{bucket}/table", filesystem=s3, format="parquet", partitioning=["part"], max_rows_per_group=10_000)
back = ds.dataset(f"{bucket}/table", filesystem=s3, format="parquet", partitioning=["part"])
assert back.count_rows() == rows
found = back.to_table(filter=(pc.field("part") == 3) & (pc.field("id") < 1_000), columns=["id", "text"])
assert sorted(found["id"].to_pylist()) == list(range(3, 1_000, 5)), found.num_rows
assert pc.sum(back.to_table(columns=["id"])["id"]).as_py() == rows * (rows - 1) // 2
with s3.open_output_stream(f"{bucket}/big") as out:
    for i in range(24):
        out.write(bytes([i]) * (1 << 20))
with s3.open_input_file(f"{bucket}/big") as file:
    assert file.size() == 24 << 20
    file.seek((5 << 20) - 2)
    assert file.read(4) == bytes([4, 4, 5, 5])
s3.copy_file(f"{bucket}/big", f"{bucket}/copy")
s3.move(f"{bucket}/copy", f"{bucket}/moved")
names = sorted(i.path for i in s3.get_file_info(fs.FileSelector(bucket)))
assert names == [f"{bucket}/big", f"{bucket}/moved", f"{bucket}/table"], names
s3.delete_dir(f"{bucket}/table")
print(pa.__version__)
