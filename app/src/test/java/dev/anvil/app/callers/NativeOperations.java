package dev.anvil.app.callers;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Every operation of the native and the admin API, from the document that the node serves. */
final class NativeOperations {
  private static final String QUESTION =
      "{\"resource\":\"anvil/bucket:b\",\"permission\":\"read\",\"subject\":\"anvil/app:x\"}";

  private static final String POLICY =
      "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\","
          + "\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::BUCKET/*\"}]}";

  /** Bodies of operations that look into them before they know what is asked of whom. */
  private static final Map<String, String> BODIES =
      Map.ofEntries(
          Map.entry("checkPermission", QUESTION),
          Map.entry(
              "expandPermission", "{\"resource\":\"anvil/bucket:b\",\"permission\":\"read\"}"),
          Map.entry("checkBatch", "{\"items\":[" + QUESTION + "]}"),
          Map.entry(
              "listAuthorizedObjects",
              "{\"type\":\"anvil/bucket\",\"permission\":\"read\",\"subject\":\"anvil/app:x\"}"),
          Map.entry(
              "listAuthorizedSubjects",
              "{\"resource\":\"anvil/bucket:b\",\"permission\":\"read\",\"subjectType\":\"anvil/app\"}"),
          Map.entry("putSchema", "{\"schema\":\"definition user {}\"}"),
          Map.entry("validateSchema", "{\"schema\":\"definition user {}\"}"),
          Map.entry("deleteTuples", "{\"filter\":{\"resourceType\":\"anvil/bucket\"}}"),
          Map.entry("readTuples", "{\"filter\":{\"resourceType\":\"anvil/bucket\"}}"),
          Map.entry(
              "writeTuples",
              "{\"updates\":[{\"op\":\"touch\",\"tuple\":\"anvil/bucket:b#reader@anvil/app:x\"}]}"),
          Map.entry("updateBucket", "{\"versioning\":\"enabled\"}"),
          Map.entry("setBucketAccess", "{\"access\":\"scopes\"}"),
          Map.entry("batch", "{\"operation\":\"head\",\"items\":[{\"key\":\"KEY\"}]}"),
          Map.entry("patchObject", "{}"),
          Map.entry("composeObject", "{\"sources\":[{\"key\":\"KEY\"}]}"),
          Map.entry("copyObject", "{\"source\":{\"key\":\"KEY\"}}"),
          Map.entry("renameObject", "{\"source\":{\"key\":\"KEY\"}}"),
          Map.entry("appendRecords", "{\"records\":[{\"text\":\"x\"}]}"),
          Map.entry("createUpload", "{\"key\":\"KEY\"}"),
          Map.entry("completeUpload", "{\"parts\":[{\"number\":1,\"etag\":\"x\"}]}"),
          Map.entry(
              "grantAuthority", "{\"clientId\":\"CLIENT\",\"scope\":\"object:read|bucket:bbb\"}"),
          Map.entry(
              "revokeAuthority", "{\"clientId\":\"CLIENT\",\"scope\":\"object:read|bucket:bbb\"}"),
          Map.entry("putObject", "content"),
          Map.entry("putPart", "content"),
          Map.entry("putManifest", "{}"),
          Map.entry("putBucketPolicy", POLICY),
          Map.entry("putPublicAccess", "{\"read\":true}"),
          Map.entry("putPublicAccessBlock", "{\"blockPublicPolicy\":true}"));

  private NativeOperations() {}

  /** One operation; names of the path are still to be filled in. */
  record Operation(
      String id,
      String method,
      String path,
      boolean management,
      boolean open,
      boolean body,
      boolean repeatable,
      Set<String> headers) {
    boolean ofBucket() {
      return path.contains("{bucket}");
    }

    boolean ofKey() {
      return path.contains("{key}");
    }

    boolean ofUpload() {
      return path.contains("{uploadId}");
    }

    String target(String bucket, String key, String upload) {
      return path.replace("{bucket}", bucket)
          .replace("{key}", key)
          .replace("{uploadId}", upload)
          .replace("{number}", "1")
          .replace("{tenant}", "acme")
          .replace("{clientId}", "anvnobody")
          .replaceAll("\\{[a-zA-Z]+}", "x");
    }

    /** The body, if the operation has any. */
    String body(String bucket, String key, String client) {
      String given = BODIES.get(id);
      return given != null
          ? given.replace("BUCKET", bucket).replace("KEY", key).replace("CLIENT", client)
          : body && !method.equals("DELETE") && !method.equals("PUT") ? "{}" : null;
    }
  }

  static List<Operation> all(JsonNode document) {
    List<Operation> all = new ArrayList<>();
    document
        .path("paths")
        .properties()
        .forEach(path ->
            path.getValue()
                .properties()
                .forEach(method -> {
                  JsonNode o = method.getValue();
                  if (o.has("operationId")) {
                    all.add(
                        new Operation(
                            o.path("operationId").asText(),
                            method.getKey().toUpperCase(java.util.Locale.ROOT),
                            path.getKey(),
                            o.path("tags").toString().contains("management"),
                            !o.has("security"),
                            o.has("requestBody"),
                            o.path("parameters").toString().contains("\"Idempotency-Key\""),
                            headers(o.path("parameters"))));
                  }
                }));
    return all;
  }

  private static Set<String> headers(JsonNode parameters) {
    Set<String> names = new TreeSet<>();
    for (JsonNode p : parameters) {
      if (p.path("in").asText().equals("header")) {
        names.add(p.path("name").asText());
      }
    }
    return names;
  }
}
