package dev.anvil.http.settings;

import java.time.Duration;

/**
 * Every bound of the two listeners. Sizes are bytes.
 *
 * @param connections open connections a listener; more wait in the kernel's queue
 * @param requestsInFlight requests being answered at once on a listener; more get 503 Overloaded
 * @param requestHead request line and headers together; more is 431
 * @param responseHead status line and headers of an answer
 * @param targetLength request target; more is 414
 * @param jsonBody body of a JSON resource; more is 413
 * @param appendBody body of an append to a stream; more is 413
 * @param batchBody body of a batch or of a patch of a JSON object; more is 413
 * @param heldBodies memory for bodies that are read whole, of all requests together: each byte, and
 *     for a body's first mebibyte the tree that is made of it; a request that finds none gets 503
 * @param formBody body of the token endpoint; more is 413
 * @param chunk bytes read or written in one step of a streamed body
 * @param drain bytes of a refused body that are read and dropped before the connection is closed
 * @param drainTime longest time spent on that
 * @param idle silence after which a connection is closed
 * @param headTime longest time from the first byte of a request head to its last
 * @param paceGrace time spent waiting for a peer before its rate counts
 * @param minimumRate bytes a second below which a slow peer is cut off
 * @param streamsPerConnection concurrent HTTP/2 streams
 * @param controlFramesPerSecond HTTP/2 frames that cost us and carry no data (ping, settings,
 *     reset, priority, empty data), a second and connection; more closes it
 * @param streamWindow HTTP/2 receive window of a stream
 * @param sessionWindow HTTP/2 receive window of a connection
 */
public record HttpLimits(
    int connections,
    int requestsInFlight,
    int requestHead,
    int responseHead,
    int targetLength,
    int jsonBody,
    int appendBody,
    int batchBody,
    int heldBodies,
    int formBody,
    int chunk,
    int drain,
    Duration drainTime,
    Duration idle,
    Duration headTime,
    Duration paceGrace,
    int minimumRate,
    int streamsPerConnection,
    int controlFramesPerSecond,
    int streamWindow,
    int sessionWindow) {

  private static final int KIB = 1024;
  private static final int MIB = 1024 * KIB;

  /** Bounds that fit a heap of 512 MiB. */
  public static HttpLimits standard() {
    return new HttpLimits(
        4_096,
        1_024,
        32 * KIB,
        32 * KIB,
        8 * KIB,
        MIB,
        4 * MIB,
        48 * MIB,
        128 * MIB,
        16 * KIB,
        64 * KIB,
        256 * KIB,
        Duration.ofSeconds(2),
        Duration.ofSeconds(30),
        Duration.ofSeconds(10),
        Duration.ofSeconds(15),
        KIB,
        128,
        128,
        MIB,
        4 * MIB);
  }

  /** The same with shorter waits for a slow peer; for tests and for hostile networks. */
  public HttpLimits withWaits(Duration idle, Duration headTime, Duration paceGrace) {
    return with(connections, requestsInFlight, heldBodies, idle, headTime, paceGrace);
  }

  /** The same with another bound of open connections of a listener. */
  public HttpLimits withConnections(int bound) {
    return with(bound, requestsInFlight, heldBodies, idle, headTime, paceGrace);
  }

  /** The same with another bound of requests answered at once. */
  public HttpLimits withRequestsInFlight(int requests) {
    return with(connections, requests, heldBodies, idle, headTime, paceGrace);
  }

  /** The same with other room for bodies that are read whole. */
  public HttpLimits withHeldBodies(int bytes) {
    return with(connections, requestsInFlight, bytes, idle, headTime, paceGrace);
  }

  private HttpLimits with(
      int connections,
      int requestsInFlight,
      int heldBodies,
      Duration idle,
      Duration headTime,
      Duration paceGrace) {
    return new HttpLimits(
        connections,
        requestsInFlight,
        requestHead,
        responseHead,
        targetLength,
        jsonBody,
        appendBody,
        batchBody,
        heldBodies,
        formBody,
        chunk,
        drain,
        drainTime,
        idle,
        headTime,
        paceGrace,
        minimumRate,
        streamsPerConnection,
        controlFramesPerSecond,
        streamWindow,
        sessionWindow);
  }
}
