package dev.anvil.s3.form;

import dev.anvil.s3.wire.S3Code;
import dev.anvil.s3.wire.S3Failure;
import dev.anvil.s3.wire.S3Limits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A multipart/form-data body up to and with its file. Fields are small and come first; the file is
 * a stream, and what follows it is not looked at. Memory is bounded whatever is sent.
 */
public final class FormReader {
  private static final Pattern BOUNDARY =
      Pattern.compile("boundary=(?:\"([^\"]{1,70})\"|([^;\\s]{1,70}))", Pattern.CASE_INSENSITIVE);
  private static final Pattern NAME =
      Pattern.compile("[;\\s]name=(?:\"([^\"]*)\"|([^;\\s]+))", Pattern.CASE_INSENSITIVE);
  private static final Pattern FILE_NAME =
      Pattern.compile("[;\\s]filename=(?:\"([^\"]*)\"|([^;\\s]+))", Pattern.CASE_INSENSITIVE);
  private static final String FILE = "file";
  private static final int BUFFER = 16 << 10;

  private final InputStream in;
  private final byte[] delimiter;
  private final byte[] buffer = new byte[BUFFER];
  private int at;
  private int end;
  private boolean exhausted;
  private boolean partEnded;
  private final Map<String, String> fields = new LinkedHashMap<>();
  private String fileName = "";

  private FormReader(InputStream in, String boundary) {
    this.in = in;
    this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
  }

  /**
   * Reads all fields before the file.
   *
   * @param contentType of the request; names the boundary
   * @throws S3Failure MalformedPOSTRequest, InvalidArgument if there is no file
   */
  public static FormReader open(InputStream in, String contentType) throws IOException {
    Matcher boundary = BOUNDARY.matcher(contentType);
    if (!boundary.find()) {
      throw malformed("the boundary is missing");
    }
    String named = boundary.group(1) == null ? boundary.group(2) : boundary.group(1);
    FormReader form = new FormReader(in, named);
    form.readFields();
    return form;
  }

  /** Fields by name in lower case. */
  public Map<String, String> fields() {
    return fields;
  }

  /** Name of the file, without a folder; empty if it has none. */
  public String fileName() {
    return fileName;
  }

  /** Bytes of the file. */
  public InputStream file() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        return length == 0 ? 0 : readPart(into, offset, length);
      }
    };
  }

  /**
   * Reads what follows the file, so that the connection can go on; a little of it only, for what
   * matters has been said.
   */
  public static void skipRest(InputStream body) throws IOException {
    byte[] bin = new byte[BUFFER];
    int left = S3Limits.MAX_FORM_REST;
    for (int n = body.read(bin); n >= 0 && left > 0; n = body.read(bin)) {
      left -= n;
    }
  }

  private void readFields() throws IOException {
    // the first delimiter has no line before it
    String first =
        "--" + new String(delimiter, 4, delimiter.length - 4, StandardCharsets.ISO_8859_1);
    if (!line().equals(first)) {
      throw malformed("it does not begin with its boundary");
    }
    int left = S3Limits.MAX_FORM_FIELDS;
    while (true) {
      String disposition = "";
      String type = null;
      for (String line = line(); !line.isEmpty(); line = line()) {
        String lower = line.toLowerCase(Locale.ROOT);
        disposition = lower.startsWith("content-disposition:") ? line : disposition;
        type = lower.startsWith("content-type:") ? line.substring(13).strip() : type;
      }
      String name = match(NAME, disposition).toLowerCase(Locale.ROOT);
      partEnded = false;
      if (name.equals(FILE)) {
        String sent = match(FILE_NAME, disposition);
        fileName = sent.substring(Math.max(sent.lastIndexOf('/'), sent.lastIndexOf('\\')) + 1);
        return;
      }
      String value = value(left);
      left -= name.length() + value.length();
      fields.put(name, value);
      String rest = line();
      if (!rest.isEmpty()) {
        throw new S3Failure(
            S3Code.InvalidArgument,
            "POST requires exactly one file upload per request.",
            Map.of("ArgumentName", FILE, "ArgumentValue", "0"));
      }
    }
  }

  private String value(int limit) throws IOException {
    byte[] bytes = new byte[Math.max(1, limit) + 1];
    int filled = 0;
    while (filled < bytes.length) {
      int n = readPart(bytes, filled, bytes.length - filled);
      if (n < 0) {
        return new String(bytes, 0, filled, StandardCharsets.UTF_8);
      }
      filled += n;
    }
    throw new S3Failure(
        S3Code.MaxPostPreDataLengthExceeded,
        "Your POST request fields preceding the upload file were too large.");
  }

  private static String match(Pattern pattern, String text) {
    Matcher m = pattern.matcher(text);
    if (!m.find()) {
      return "";
    }
    String value = m.group(1) == null ? m.group(2) : m.group(1);
    return new String(value.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    while (line.length() <= S3Limits.MAX_FORM_PART_HEAD) {
      if (at == end && !fill()) {
        throw malformed("it ends too early");
      }
      char c = (char) (buffer[at++] & 0xff);
      if (c == '\n' && !line.isEmpty() && line.charAt(line.length() - 1) == '\r') {
        line.setLength(line.length() - 1);
        return line.toString();
      }
      line.append(c);
    }
    throw malformed("a line is too long");
  }

  /** Bytes of the part that is open; -1 once its delimiter was passed. */
  private int readPart(byte[] into, int offset, int length) throws IOException {
    if (partEnded) {
      return -1;
    }
    while (end - at < delimiter.length && fill()) {
      // as much as a delimiter must be seen before a byte can be told from its start
    }
    int found = find();
    if (found == at) {
      at += delimiter.length;
      partEnded = true;
      return -1;
    }
    int safe = found > at ? found : end - delimiter.length + 1;
    if (found < 0 && exhausted) {
      throw malformed("it ends inside a part");
    }
    int n = Math.min(length, safe - at);
    System.arraycopy(buffer, at, into, offset, n);
    at += n;
    return n;
  }

  private int find() {
    for (int i = at; i + delimiter.length <= end; i++) {
      if (buffer[i] == '\r'
          && Arrays.equals(buffer, i, i + delimiter.length, delimiter, 0, delimiter.length)) {
        return i;
      }
    }
    return -1;
  }

  /** Reads more; false at the end. */
  private boolean fill() throws IOException {
    if (exhausted) {
      return false;
    }
    System.arraycopy(buffer, at, buffer, 0, end - at);
    end -= at;
    at = 0;
    int n = in.read(buffer, end, BUFFER - end);
    if (n < 0) {
      exhausted = true;
      return false;
    }
    end += n;
    return true;
  }

  static S3Failure malformed(String why) {
    return new S3Failure(
        S3Code.MalformedPOSTRequest,
        "The body of your POST request is not well-formed multipart/form-data.",
        Map.of("Detail", why));
  }
}
