package dev.anvil.client;

import dev.anvil.client.http.Content;
import dev.anvil.client.http.Paths;
import dev.anvil.client.http.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Map;

/**
 * The bytes of one version. A connection that breaks is made anew and goes on behind the last byte,
 * with the same version and entity tag; {@link Retries#attempts} in a row without a byte end it.
 */
final class ResumedBody extends InputStream {
  private static final int PARTIAL = 206;

  private final Calls calls;
  private final String path;
  private final String etag;
  private final long end;
  private Reply reply;
  private long at;
  private int failures;

  private ResumedBody(Calls calls, String path, String etag, Reply reply, long at, long end) {
    this.calls = calls;
    this.path = path;
    this.etag = etag;
    this.reply = reply;
    this.at = at;
    this.end = end;
  }

  /** Of an answer; one that cannot be gone on with is read as it comes. */
  static Download download(Calls calls, String path, Reply reply) {
    ObjectInfo info = ObjectInfo.of(reply);
    String tag = reply.header("ETag").orElse("");
    boolean whole = reply.status() != PARTIAL;
    long from = whole ? 0 : from(reply);
    if (tag.isEmpty() || info.version().isEmpty() || reply.length() < 0 || from < 0) {
      return new Download(info, reply.body());
    }
    String version = path + "?version=" + Paths.value(info.version());
    long end = from + reply.length();
    return new Download(info, new ResumedBody(calls, version, tag, reply, from, end));
  }

  /** First byte of a single range, or -1. */
  private static long from(Reply reply) {
    String range = reply.header("Content-Range").orElse("");
    int dash = range.indexOf('-');
    return range.startsWith("bytes ") && dash > 0 ? Long.parseLong(range.substring(6, dash)) : -1;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int offset, int size) throws IOException {
    while (true) {
      try {
        int n = reply.body().read(into, offset, size);
        if (n > 0) {
          at += n;
          failures = 0;
        }
        return n;
      } catch (IOException e) {
        again(e);
      }
    }
  }

  private void again(IOException cut) throws IOException {
    reply.close();
    failures++;
    if (failures >= calls.retries().attempts()) {
      throw cut;
    }
    try {
      Thread.sleep(calls.retries().pause(failures));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException("interrupted").initCause(cut);
    }
    String range = "bytes=" + at + "-" + (end - 1);
    Map<String, String> headers = Map.of("Range", range, "If-Match", etag);
    try {
      reply = calls.run(new Calls.Request("GET", path, headers, Content.NONE, true), r -> r);
    } catch (AnvilException e) {
      cut.addSuppressed(e);
      throw new IOException("the download broke off and could not go on: " + e.getMessage(), cut);
    }
    if (reply.status() != PARTIAL || from(reply) != at) {
      reply.close();
      throw new IOException("the download broke off, and the server gives no ranges", cut);
    }
  }

  @Override
  public void close() throws IOException {
    reply.close();
  }
}
