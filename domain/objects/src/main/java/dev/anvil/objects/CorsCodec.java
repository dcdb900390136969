package dev.anvil.objects;

import dev.anvil.authz.grants.CorsRule;
import dev.anvil.authz.grants.GrantLimits;
import dev.anvil.ports.failure.Corrupt;
import dev.anvil.ports.record.RecordReader;
import dev.anvil.ports.record.RecordWriter;
import java.util.ArrayList;
import java.util.List;

/** Encodes rules for scripts of other origins. */
final class CorsCodec {
  private static final long BEHIND = Integer.MAX_VALUE;

  private CorsCodec() {}

  static void write(RecordWriter w, List<CorsRule> rules) {
    w.varint(rules.size());
    for (CorsRule rule : rules) {
      w.text(rule.id());
      texts(w, rule.origins());
      texts(w, rule.methods());
      texts(w, rule.headers());
      texts(w, rule.exposed());
      w.varint(age(rule.maxAge()));
    }
  }

  static List<CorsRule> read(RecordReader r) {
    List<CorsRule> rules = new ArrayList<>();
    for (int i = r.count(GrantLimits.MAX_CORS_RULES); i > 0; i--) {
      rules.add(new CorsRule(r.text(), texts(r), texts(r), texts(r), texts(r), age(r)));
    }
    return rules;
  }

  /** Seconds + 1; negative ones but -1, which is none, come behind all others. */
  private static long age(int seconds) {
    return seconds >= -1 ? seconds + 1L : BEHIND - seconds;
  }

  private static int age(RecordReader r) {
    long kept = r.varint();
    if (kept < 0 || kept > 2 * BEHIND) {
      throw new Corrupt("an age of a CORS rule is kept as " + kept);
    }
    return (int) (kept <= Integer.MAX_VALUE ? kept - 1 : BEHIND - kept);
  }

  private static void texts(RecordWriter w, List<String> texts) {
    w.varint(texts.size());
    texts.forEach(w::text);
  }

  private static List<String> texts(RecordReader r) {
    List<String> texts = new ArrayList<>();
    for (int i = r.count(GrantLimits.MAX_CORS_VALUES); i > 0; i--) {
      texts.add(BucketCodec.required(r.text(), "value"));
    }
    return texts;
  }
}
