package dev.anvil.s3.answer;

import dev.anvil.kernel.ObjectKey;
import dev.anvil.objects.rules.LifecycleFilter;
import dev.anvil.objects.rules.LifecycleRule;
import dev.anvil.objects.rules.LifecycleRules;
import dev.anvil.s3.wire.Dates;
import dev.anvil.s3.wire.S3Code;
import dev.anvil.s3.wire.S3Failure;
import dev.anvil.s3.wire.XmlTree;
import dev.anvil.s3.wire.XmlWriter;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;

/** The document of a lifecycle, read and written. What it cannot do is refused by name. */
final class LifecycleDocument {
  private static final Set<String> RULE =
      Set.of(
          "ID",
          "Prefix",
          "Filter",
          "Status",
          "Expiration",
          "NoncurrentVersionExpiration",
          "AbortIncompleteMultipartUpload",
          "Transition",
          "NoncurrentVersionTransition");
  private static final int MAX_ID = 255;
  private static final int MAX_NEWER = 100;

  private LifecycleDocument() {}

  static LifecycleRules read(XmlTree document, String minimum, String requestId) {
    List<XmlTree> all = document.only(Set.of("Rule")).all("Rule");
    if (all.isEmpty() || all.size() > LifecycleRules.MAX_RULES) {
      throw XmlTree.malformed();
    }
    List<LifecycleRule> rules = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (XmlTree tree : all) {
      LifecycleRule rule = rule(tree, requestId + "-" + rules.size());
      if (!ids.add(rule.id())) {
        throw argument(
            "ID", rule.id(), "Rule ID must be unique. Found same ID for more than one rule");
      }
      rules.add(rule);
    }
    return new LifecycleRules(rules, minimum);
  }

  private static LifecycleRule rule(XmlTree tree, String ownId) {
    tree.only(RULE);
    for (String transition : List.of("Transition", "NoncurrentVersionTransition")) {
      if (tree.children().stream().anyMatch(c -> c.name().equals(transition))) {
        throw new S3Failure(
            S3Code.NotImplemented, transition + " of lifecycle rules is not implemented.");
      }
    }
    String id = tree.text("ID") == null || tree.text("ID").isEmpty() ? ownId : tree.text("ID");
    if (id.length() > MAX_ID) {
      throw argument("ID", id, "ID length should not exceed allowed limit of 255");
    }
    boolean enabled =
        switch (tree.required("Status").strip()) {
          case "Enabled" -> true;
          case "Disabled" -> false;
          default -> throw XmlTree.malformed();
        };
    XmlTree filter = tree.child("Filter");
    boolean oldForm = filter == null;
    if (oldForm == (tree.child("Prefix") == null)) {
      throw XmlTree.malformed();
    }
    LifecycleFilter read = oldForm ? prefix(tree.text("Prefix")) : filter(filter);
    if (read.prefix() != null
        && read.prefix().getBytes(StandardCharsets.UTF_8).length > ObjectKey.MAX_BYTES) {
      throw new S3Failure(
          S3Code.InvalidRequest, "The maximum size of a prefix is " + ObjectKey.MAX_BYTES + ".");
    }
    XmlTree expiration = tree.child("Expiration");
    XmlTree noncurrent = tree.child("NoncurrentVersionExpiration");
    XmlTree abort = tree.child("AbortIncompleteMultipartUpload");
    if (expiration == null && noncurrent == null && abort == null) {
      throw new S3Failure(
          S3Code.InvalidRequest, "At least one action needs to be specified in a rule");
    }
    LifecycleRule rule =
        new LifecycleRule(
            id,
            enabled,
            oldForm,
            read,
            days(expiration, "Days", "Expiration"),
            date(expiration),
            marker(expiration),
            days(noncurrent, "NoncurrentDays", "NoncurrentVersionExpiration"),
            newer(noncurrent),
            days(abort, "DaysAfterInitiation", "AbortIncompleteMultipartUpload"));
    check(rule, expiration, noncurrent, abort);
    return rule;
  }

  private static void check(
      LifecycleRule rule, XmlTree expiration, XmlTree noncurrent, XmlTree abort) {
    if (expiration != null) {
      expiration.only(Set.of("Days", "Date", "ExpiredObjectDeleteMarker"));
      int said =
          (rule.days() > 0 ? 1 : 0)
              + (rule.date() != null ? 1 : 0)
              + (rule.marker() != null ? 1 : 0);
      if (said != 1) {
        throw XmlTree.malformed();
      }
    }
    if (noncurrent != null) {
      noncurrent.only(Set.of("NoncurrentDays", "NewerNoncurrentVersions"));
      if (rule.noncurrentDays() == 0) {
        throw XmlTree.malformed();
      }
    }
    boolean tagged = !rule.filter().tags().isEmpty();
    boolean sized = rule.filter().above() >= 0 || rule.filter().below() >= 0;
    if (abort != null) {
      abort.only(Set.of("DaysAfterInitiation"));
      if (rule.abortDays() == 0) {
        throw XmlTree.malformed();
      }
      if (tagged || sized) {
        throw new S3Failure(
            S3Code.InvalidRequest,
            "AbortIncompleteMultipartUpload cannot be specified with Tags or ObjectSize.");
      }
    }
    if (rule.marker() != null && tagged) {
      throw new S3Failure(
          S3Code.InvalidRequest, "ExpiredObjectDeleteMarker cannot be specified with Tags.");
    }
  }

  private static LifecycleFilter prefix(String prefix) {
    return new LifecycleFilter(prefix, LifecycleFilter.ALL.tags(), -1, -1);
  }

  private static LifecycleFilter filter(XmlTree filter) {
    filter.only(Set.of("Prefix", "Tag", "ObjectSizeGreaterThan", "ObjectSizeLessThan", "And"));
    XmlTree and = filter.child("And");
    if (filter.children().size() > 1) {
      throw XmlTree.malformed();
    }
    XmlTree all = and == null ? filter : and;
    all.only(Set.of("Prefix", "Tag", "ObjectSizeGreaterThan", "ObjectSizeLessThan"));
    SortedMap<String, String> tags = new java.util.TreeMap<>(TagSets.ofRule(all.all("Tag")));
    LifecycleFilter read =
        new LifecycleFilter(
            all.text("Prefix"),
            tags,
            size(all.text("ObjectSizeGreaterThan")),
            size(all.text("ObjectSizeLessThan")));
    boolean contradicts = read.above() >= 0 && read.below() >= 0 && read.above() >= read.below();
    if (and != null && read.demands() < 2) {
      throw XmlTree.malformed();
    }
    if (contradicts || read.below() == 0) {
      throw new S3Failure(
          S3Code.InvalidRequest,
          "'ObjectSizeLessThan' has to be a value greater than 'ObjectSizeGreaterThan'.");
    }
    return read;
  }

  private static long size(String text) {
    if (text == null) {
      return -1;
    }
    if (!text.strip().matches("[0-9]{1,15}")) {
      throw XmlTree.malformed();
    }
    return Long.parseLong(text.strip());
  }

  private static int days(XmlTree action, String element, String name) {
    String text = action == null ? null : action.text(element);
    if (text == null) {
      return 0;
    }
    if (!text.strip().matches("-?[0-9]{1,9}")) {
      throw XmlTree.malformed();
    }
    int days = Integer.parseInt(text.strip());
    if (days < 1) {
      throw argument(
          element, text, "'" + element + "' for " + name + " action must be a positive integer");
    }
    return days;
  }

  private static int newer(XmlTree noncurrent) {
    String text = noncurrent == null ? null : noncurrent.text("NewerNoncurrentVersions");
    if (text == null) {
      return 0;
    }
    int newer = text.strip().matches("[0-9]{1,4}") ? Integer.parseInt(text.strip()) : 0;
    if (newer < 1 || newer > MAX_NEWER) {
      throw argument(
          "NewerNoncurrentVersions",
          text,
          "'NewerNoncurrentVersions' must be a positive integer of at most " + MAX_NEWER);
    }
    return newer;
  }

  private static Boolean marker(XmlTree expiration) {
    String text = expiration == null ? null : expiration.text("ExpiredObjectDeleteMarker");
    if (text == null) {
      return null;
    }
    return switch (text.strip()) {
      case "true" -> true;
      case "false" -> false;
      default -> throw XmlTree.malformed();
    };
  }

  private static Instant date(XmlTree expiration) {
    String text = expiration == null ? null : expiration.text("Date");
    if (text == null) {
      return null;
    }
    Instant at;
    try {
      at =
          text.strip().length() == "2026-01-01".length()
              ? LocalDate.parse(text.strip()).atStartOfDay(ZoneOffset.UTC).toInstant()
              : Dates.parseIso(text);
    } catch (DateTimeException e) {
      throw XmlTree.malformed();
    }
    if (!at.equals(at.truncatedTo(ChronoUnit.DAYS))) {
      throw argument("Date", text, "'Date' must be at midnight GMT");
    }
    return at;
  }

  private static S3Failure argument(String name, String value, String message) {
    return Numbers.argument(name, value, message);
  }

  static XmlWriter write(LifecycleRules rules) {
    XmlWriter out = XmlWriter.of("LifecycleConfiguration");
    for (LifecycleRule rule : rules.rules()) {
      out.open("Rule").element("ID", rule.id());
      filter(out, rule);
      out.element("Status", rule.enabled() ? "Enabled" : "Disabled");
      if (rule.days() > 0 || rule.date() != null || rule.marker() != null) {
        out.open("Expiration");
        count(out, "Days", rule.days());
        out.element("Date", rule.date() == null ? null : Dates.iso(rule.date()));
        if (rule.marker() != null) {
          out.element("ExpiredObjectDeleteMarker", rule.marker());
        }
        out.close();
      }
      if (rule.noncurrentDays() > 0) {
        out.open("NoncurrentVersionExpiration");
        count(out, "NoncurrentDays", rule.noncurrentDays());
        count(out, "NewerNoncurrentVersions", rule.newerNoncurrent());
        out.close();
      }
      if (rule.abortDays() > 0) {
        out.open("AbortIncompleteMultipartUpload");
        count(out, "DaysAfterInitiation", rule.abortDays());
        out.close();
      }
      out.close();
    }
    return out;
  }

  private static void filter(XmlWriter out, LifecycleRule rule) {
    LifecycleFilter filter = rule.filter();
    if (rule.oldForm()) {
      out.element("Prefix", filter.prefix());
      return;
    }
    out.open("Filter");
    boolean and = filter.demands() > 1;
    if (and) {
      out.open("And");
    }
    out.element("Prefix", filter.prefix());
    filter
        .tags()
        .forEach(
            (name, value) -> out.open("Tag").element("Key", name).element("Value", value).close());
    if (filter.above() >= 0) {
      out.element("ObjectSizeGreaterThan", filter.above());
    }
    if (filter.below() >= 0) {
      out.element("ObjectSizeLessThan", filter.below());
    }
    if (and) {
      out.close();
    }
    out.close();
  }

  private static void count(XmlWriter out, String element, int value) {
    if (value > 0) {
      out.element(element, value);
    }
  }
}
