package dev.anvil.identity;

import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.ports.failure.Invalid;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Reads the resource of a scope: {@code *}, {@code bucket:docs}, {@code bucket:docs/a/*}, {@code
 * index:docs/name}, {@code group:acme.*}, {@code authz:type/id#member}. A star is last and follows
 * {@code :}, {@code /} or (groups) {@code .} directly; a literal one is written {@code %2A}, and
 * {@code %XX} stands for any byte.
 */
final class ScopeResourceParser {
  private static final Pattern GROUP = Pattern.compile("[a-z0-9][a-z0-9._-]{0,127}");
  private static final int MAX_INDEX_NAME_CHARS = 128;

  private final String text;
  private final boolean open;
  private final String rest;

  private ScopeResourceParser(String text, boolean open, String rest) {
    this.text = text;
    this.open = open;
    this.rest = rest;
  }

  /** Says which rule is broken; the caller names the value. */
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    Malformed(String rule) {
      super(rule, null, false, false);
    }
  }

  static ScopeResource parse(String text) throws Malformed {
    if (text.equals("*")) {
      return ScopeResource.ALL;
    }
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) <= ' ' || text.charAt(i) == 0x7F) {
        throw new Malformed("holds white space or a control character; write it as %XX");
      }
    }
    int colon = text.indexOf(':');
    String family = colon < 0 ? text : text.substring(0, colon);
    int star = text.indexOf('*');
    boolean open = star >= 0;
    if (open) {
      char before = star == 0 ? 0 : text.charAt(star - 1);
      boolean after = before == ':' || before == '/' || before == '.' && family.equals("group");
      if (star != text.length() - 1 || !after) {
        throw new Malformed(
            "has '*' where it may not stand: it is last, right after ':' or '/' (groups: '.');"
                + " a literal '*' is written %2A");
      }
    }
    String body = open ? text.substring(0, star) : text;
    ScopeResourceParser parser =
        new ScopeResourceParser(body, open, colon < 0 ? "" : body.substring(colon + 1));
    if (colon >= 0) {
      switch (family) {
        case "bucket":
          return parser.bucket();
        case "index":
          return parser.index();
        case "group":
          return parser.group();
        case "authz":
          return parser.authz();
        default:
      }
    }
    throw new Malformed(
        "starts with none of 'bucket:', 'index:', 'group:', 'authz:' and is not '*'");
  }

  private ScopeResource bucket() throws Malformed {
    if (open && rest.isEmpty()) {
      return ScopeResource.EVERY_BUCKET;
    }
    int slash = rest.indexOf('/');
    BucketName bucket = bucketName(slash < 0 ? rest : rest.substring(0, slash));
    if (slash < 0) {
      return ScopeResource.bucket(bucket);
    }
    byte[] key = decode(rest.substring(slash + 1));
    if (key.length > ObjectKey.MAX_BYTES || key.length == 0 && !open) {
      throw new Malformed(
          "names a key of " + key.length + " bytes; a key has 1 to " + ObjectKey.MAX_BYTES);
    }
    return open ? ScopeResource.prefix(bucket, key) : ScopeResource.key(bucket, ObjectKey.of(key));
  }

  private ScopeResource index() throws Malformed {
    if (open && rest.isEmpty()) {
      return whole("index:", new byte[0]);
    }
    int slash = rest.indexOf('/');
    if (slash < 0) {
      throw new Malformed("names no index; write 'index:<bucket>/<name>' or 'index:<bucket>/*'");
    }
    BucketName bucket = bucketName(rest.substring(0, slash));
    byte[] name = decode(rest.substring(slash + 1));
    boolean fits = open ? name.length == 0 : name.length > 0 && name.length <= MAX_INDEX_NAME_CHARS;
    if (!fits || rest.indexOf('/', slash + 1) >= 0) {
      throw new Malformed("has an index name that is not 1 to 128 bytes without '/', and not '*'");
    }
    return whole("index:" + bucket.value() + "/", ScopeResource.escape(name));
  }

  private ScopeResource group() throws Malformed {
    if (!(open && rest.isEmpty()) && !GROUP.matcher(rest).matches()) {
      throw new Malformed("names no group; a name matches " + GROUP.pattern());
    }
    return whole(text, new byte[0]);
  }

  private ScopeResource authz() throws Malformed {
    if (open && rest.isEmpty()) {
      return whole("authz:", new byte[0]);
    }
    int slash = rest.indexOf('/');
    if (slash <= 0 || rest.substring(0, slash).indexOf('#') >= 0) {
      throw new Malformed("names no type; write 'authz:<type>/<id>#<member>' or 'authz:<type>/*'");
    }
    String type = escapedText(rest.substring(0, slash)).replace("/", "%2F");
    String idAndMember = rest.substring(slash + 1);
    int hash = idAndMember.indexOf('#');
    String id = hash < 0 ? idAndMember : idAndMember.substring(0, hash);
    if (id.isEmpty() && !open
        || open && hash >= 0
        || hash == idAndMember.length() - 1 && hash >= 0) {
      throw new Malformed("has an empty id or member; write 'authz:<type>/<id>#<member>'");
    }
    String member = hash < 0 ? "" : "#" + escapedText(idAndMember.substring(hash + 1));
    // A '#' inside an id stays escaped, or it would be read as the start of a member.
    String escapedId = escapedText(id).replace("#", "%23");
    return whole("authz:" + type + "/" + escapedId + member, new byte[0]);
  }

  private ScopeResource whole(String head, byte[] escapedTail) {
    return new ScopeResource(
        ScopeResource.joined(head.getBytes(StandardCharsets.UTF_8), escapedTail), open);
  }

  private static BucketName bucketName(String name) throws Malformed {
    try {
      return new BucketName(name);
    } catch (Invalid e) {
      throw new Malformed("names no bucket: " + e.getMessage());
    }
  }

  private static String escapedText(String text) throws Malformed {
    return new String(ScopeResource.escape(decode(text)), StandardCharsets.UTF_8);
  }

  private static byte[] decode(String text) throws Malformed {
    ByteArrayOutputStream out = new ByteArrayOutputStream(text.length());
    byte[] bytes = strict(text);
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] != '%') {
        out.write(bytes[i]);
        continue;
      }
      int high = i + 1 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
      int low = i + 2 < bytes.length ? Character.digit(bytes[i + 2], 16) : -1;
      if (high < 0 || low < 0) {
        throw new Malformed("has '%' without two hexadecimal digits; a literal '%' is %25");
      }
      out.write(high << 4 | low);
      i += 2;
    }
    byte[] decoded = out.toByteArray();
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(decoded));
      return decoded;
    } catch (CharacterCodingException e) {
      throw new Malformed("is not UTF-8 after its escapes are taken out");
    }
  }

  private static byte[] strict(String text) throws Malformed {
    try {
      return ObjectKey.encode(text, "resource");
    } catch (Invalid e) {
      throw new Malformed("holds half of a surrogate pair");
    }
  }
}
