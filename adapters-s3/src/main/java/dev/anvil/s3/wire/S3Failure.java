package dev.anvil.s3.wire;

import java.util.LinkedHashMap;
import java.util.Map;

/** A refusal in the words of S3. It carries no stack trace: it is an answer, not an accident. */
public final class S3Failure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final S3Code code;
  private final transient Map<String, String> elements;
  private final transient Map<String, String> headers;

  /**
   * With everything the answer shows.
   *
   * @param message for a person; names the value and the rule, never a secret
   * @param elements further elements of the error document, in their order
   * @param headers further headers of the answer
   */
  public S3Failure(
      S3Code code, String message, Map<String, String> elements, Map<String, String> headers) {
    super(message, null, false, false);
    this.code = code;
    this.elements = new LinkedHashMap<>(elements);
    this.headers = new LinkedHashMap<>(headers);
  }

  /** With further elements. */
  public S3Failure(S3Code code, String message, Map<String, String> elements) {
    this(code, message, elements, Map.of());
  }

  /** A code and its usual message. */
  public S3Failure(S3Code code) {
    this(code, code.message(), Map.of(), Map.of());
  }

  /** A code and a message. */
  public S3Failure(S3Code code, String message) {
    this(code, message, Map.of(), Map.of());
  }

  /** The code. */
  public S3Code code() {
    return code;
  }

  /** Further elements of the error document. */
  public Map<String, String> elements() {
    return elements;
  }

  /** Further headers of the answer. */
  public Map<String, String> headers() {
    return headers;
  }
}
