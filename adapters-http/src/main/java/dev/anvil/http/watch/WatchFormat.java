package dev.anvil.http.watch;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.anvil.http.wire.Jsons;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** How the documents of a stream are set apart. */
enum WatchFormat {
  /** Server-sent events. */
  EVENTS("text/event-stream;charset=utf-8") {
    @Override
    void begin(OutputStream out) throws IOException {
      out.write(("retry: " + RETRY_MILLIS + "\n\n").getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    void write(OutputStream out, String event, String id, Object document) throws IOException {
      String head = "event: " + event + "\n" + (id == null ? "" : "id: " + id + "\n") + "data: ";
      out.write(head.getBytes(StandardCharsets.US_ASCII));
      out.write(JSON.writeValueAsBytes(document));
      out.write(GAP);
    }
  },
  /** One document a line. */
  LINES("application/x-ndjson") {
    @Override
    void begin(OutputStream out) {}

    @Override
    void write(OutputStream out, String event, String id, Object document) throws IOException {
      out.write(JSON.writeValueAsBytes(document));
      out.write('\n');
    }
  };

  private static final ObjectMapper JSON = Jsons.strict();
  private static final int RETRY_MILLIS = 1_000;
  private static final byte[] GAP = {'\n', '\n'};

  private final String mediaType;

  WatchFormat(String mediaType) {
    this.mediaType = mediaType;
  }

  String mediaType() {
    return mediaType;
  }

  /** What comes before the first document. */
  abstract void begin(OutputStream out) throws IOException;

  /**
   * One document.
   *
   * @param id the cursor to resume after, or null if it is none
   */
  abstract void write(OutputStream out, String event, String id, Object document)
      throws IOException;
}
