package dev.anvil.s3.answer;

import dev.anvil.identity.Call;
import dev.anvil.identity.Circumstances;
import dev.anvil.objects.Digests;
import dev.anvil.s3.body.ChecksumHeaders;
import dev.anvil.s3.body.S3Checksum;
import dev.anvil.s3.body.Upload;
import dev.anvil.s3.sign.PayloadMode;
import dev.anvil.s3.sign.Proof;
import dev.anvil.s3.wire.HeaderText;
import dev.anvil.s3.wire.QueryText;
import dev.anvil.s3.wire.S3Code;
import dev.anvil.s3.wire.S3Exchange;
import dev.anvil.s3.wire.S3Failure;
import dev.anvil.s3.wire.S3Settings;
import dev.anvil.s3.wire.XmlTree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import org.eclipse.jetty.http.HttpFields;

/**
 * A request whose sender is known.
 *
 * @param exchange the request and its answer
 * @param call who calls
 * @param proof how that is known, and what is said of the body
 * @param query the query
 * @param headers headers; in a presigned request also those that its query stands for
 * @param settings what the operator decided
 */
public record S3Call(
    S3Exchange exchange,
    Call call,
    Proof proof,
    QueryText query,
    HttpFields headers,
    S3Settings settings) {
  /** Text of a header, or null. */
  public String header(String name) {
    return HeaderText.in(headers.get(name));
  }

  /** Who calls, where the body says what these headers say elsewhere. */
  public Call calling(HttpFields said) {
    Circumstances c = call.circumstances();
    return c.facts() instanceof HeaderFacts facts
        ? new Call(
            call.caller(),
            call.requestId(),
            new Circumstances(c.ip(), c.secure(), c.context(), c.revisionToken(), facts.over(said)))
        : call;
  }

  /** The same, in place of headers whose names start so. */
  public Call calling(String prefix, Map<String, String> said) {
    HttpFields.Mutable all = HttpFields.build();
    headers.stream().filter(f -> !f.getLowerCaseName().startsWith(prefix)).forEach(all::add);
    said.forEach((name, value) -> all.add(name, HeaderText.out(value)));
    return calling(all);
  }

  /** Whether the sender of a body gives something to check it by. */
  boolean hasDigest() {
    return headers.get("Content-MD5") != null || ChecksumHeaders.parse(headers).algorithm() != null;
  }

  /** Refuses a document whose sender gives nothing to check it by. */
  public void requireDigest(String message) {
    requireWhole();
    if (!hasDigest()) {
      throw new S3Failure(S3Code.InvalidRequest, message);
    }
  }

  /** The content that comes with the request. */
  public Upload upload(S3Checksum otherwise) {
    return Upload.of(exchange.body(), exchange.bodyLength(), headers, proof, otherwise);
  }

  /** The document that comes with the request; empty if there is none. */
  public byte[] document(int limit) {
    return document(limit, headers);
  }

  /** A document whose checksum headers speak of something else. */
  public XmlTree documentOfWhole(int limit, String root) {
    HttpFields.Mutable others = HttpFields.build(headers);
    for (S3Checksum c : S3Checksum.values()) {
      others.remove(c.header());
    }
    others.remove("x-amz-sdk-checksum-algorithm");
    byte[] bytes = document(limit, others);
    if (bytes.length == 0) {
      throw XmlTree.malformed();
    }
    return parse(bytes, root);
  }

  private byte[] document(int limit, HttpFields described) {
    if (exchange.bodyLength() == 0 && !(proof.payload() instanceof PayloadMode.Hashed)) {
      return new byte[0];
    }
    requireWhole();
    Upload upload = Upload.of(exchange.body(), exchange.bodyLength(), described, proof, null);
    byte[] bytes = read(upload.content(), limit);
    Digests digests = new Digests(upload.digests().computed());
    digests.update(ByteBuffer.wrap(bytes));
    digests.end().verify(upload.digests());
    return bytes;
  }

  /** Documents do not come in chunks. */
  private void requireWhole() {
    if (proof.payload().chunked()) {
      throw new S3Failure(
          S3Code.InvalidRequest, "The value of x-amz-content-sha256 header is invalid.");
    }
  }

  /** The same, taken apart. */
  public XmlTree document(int limit, String root) {
    return parse(document(limit), root);
  }

  private static XmlTree parse(byte[] bytes, String root) {
    if (bytes.length == 0) {
      throw new S3Failure(S3Code.MissingRequestBodyError);
    }
    return XmlTree.parse(bytes, root);
  }

  private static byte[] read(InputStream in, int limit) {
    byte[] bytes = new byte[Math.min(limit, 16 << 10)];
    int filled = 0;
    try {
      while (true) {
        int n = in.read(bytes, filled, bytes.length - filled);
        if (n < 0) {
          return Arrays.copyOf(bytes, filled);
        }
        filled += n;
        if (filled == limit) {
          throw new S3Failure(
              S3Code.MaxMessageLengthExceeded,
              "Your request was too big: this document has at most " + limit + " bytes.");
        }
        if (filled == bytes.length) {
          bytes = Arrays.copyOf(bytes, Math.min(limit, bytes.length * 2));
        }
      }
    } catch (IOException e) {
      throw new S3Failure(
          S3Code.IncompleteBody, "The document ended before its length; send it again.");
    }
  }
}
