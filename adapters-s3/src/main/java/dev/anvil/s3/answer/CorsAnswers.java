package dev.anvil.s3.answer;

import dev.anvil.authz.grants.CorsRule;
import dev.anvil.authz.grants.GrantLimits;
import dev.anvil.objects.exposure.GetCors;
import dev.anvil.objects.exposure.ReplaceCors;
import dev.anvil.s3.request.S3Request;
import dev.anvil.s3.wire.XmlTree;
import dev.anvil.s3.wire.XmlWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Rules for scripts of other origins. */
public final class CorsAnswers {
  private static final Set<String> OF_RULE =
      Set.of(
          "ID", "AllowedOrigin", "AllowedMethod", "AllowedHeader", "ExposeHeader", "MaxAgeSeconds");

  private final S3UseCases.Cors cors;

  /** On these use cases. */
  public CorsAnswers(S3UseCases.Cors cors) {
    this.cors = cors;
  }

  /** Answers the family. */
  public void answer(S3Call call, S3Request.Cors request) throws IOException {
    switch (request) {
      case S3Request.GetBucketCors r -> {
        List<CorsRule> rules =
            cors.get().execute(call.call(), new GetCors.Command(r.bucket())).rules();
        Out.xml(call, 200, document(rules));
      }
      case S3Request.PutBucketCors r -> {
        cors.replace().execute(call.call(), new ReplaceCors.Command(r.bucket(), rules(call)));
        Out.empty(call, 200);
      }
      case S3Request.DeleteBucketCors r -> {
        cors.replace().execute(call.call(), new ReplaceCors.Command(r.bucket(), List.of()));
        Out.empty(call, 204);
      }
    }
  }

  private static List<CorsRule> rules(S3Call call) {
    XmlTree sent =
        call.document(GrantLimits.MAX_CORS_BYTES, "CORSConfiguration").only(Set.of("CORSRule"));
    List<CorsRule> rules = new ArrayList<>();
    for (XmlTree rule : sent.children()) {
      rule.only(OF_RULE);
      if (rule.all("AllowedOrigin").isEmpty() || rule.all("AllowedMethod").isEmpty()) {
        throw XmlTree.malformed();
      }
      rules.add(
          new CorsRule(
              rule.text("ID"),
              texts(rule, "AllowedOrigin"),
              texts(rule, "AllowedMethod"),
              texts(rule, "AllowedHeader"),
              texts(rule, "ExposeHeader"),
              maxAge(rule.text("MaxAgeSeconds"))));
    }
    if (rules.isEmpty()) {
      throw XmlTree.malformed();
    }
    return rules;
  }

  private static List<String> texts(XmlTree rule, String name) {
    return rule.all(name).stream().map(child -> child.text().strip()).toList();
  }

  private static int maxAge(String text) {
    if (text == null) {
      return -1;
    }
    if (!text.strip().matches("-?[0-9]{1,9}")) {
      throw XmlTree.malformed();
    }
    // AWS takes negative ones too; browsers are told nothing then
    return Integer.parseInt(text.strip());
  }

  private static XmlWriter document(List<CorsRule> rules) {
    XmlWriter out = XmlWriter.of("CORSConfiguration");
    for (CorsRule rule : rules) {
      out.open("CORSRule").element("ID", rule.id());
      rule.headers().forEach(text -> out.element("AllowedHeader", text));
      rule.methods().forEach(text -> out.element("AllowedMethod", text));
      rule.origins().forEach(text -> out.element("AllowedOrigin", text));
      rule.exposed().forEach(text -> out.element("ExposeHeader", text));
      if (rule.maxAge() != -1) {
        out.element("MaxAgeSeconds", rule.maxAge());
      }
      out.close();
    }
    return out;
  }
}
