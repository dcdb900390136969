package dev.anvil.s3.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/** Builds a document that any XML 1.0 parser reads, whatever text it is given. */
public final class XmlWriter {
  /** Namespace of S3's documents. */
  public static final String NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/";

  private static final String HEAD = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

  /** Stands for characters that XML 1.0 cannot carry in any spelling. */
  private static final char REPLACEMENT = '\uFFFD';

  private final StringBuilder out = new StringBuilder(1024);
  private final Deque<String> open = new ArrayDeque<>();

  private XmlWriter() {
    out.append(HEAD);
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
    out.append('<').append(name).append(" xmlns=\"").append(NAMESPACE).append("\">");
    open.push(name);
    return this;
  }

  /** Opens an element. */
  public XmlWriter open(String name) {
    out.append('<').append(name).append('>');
    open.push(name);
    return this;
  }

  /** Opens an element with attributes, which are constants of the code. */
  public XmlWriter open(String name, String attributes) {
    out.append('<').append(name).append(' ').append(attributes).append('>');
    open.push(name);
    return this;
  }

  /** Closes the innermost element. */
  public XmlWriter close() {
    out.append("</").append(open.pop()).append('>');
    return this;
  }

  /** An element with text; nothing at all for null. */
  public XmlWriter element(String name, String text) {
    if (text != null) {
      out.append('<').append(name).append('>');
      escape(text);
      out.append("</").append(name).append('>');
    }
    return this;
  }

  /** Text inside the innermost element. */
  public XmlWriter text(String text) {
    escape(text);
    return this;
  }

  /** An element with a number. */
  public XmlWriter element(String name, long number) {
    out.append('<').append(name).append('>').append(number).append("</").append(name).append('>');
    return this;
  }

  /** An element with a truth value. */
  public XmlWriter element(String name, boolean value) {
    return element(name, Boolean.toString(value));
  }

  private void escape(String text) {
    for (int i = 0; i < text.length(); i++) {
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
  }

  /** All elements closed, as UTF-8. */
  public byte[] bytes() {
    return bytes(0);
  }

  /** What every document begins with. */
  public static byte[] head() {
    return HEAD.getBytes(StandardCharsets.UTF_8);
  }

  /** The same as {@link #bytes()} without the head, which was sent already. */
  public byte[] bytesAfterHead() {
    return bytes(HEAD.length());
  }

  private byte[] bytes(int from) {
    while (!open.isEmpty()) {
      close();
    }
    return out.substring(from).getBytes(StandardCharsets.UTF_8);
  }
}
