package dev.anvil.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.anvil.client.http.Paths;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The schema that a tenant's relationships follow, and the indexes kept of them. */
public final class Schemas {
  private static final String PATH = "/v1/authz/schema";

  private final Calls calls;

  Schemas(Calls calls) {
    this.calls = calls;
  }

  /**
   * A schema.
   *
   * @param version from 1; 0 of one that was only validated
   * @param text empty as a write answers it
   * @param digest hexadecimal
   * @param changed whether this write made the version
   */
  public record Schema(
      int version,
      String text,
      String digest,
      boolean changed,
      List<Warning> warnings,
      String token) {
    static Schema of(JsonNode read) {
      List<Warning> warnings = new ArrayList<>();
      read.path("warnings").forEach(w -> warnings.add(Warning.of(w)));
      return new Schema(
          read.path("version").asInt(),
          read.path("schema").asText(),
          read.path("digest").asText(),
          read.path("changed").asBoolean(),
          List.copyOf(warnings),
          read.path("token").asText());
    }
  }

  /** What may be meant otherwise: where, what, why, and what to do. */
  public record Warning(int line, int column, String code, String name, String rule, String fix) {
    static Warning of(JsonNode read) {
      return new Warning(
          read.path("line").asInt(),
          read.path("column").asInt(),
          read.path("code").asText(),
          read.path("name").asText(),
          read.path("rule").asText(),
          read.path("fix").asText());
    }
  }

  /** A version without its text. */
  public record Version(int version, String digest, String writer, Instant writtenAt) {}

  /** A question and the outcome that it must have under a new schema. */
  public record Canary(Question question, Answer.Outcome expected) {}

  /** What a write of a schema demands. Values; each method gives a new one. */
  public record Put(boolean strict, boolean strandedInert, int ifVersion, List<Canary> canaries) {
    /** Nothing: warnings pass, and tuples that no longer fit refuse it. */
    public static final Put NONE = new Put(false, false, 0, List.of());

    /** Warnings refuse it. */
    public Put onlyStrict() {
      return new Put(true, strandedInert, ifVersion, canaries);
    }

    /** Tuples that no longer fit stay and count for nothing. */
    public Put leavingStranded() {
      return new Put(strict, true, ifVersion, canaries);
    }

    /** 412 unless this version is in force. */
    public Put ifVersion(int version) {
      return new Put(strict, strandedInert, version, canaries);
    }

    /** Refused unless these questions have their outcomes under it. */
    public Put canaries(List<Canary> questions) {
      return new Put(strict, strandedInert, ifVersion, List.copyOf(questions));
    }

    private String query() {
      String inert = strandedInert ? "&stranded=inert" : "";
      return "?strict=" + strict + inert;
    }
  }

  /** The schema in force; 404 if there is none. */
  public Schema get() {
    return Schema.of(calls.json(Calls.Request.read("GET", PATH)));
  }

  /** An older version. */
  public Schema get(int version) {
    return Schema.of(calls.json(Calls.Request.read("GET", PATH + "?version=" + version)));
  }

  /** The newest versions, newest first. */
  public List<Version> versions() {
    List<Version> versions = new ArrayList<>();
    for (JsonNode v : calls.json(Calls.Request.read("GET", PATH + "/versions")).path("versions")) {
      versions.add(
          new Version(
              v.path("version").asInt(),
              v.path("digest").asText(),
              v.path("writer").asText(),
              Fields.instant(v, "writtenAt")));
    }
    return List.copyOf(versions);
  }

  /** Puts a schema in force; an equal one makes no new version. */
  public Schema put(String text, Put demands) {
    Map<String, String> headers = new LinkedHashMap<>();
    if (demands.ifVersion() > 0) {
      headers.put("If-Match", Fields.quoted(Integer.toString(demands.ifVersion())));
    }
    String at = PATH + demands.query();
    return Schema.of(calls.json(Calls.Request.change("PUT", at, draft(text, demands), headers)));
  }

  /** Checks a schema as a put would, and stores nothing. */
  public Schema validate(String text, Put demands) {
    String at = PATH + ":validate" + demands.query();
    return Schema.of(calls.json(Calls.Request.question(at, draft(text, demands))));
  }

  private static ObjectNode draft(String text, Put demands) {
    ObjectNode draft = JsonNodeFactory.instance.objectNode().put("schema", text);
    if (!demands.canaries().isEmpty()) {
      ArrayNode canaries = draft.putArray("canary");
      for (Canary c : demands.canaries()) {
        ObjectNode one = canaries.addObject();
        one.put("expected", c.expected().name().toLowerCase(Locale.ROOT));
        one.set("question", c.question().document());
      }
    }
    return draft;
  }

  /**
   * Where relationships stand.
   *
   * @param schemaVersion 0 without a schema
   * @param tuples how many there are
   */
  public record Status(
      String token, int schemaVersion, String schemaDigest, long tuples, List<Index> indexes) {}

  /**
   * How far the index of one relation is.
   *
   * @param building whether it does not serve yet
   * @param lagEntries changes that it is behind
   */
  public record Index(
      String type,
      String relation,
      boolean building,
      long lagEntries,
      double lagSeconds,
      long pairs) {}

  /** Where the tenant's relationships and their indexes stand. */
  public Status status() {
    JsonNode read = calls.json(Calls.Request.read("GET", "/v1/authz/status"));
    List<Index> indexes = new ArrayList<>();
    for (JsonNode c : read.path("closures")) {
      indexes.add(
          new Index(
              c.path("type").asText(),
              c.path("relation").asText(),
              c.path("building").asBoolean(),
              c.path("lagEntries").asLong(),
              c.path("lagSeconds").asDouble(),
              c.path("pairs").asLong()));
    }
    return new Status(
        read.path("token").asText(),
        read.path("schemaVersion").asInt(),
        read.path("schemaDigest").asText(),
        read.path("tuples").asLong(),
        List.copyOf(indexes));
  }

  /** Keeps an index of a relation that admits its own userset; it is built in the background. */
  public void keepIndex(String type, String relation) {
    index("PUT", type, relation, "");
  }

  /** Keeps it no longer. */
  public void dropIndex(String type, String relation) {
    index("DELETE", type, relation, "");
  }

  /** Makes it anew in the background. */
  public void rebuildIndex(String type, String relation) {
    index("POST", type, relation, ":rebuild");
  }

  private void index(String method, String type, String relation, String verb) {
    String at = "/v1/authz/closures/" + Paths.value(type) + "/" + Paths.value(relation) + verb;
    calls.json(Calls.Request.change(method, at, null, Map.of()));
  }
}
