package dev.anvil.s3.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/** Builds a document that any XML 1.0 parser reads, whatever text it is given. */
public final class XmlWriter {
  /** Namespace of S3's documents. */
  public static final String NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/";

  private static final String HEAD = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

  /** Stands for characters that XML 1.0 cannot carry in any spelling. */
  private static final char REPLACEMENT = '\uFFFD';

  /** Characters of ASCII that stand for themselves. */
  private static final boolean[] PLAIN = plain();

  /** Bytes a document starts with room for. */
  private static final int ROOM = 1024;

  private final Deque<String> open = new ArrayDeque<>();
  private byte[] out = new byte[ROOM];
  private int size;

  private XmlWriter() {
    markup(HEAD);
  }

  /** Markup made ahead, for {@link #markup(byte[])}. */
  public static byte[] constant(String markup) {
    return markup.getBytes(StandardCharsets.UTF_8);
  }

  /** Makes room for so many bytes more, so that a long document is not copied as it grows. */
  public XmlWriter room(int bytes) {
    if (out.length - size < bytes) {
      out = Arrays.copyOf(out, Math.max(2 * out.length, size + bytes));
    }
    return this;
  }

  /** Markup as it is, with every element that it opens closed in this or a later piece. */
  public XmlWriter markup(byte[] constant) {
    room(constant.length);
    System.arraycopy(constant, 0, out, size, constant.length);
    size += constant.length;
    return this;
  }

  private XmlWriter markup(String constant) {
    int length = constant.length();
    room(length);
    for (int i = 0; i < length; i++) {
      out[size + i] = (byte) constant.charAt(i);
    }
    size += length;
    return this;
  }

  /** A document with its head. */
  public static XmlWriter document() {
    return new XmlWriter();
  }

  /** A document with its root element in the namespace of S3. */
  public static XmlWriter of(String root) {
    return document().root(root);
  }

  /** Opens the root element in the namespace of S3. */
  public XmlWriter root(String name) {
    markup("<").markup(name).markup(" xmlns=\"").markup(NAMESPACE).markup("\">");
    open.push(name);
    return this;
  }

  /** Opens an element. */
  public XmlWriter open(String name) {
    open.push(name);
    return markup("<").markup(name).markup(">");
  }

  /** Opens an element with attributes, which are constants of the code. */
  public XmlWriter open(String name, String attributes) {
    open.push(name);
    return markup("<").markup(name).markup(" ").markup(attributes).markup(">");
  }

  /** Closes the innermost element. */
  public XmlWriter close() {
    return markup("</").markup(open.pop()).markup(">");
  }

  /** An element with text; nothing at all for null. */
  public XmlWriter element(String name, String text) {
    if (text == null) {
      return this;
    }
    return markup("<").markup(name).markup(">").text(text).markup("</").markup(name).markup(">");
  }

  /** An element with a number. */
  public XmlWriter element(String name, long number) {
    return element(name, Long.toString(number));
  }

  /** An element with a truth value. */
  public XmlWriter element(String name, boolean value) {
    return element(name, Boolean.toString(value));
  }

  /** Text inside the innermost element. */
  public XmlWriter text(String text) {
    int length = text.length();
    room(length);
    byte[] to = out;
    int at = size;
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c >= 0x80 || !PLAIN[c]) {
        size = at;
        return markup(escaped(text, i).getBytes(StandardCharsets.UTF_8));
      }
      to[at++] = (byte) c;
    }
    size = at;
    return this;
  }

  private static String escaped(String text, int from) {
    StringBuilder out = new StringBuilder(text.length() - from + 16);
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        case '\r' -> out.append("&#13;");
        case '\n' -> out.append("&#10;");
        case '\t' -> out.append("&#9;");
        default -> out.append(c < 0x20 || c == 0xFFFE || c == 0xFFFF ? REPLACEMENT : c);
      }
    }
    return out.toString();
  }

  private static boolean[] plain() {
    boolean[] plain = new boolean[0x80];
    for (char c = 0x20; c < 0x80; c++) {
      plain[c] = "&<>\"".indexOf(c) < 0;
    }
    return plain;
  }

  /** All elements closed, as UTF-8. */
  public byte[] bytes() {
    finish();
    return Arrays.copyOf(out, size);
  }

  /** The same without a copy; nothing may be written after. */
  public ByteBuffer content() {
    finish();
    return ByteBuffer.wrap(out, 0, size).slice();
  }

  /** What every document begins with. */
  public static byte[] head() {
    return constant(HEAD);
  }

  /** The same as {@link #bytes()} without the head, which was sent already. */
  public byte[] bytesAfterHead() {
    finish();
    return Arrays.copyOfRange(out, HEAD.length(), size);
  }

  /** Closes what is open, which may need another array. */
  private void finish() {
    while (!open.isEmpty()) {
      close();
    }
  }
}
