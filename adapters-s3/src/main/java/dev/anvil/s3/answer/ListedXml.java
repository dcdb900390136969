package dev.anvil.s3.answer;

import dev.anvil.objects.ObjectSummary;
import dev.anvil.s3.wire.XmlWriter;

/** What lists say of each key between its values, made once: a page has a thousand of them. */
final class ListedXml {
  /** Bytes of most entries at most. */
  static final int USUAL_BYTES = 400;

  static final byte[] CONTENTS_KEY = XmlWriter.constant("<Contents><Key>");
  static final byte[] KEY_MODIFIED = XmlWriter.constant("</Key><LastModified>");
  static final byte[] CONTENTS_END = XmlWriter.constant("</Contents>");
  static final byte[] MODIFIED_END = XmlWriter.constant("</LastModified>");
  private static final byte[] ETAG = XmlWriter.constant("<ETag>&quot;");
  private static final byte[] ETAG_END = XmlWriter.constant("&quot;</ETag>");
  private static final byte[] SIZE = XmlWriter.constant("<Size>");
  private static final byte[] SIZE_END =
      XmlWriter.constant("</Size><StorageClass>STANDARD</StorageClass>");

  private ListedXml() {}

  /** Entity tag, names of the checksums, size and storage class. */
  static void content(XmlWriter out, ObjectSummary object) {
    out.markup(ETAG).text(object.etag()).markup(ETAG_END);
    Out.algorithms(out, object.checksums());
    out.markup(SIZE).text(Long.toString(object.size())).markup(SIZE_END);
  }
}
