package dev.anvil.s3.answer;

import dev.anvil.s3.wire.UriCoding;
import dev.anvil.s3.wire.XmlWriter;

/**
 * How a list writes keys.
 *
 * @param encoded whether they are percent-encoded
 */
record KeyText(boolean encoded) {
  /** As the parameter {@code encoding-type} wants. */
  static KeyText of(String encoding) {
    if (encoding == null || encoding.isEmpty()) {
      return new KeyText(false);
    }
    if (!encoding.equals("url")) {
      throw Numbers.argument(
          "encoding-type", encoding, "Invalid Encoding Method specified in Request");
    }
    return new KeyText(true);
  }

  String text(String key) {
    return encoded ? UriCoding.encodePath(key) : key;
  }

  /** Tells that keys are encoded. */
  void element(XmlWriter out) {
    out.element("EncodingType", encoded ? "url" : null);
  }
}
