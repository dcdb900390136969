package dev.anvil.s3.answer;

import dev.anvil.objects.ObjectSummary;
import dev.anvil.s3.wire.XmlWriter;

/** What lists say of each key between its values, made once: a page has a thousand of them. */
final class ListedXml {
  /** Bytes of most entries at most. */
  static final int USUAL_BYTES = 400;

  /** The same of a version, which tells its owner too. */
  static final int USUAL_VERSION_BYTES = 640;

  static final byte[] CONTENTS_KEY = XmlWriter.constant("<Contents><Key>");
  static final byte[] KEY_MODIFIED = XmlWriter.constant("</Key><LastModified>");
  static final byte[] CONTENTS_END = XmlWriter.constant("</Contents>");
  static final byte[] VERSION_KEY = XmlWriter.constant("<Version><Key>");
  static final byte[] VERSION_END = XmlWriter.constant("</Version>");
  static final byte[] MARKER_KEY = XmlWriter.constant("<DeleteMarker><Key>");
  static final byte[] MARKER_END = XmlWriter.constant("</DeleteMarker>");
  static final byte[] KEY_VERSION = XmlWriter.constant("</Key><VersionId>");
  static final byte[] LATEST_MODIFIED = latest(true);
  static final byte[] OLDER_MODIFIED = latest(false);
  static final byte[] MODIFIED_END = XmlWriter.constant("</LastModified>");
  private static final byte[] ETAG = XmlWriter.constant("<ETag>&quot;");
  private static final byte[] ETAG_END = XmlWriter.constant("&quot;</ETag>");
  private static final byte[] SIZE = XmlWriter.constant("<Size>");
  private static final byte[] SIZE_END =
      XmlWriter.constant("</Size><StorageClass>STANDARD</StorageClass>");

  private ListedXml() {}

  private static byte[] latest(boolean latest) {
    return XmlWriter.constant("</VersionId><IsLatest>" + latest + "</IsLatest><LastModified>");
  }

  /** Entity tag, names of the checksums, size and storage class. */
  static void content(XmlWriter out, ObjectSummary object) {
    out.markup(ETAG).text(object.etag()).markup(ETAG_END);
    Out.algorithms(out, object.checksums());
    out.markup(SIZE).text(Long.toString(object.size())).markup(SIZE_END);
  }
}
