package dev.anvil.bench.side;

import dev.anvil.bench.replay.Volley;
import dev.anvil.bench.wire.RawHttp;
import dev.anvil.bench.wire.Request;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Function;
import org.HdrHistogram.Histogram;

/**
 * Lists of one client in pages of 1,000, each page asked for with what the last one said, over and
 * over until the time is over.
 */
public final class Listings {
  private static final Duration BOUND = Duration.ofSeconds(60);
  private static final String PAGE = "max-keys=1000";

  private Listings() {}

  /** From the first key to the last. */
  public static Row.Drive flat(String bucket) {
    String first = "/" + bucket + "?list-type=2&" + PAGE;
    return drive(_ -> first, first, "<Key>", Listings::nextKeys);
  }

  /** One page after another, each from a random place; at the end of the bucket it is shorter. */
  public static Row.Drive anywhere(String bucket) {
    String target = "/" + bucket + "?list-type=2&" + PAGE;
    return drive(
        stage -> target + "&start-after=" + encoded(Space.key(stage.random().nextLong(1L << 32))),
        target,
        "<Key>",
        _ -> null);
  }

  static Row.Drive prefixes(String bucket) {
    String first = "/" + bucket + "?list-type=2&delimiter=%2F&" + PAGE;
    return drive(_ -> first, first, null, _ -> null);
  }

  static Row.Drive under(String bucket) {
    String target = "/" + bucket + "?list-type=2&delimiter=%2F&" + PAGE + "&prefix=";
    return drive(
        stage -> target + "d" + stage.random().nextInt(10) + stage.random().nextInt(10) + "%2F",
        target,
        "<Key>",
        _ -> null);
  }

  static Row.Drive versions(String bucket) {
    String first = "/" + bucket + "?versions&" + PAGE;
    return drive(_ -> first, first, "<VersionId>", Listings::nextVersions);
  }

  private static Row.Drive drive(
      Function<Stage, String> start,
      String target,
      String counted,
      Function<String, String> nextOf) {
    return (stage, window) -> {
      Histogram micros = new Histogram(60_000_000, 3);
      long units = 0;
      long began = System.nanoTime();
      long now = began;
      try (RawHttp http = new RawHttp(stage.contender().endpoint(), BOUND)) {
        String query = start.apply(stage);
        while (now - began < window.toNanos()) {
          String page = stage.expect(http, Request.of("GET", query)).text();
          long answered = System.nanoTime();
          micros.recordValue((answered - now) / 1000);
          int found = counted == null ? count(page, "<Prefix>d") : count(page, counted);
          if (found == 0 && query.equals(target)) {
            throw new IOException("an empty first page for " + query);
          }
          units += counted == null ? 1 : found;
          String more = nextOf.apply(page);
          query = more == null ? start.apply(stage) : target + more;
          now = System.nanoTime();
        }
      }
      if (units == 0) {
        throw new IOException("nothing was listed by " + target);
      }
      double seconds = (now - began) / 1e9;
      return new Row.Take(new Volley(micros.getTotalCount(), 0, null, seconds, micros, 0), units);
    };
  }

  private static String nextKeys(String page) {
    String token = between(page, "NextContinuationToken");
    return token == null ? null : "&continuation-token=" + encoded(token);
  }

  private static String nextVersions(String page) {
    String key = between(page, "NextKeyMarker");
    String version = between(page, "NextVersionIdMarker");
    if (key == null || key.isEmpty()) {
      return null;
    }
    return "&key-marker="
        + encoded(key)
        + (version == null || version.isEmpty() ? "" : "&version-id-marker=" + encoded(version));
  }

  private static String between(String page, String name) {
    int from = page.indexOf("<" + name + ">");
    if (from < 0) {
      return null;
    }
    int begin = from + name.length() + 2;
    return page.substring(begin, page.indexOf("</" + name + ">", begin)).replace("&amp;", "&");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20").replace("*", "%2A");
  }

  static int count(String text, String part) {
    int count = 0;
    for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length())) {
      count++;
    }
    return count;
  }
}
