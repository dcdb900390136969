package dev.anvil.objects;

import dev.anvil.authz.grants.CorsRule;
import dev.anvil.authz.grants.GrantLimits;
import dev.anvil.ports.record.RecordReader;
import dev.anvil.ports.record.RecordWriter;
import java.util.ArrayList;
import java.util.List;

/** Encodes rules for scripts of other origins. */
final class CorsCodec {
  private CorsCodec() {}

  static void write(RecordWriter w, List<CorsRule> rules) {
    w.varint(rules.size());
    for (CorsRule rule : rules) {
      w.text(rule.id());
      texts(w, rule.origins());
      texts(w, rule.methods());
      texts(w, rule.headers());
      texts(w, rule.exposed());
      w.varint(rule.maxAge() + 1L);
    }
  }

  static List<CorsRule> read(RecordReader r) {
    List<CorsRule> rules = new ArrayList<>();
    for (int i = r.count(GrantLimits.MAX_CORS_RULES); i > 0; i--) {
      rules.add(
          new CorsRule(
              r.text(), texts(r), texts(r), texts(r), texts(r), r.count(Integer.MAX_VALUE) - 1));
    }
    return rules;
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
