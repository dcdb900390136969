package dev.anvil.objects;

import dev.anvil.kernel.ByteRange;
import dev.anvil.ports.failure.Invalid;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One range of a read as it was asked for.
 *
 * @param first first byte; -1 when {@code last} counts from the end
 * @param last last byte, inclusive; -1 for up to the end; with {@code first} -1 how many last bytes
 */
public record RangeSpec(long first, long last) {
  /** Bytes from first to last, both inclusive. */
  public static RangeSpec between(long first, long last) {
    return new RangeSpec(first, last);
  }

  /** Bytes from first to the end. */
  public static RangeSpec from(long first) {
    return new RangeSpec(first, -1);
  }

  /** The last bytes. */
  public static RangeSpec suffix(long count) {
    return new RangeSpec(-1, count);
  }

  /**
   * Parses the value of a Range field. What is not understood is ignored, as RFC 9110 (14.2) wants:
   * the result is empty, and the whole content is sent. The same goes for too many ranges.
   */
  public static List<RangeSpec> parse(String field) {
    if (field == null || !field.regionMatches(true, 0, "bytes=", 0, 6)) {
      return List.of();
    }
    String[] pieces = field.substring(6).split(",", ObjectLimits.MAX_RANGES + 2);
    List<RangeSpec> specs = new ArrayList<>();
    for (String piece : pieces) {
      String text = piece.strip();
      if (text.isEmpty()) {
        continue;
      }
      RangeSpec spec = parseOne(text);
      if (spec == null || specs.size() == ObjectLimits.MAX_RANGES) {
        return List.of();
      }
      specs.add(spec);
    }
    return specs;
  }

  /**
   * What of the ranges a content of this size has, in the order asked for.
   *
   * @return empty when no range was asked for, or when they overlap so that sending everything once
   *     is less
   * @throws Invalid RangeNotSatisfiable when ranges were asked for and the content has none
   */
  public static List<ByteRange> resolve(List<RangeSpec> specs, long size) {
    List<ByteRange> ranges = new ArrayList<>();
    long total = 0;
    for (RangeSpec spec : specs) {
      ByteRange range = spec.within(size);
      if (range != null) {
        ranges.add(range);
        total = Math.addExact(total, range.length());
      }
    }
    if (ranges.isEmpty() && !specs.isEmpty()) {
      throw new Invalid(
          Invalid.Reason.RANGE,
          "the content has " + size + " bytes and none of them lies in the range",
          Map.of("size", size));
    }
    return ranges.size() > 1 && total > size ? List.of() : ranges;
  }

  private ByteRange within(long size) {
    if (first < 0) {
      long count = Math.min(last, size);
      return count == 0 ? null : new ByteRange(size - count, count);
    }
    if (first >= size) {
      return null;
    }
    long end = last < 0 || last >= size ? size : last + 1;
    return new ByteRange(first, end - first);
  }

  private static RangeSpec parseOne(String text) {
    int dash = text.indexOf('-');
    if (dash < 0) {
      return null;
    }
    long from = number(text.substring(0, dash));
    long to = number(text.substring(dash + 1));
    if (from == BAD || to == BAD || from == NOTHING && to == NOTHING) {
      return null;
    }
    if (from >= 0 && to >= 0 && to < from) {
      return null;
    }
    return new RangeSpec(from, to);
  }

  private static final long NOTHING = -1;
  private static final long BAD = -2;

  private static long number(String text) {
    if (text.isEmpty()) {
      return NOTHING;
    }
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return BAD;
      }
    }
    return text.length() > 18 ? Long.MAX_VALUE >> 1 : Long.parseLong(text);
  }
}
