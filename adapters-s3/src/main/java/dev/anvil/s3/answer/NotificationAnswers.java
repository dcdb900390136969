package dev.anvil.s3.answer;

import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.objects.configuration.ConfigureBucket;
import dev.anvil.objects.configuration.ReadConfiguration;
import dev.anvil.objects.rules.NotificationRule;
import dev.anvil.objects.rules.NotificationRules;
import dev.anvil.s3.wire.S3Code;
import dev.anvil.s3.wire.S3Failure;
import dev.anvil.s3.wire.S3Limits;
import dev.anvil.s3.wire.XmlTree;
import dev.anvil.s3.wire.XmlWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What buckets tell of their changes, and whom. */
final class NotificationAnswers {
  private static final String ROOT = "NotificationConfiguration";
  private static final String BRIDGE = "EventBridgeConfiguration";

  /** Element of a rule and, in it, the element of the target. */
  private static final Map<String, String> TARGETS =
      Map.of(
          "TopicConfiguration", "Topic",
          "QueueConfiguration", "Queue",
          "CloudFunctionConfiguration", "CloudFunction");

  private static final Set<String> TOLD =
      Set.of(
          "s3:ObjectCreated:*",
          "s3:ObjectCreated:Put",
          "s3:ObjectCreated:Post",
          "s3:ObjectCreated:Copy",
          "s3:ObjectCreated:CompleteMultipartUpload",
          "s3:ObjectRemoved:*",
          "s3:ObjectRemoved:Delete",
          "s3:ObjectRemoved:DeleteMarkerCreated",
          "s3:ObjectTagging:*",
          "s3:ObjectTagging:Put",
          "s3:ObjectTagging:Delete",
          "s3:LifecycleExpiration:*",
          "s3:LifecycleExpiration:Delete",
          "s3:LifecycleExpiration:DeleteMarkerCreated");
  private static final List<String> NOT_TOLD =
      List.of(
          "s3:TestEvent",
          "s3:ObjectAcl:",
          "s3:ObjectRestore:",
          "s3:Replication:",
          "s3:ReducedRedundancyLostObject",
          "s3:LifecycleTransition",
          "s3:IntelligentTiering");
  private final S3UseCases.Rules rules;

  NotificationAnswers(S3UseCases.Rules rules) {
    this.rules = rules;
  }

  void get(S3Call call, BucketName bucket) throws IOException {
    NotificationRules found =
        rules.read().execute(call.call(), new ReadConfiguration.Command(bucket)).notifications();
    XmlWriter out = XmlWriter.of(ROOT);
    for (NotificationRule rule : found.rules()) {
      String element = element(rule.kind());
      out.open(element).element("Id", rule.id()).element(TARGETS.get(element), rule.arn());
      rule.events().forEach(e -> out.element("Event", e));
      filter(out, rule);
      out.close();
    }
    Out.xml(call, 200, out);
  }

  private static void filter(XmlWriter out, NotificationRule rule) {
    if (rule.prefix() == null && rule.suffix() == null) {
      return;
    }
    out.open("Filter").open("S3Key");
    part(out, "prefix", rule.prefix());
    part(out, "suffix", rule.suffix());
    out.close().close();
  }

  private static void part(XmlWriter out, String name, String value) {
    if (value != null) {
      out.open("FilterRule").element("Name", name).element("Value", value).close();
    }
  }

  private static String element(NotificationRule.Kind kind) {
    return switch (kind) {
      case TOPIC -> "TopicConfiguration";
      case QUEUE -> "QueueConfiguration";
      case FUNCTION -> "CloudFunctionConfiguration";
    };
  }

  private static NotificationRule.Kind kind(String element) {
    return switch (element) {
      case "TopicConfiguration" -> NotificationRule.Kind.TOPIC;
      case "QueueConfiguration" -> NotificationRule.Kind.QUEUE;
      default -> NotificationRule.Kind.FUNCTION;
    };
  }

  void put(S3Call call, BucketName bucket) throws IOException {
    XmlTree document = call.document(S3Limits.MAX_RULES_DOCUMENT, ROOT);
    List<NotificationRule> read = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (XmlTree tree : document.children()) {
      if (tree.name().equals(BRIDGE)) {
        throw new S3Failure(S3Code.NotImplemented, BRIDGE + " is not implemented.");
      }
      if (!TARGETS.containsKey(tree.name())) {
        throw XmlTree.malformed();
      }
      NotificationRule rule = rule(tree, call.exchange().id() + "-" + read.size());
      if (!ids.add(rule.id())) {
        throw Numbers.argument(
            "Id", rule.id(), "Same ID used for multiple configurations. IDs must be unique");
      }
      for (NotificationRule before : read) {
        if (before.overlaps(rule)) {
          throw Numbers.argument(
              "Event",
              rule.id() + ", " + before.id(),
              "Configurations overlap. Configurations on the same bucket cannot share a common"
                  + " event type.");
        }
      }
      read.add(rule);
    }
    if (read.size() > NotificationRules.MAX_RULES) {
      throw Numbers.argument(
          ROOT,
          Integer.toString(read.size()),
          "A bucket has at most " + NotificationRules.MAX_RULES + " notification configurations");
    }
    // whoever does not want targets to be looked at does not want them to hear of it either
    boolean test = !"true".equalsIgnoreCase(call.header("x-amz-skip-destination-validation"));
    rules
        .configure()
        .execute(
            call.call(),
            new ConfigureBucket.Command(
                bucket,
                new ConfigureBucket.Change.Notifications(new NotificationRules(read), test)));
    Out.empty(call, 200);
  }

  private static NotificationRule rule(XmlTree tree, String ownId) {
    String target = TARGETS.get(tree.name());
    tree.only(Set.of("Id", target, "Event", "Filter"));
    String id = tree.text("Id") == null || tree.text("Id").isEmpty() ? ownId : tree.text("Id");
    List<String> events = tree.all("Event").stream().map(e -> e.text().strip()).toList();
    if (events.isEmpty() || events.size() > NotificationRule.MAX_EVENTS) {
      throw XmlTree.malformed();
    }
    events.forEach(NotificationAnswers::requireTold);
    String prefix = null;
    String suffix = null;
    XmlTree filter = tree.child("Filter");
    XmlTree ofKey = filter == null ? null : filter.only(Set.of("S3Key")).child("S3Key");
    for (XmlTree part :
        ofKey == null ? List.<XmlTree>of() : ofKey.only(Set.of("FilterRule")).children()) {
      String name = part.only(Set.of("Name", "Value")).required("Name").strip();
      boolean first = name.equalsIgnoreCase("prefix");
      if (!first && !name.equalsIgnoreCase("suffix")) {
        throw Numbers.argument(
            "FilterRule", name, "filter rule name must be either prefix or suffix");
      }
      if ((first ? prefix : suffix) != null) {
        throw Numbers.argument(
            "FilterRule", name, "Cannot specify more than one " + name + " rule in a filter.");
      }
      String value = part.required("Value");
      if (value.getBytes(StandardCharsets.UTF_8).length > ObjectKey.MAX_BYTES) {
        throw Numbers.argument(
            "FilterRule",
            value,
            "Size of filter rule value cannot exceed 1024 bytes in UTF-8 representation");
      }
      prefix = first ? value : prefix;
      suffix = first ? suffix : value;
    }
    return new NotificationRule(
        id, kind(tree.name()), tree.required(target).strip(), events, prefix, suffix);
  }

  private static void requireTold(String event) {
    if (TOLD.contains(event)) {
      return;
    }
    if (NOT_TOLD.stream().anyMatch(event::startsWith)) {
      throw new S3Failure(
          S3Code.NotImplemented, "Notifications of " + event + " are not implemented.");
    }
    throw Numbers.argument("Event", event, "The event is not supported for notifications");
  }
}
