// Does with the AWS SDK for JavaScript what lines of JSON on stdin say; answers with lines on stdout.
import * as s3 from "@aws-sdk/client-s3";
import { Upload } from "@aws-sdk/lib-storage";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import fs from "node:fs";
import readline from "node:readline";
import { pipeline } from "node:stream/promises";
import { createRequire } from "node:module";

const client = new s3.S3Client({ endpoint: process.argv[2], region: "us-east-1", forcePathStyle: true, maxAttempts: 1 });
const send = (name, input) => client.send(new s3[name + "Command"](input));
const bytes = async (answer) => [...(await answer.Body.transformToByteArray())];

const operations = {
  version: () => createRequire(import.meta.url)("@aws-sdk/client-s3/package.json").version,
  makeBucket: (Bucket) => send("CreateBucket", { Bucket }).then(() => null),
  removeBucket: (Bucket) => send("DeleteBucket", { Bucket }).then(() => null),
  buckets: async () => (await send("ListBuckets", {})).Buckets.map((b) => b.Name),
  put: async (path, Bucket, Key) => {
    // small ones as bytes, larger ones as a stream in parts
    if (fs.statSync(path).size < 1 << 20) await send("PutObject", { Bucket, Key, Body: fs.readFileSync(path) });
    else await new Upload({ client, params: { Bucket, Key, Body: fs.createReadStream(path) } }).done();
  },
  get: async (Bucket, Key, path) => pipeline((await send("GetObject", { Bucket, Key })).Body, fs.createWriteStream(path)),
  list: async (Bucket, Prefix) => {
    const keys = [];
    for await (const page of s3.paginateListObjectsV2({ client, pageSize: 7 }, { Bucket, Prefix })) keys.push(...(page.Contents ?? []).map((o) => o.Key));
    return keys;
  },
  removeAll: async (Bucket, keys) => {
    const answer = await send("DeleteObjects", { Bucket, Delete: { Objects: keys.map((Key) => ({ Key })) } });
    if (answer.Errors?.length) throw new Error(JSON.stringify(answer.Errors));
  },
  presignedGet: (Bucket, Key) => getSignedUrl(client, new s3.GetObjectCommand({ Bucket, Key })),
  presignedPut: (Bucket, Key) => getSignedUrl(client, new s3.PutObjectCommand({ Bucket, Key })),
  range: async (Bucket, Key, first, last) => bytes(await send("GetObject", { Bucket, Key, Range: `bytes=${first}-${last}` })),
  copy: (Bucket, source, Key) => send("CopyObject", { Bucket, Key, CopySource: encodeURIComponent(`${Bucket}/${source}`) }).then(() => null),
  keepVersions: (Bucket) => send("PutBucketVersioning", { Bucket, VersioningConfiguration: { Status: "Enabled" } }).then(() => null),
  versions: async (Bucket, Prefix) => (await send("ListObjectVersions", { Bucket, Prefix })).Versions.map((v) => v.VersionId),
  readVersion: async (Bucket, Key, VersionId) => bytes(await send("GetObject", { Bucket, Key, VersionId })),
  checksums: async (Bucket) => {
    const modes = ["CRC32", "CRC32C", "CRC64NVME", "SHA1", "SHA256"];
    for (const ChecksumAlgorithm of modes) {
      for (const stream of [false, true]) {
        const content = Buffer.alloc(100_000, ChecksumAlgorithm);
        const path = `${process.env.TMPDIR ?? "/tmp"}/anvil-js-${process.pid}`;
        fs.writeFileSync(path, content);
        const Key = `sum-${ChecksumAlgorithm}-${stream}`;
        const Body = stream ? fs.createReadStream(path) : content;
        await send("PutObject", { Bucket, Key, Body, ContentLength: content.length, ChecksumAlgorithm });
        const got = await send("GetObject", { Bucket, Key, ChecksumMode: "ENABLED" });
        if (!got[`Checksum${ChecksumAlgorithm}`]) throw new Error(`no checksum ${ChecksumAlgorithm}`);
        if (!content.equals(Buffer.from(await got.Body.transformToByteArray()))) throw new Error(Key);
        fs.unlinkSync(path);
      }
    }
    return modes.length;
  },
};

for await (const line of readline.createInterface({ input: process.stdin })) {
  const [operation, ...args] = JSON.parse(line);
  try {
    const value = await operations[operation](...args);
    console.log(JSON.stringify({ value: value ?? null }));
  } catch (e) {
    console.log(JSON.stringify({ error: `${operation}: ${e.name}: ${e.message}` }));
  }
}
