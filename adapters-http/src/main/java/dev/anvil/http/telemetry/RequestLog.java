package dev.anvil.http.telemetry;

/** Told of every answered request, once, after its last byte. Must not block for long or throw. */
@FunctionalInterface
public interface RequestLog {
  /**
   * @param api native, management, docs or http (answers to what is no request)
   * @param operation the operation's stable name, or {@code none} where no route matched
   * @param status status sent; 499 if the peer went away first
   * @param code error code of the problem sent, or empty
   * @param caller who it was, or empty
   * @param traceId 32 hexadecimal digits: the client's (W3C Trace Context), else the request's own
   * @param clientRequestId the client's own id of the request, or empty
   */
  record Line(
      String api,
      String operation,
      String method,
      int status,
      String code,
      long bytesIn,
      long bytesOut,
      double milliseconds,
      String requestId,
      String traceId,
      String clientRequestId,
      String caller,
      String remote) {}

  /** One finished request. */
  void answered(Line line);
}
