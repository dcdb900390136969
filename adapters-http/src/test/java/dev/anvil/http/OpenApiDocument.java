package dev.anvil.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.anvil.http.route.Route;
import dev.anvil.http.route.RouteTable;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.jaxrs2.Reader;
import io.swagger.v3.oas.integration.SwaggerConfiguration;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import io.swagger.v3.oas.models.tags.Tag;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes the API document from the code that answers. */
final class OpenApiDocument {
  private static final String MANAGEMENT = "http://127.0.0.1:7481";

  /** In the order the page shows them. */
  private static final List<String> TAGS =
      List.of(
          "buckets",
          "objects",
          "uploads",
          "manifests",
          "streams",
          "authz",
          "identity",
          "health",
          "management");

  private OpenApiDocument() {}

  static String json() {
    ModelConverters.getInstance(true);
    OpenAPI api = read();
    problems(api);
    finish(api, NativeApi.routes(), false);
    finish(api, ManagementApi.routes(), true);
    // reflection gives methods in any order: the text must not depend on it
    JsonNode sorted = sorted(Json31.mapper().valueToTree(api));
    try {
      return Json31.pretty().writeValueAsString(sorted) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static JsonNode sorted(JsonNode node) {
    if (node.isObject()) {
      ObjectNode out = JsonNodeFactory.instance.objectNode();
      node.properties().stream()
          .sorted(Map.Entry.comparingByKey())
          .forEach(e ->
              out.set(
                  e.getKey(),
                  e.getKey().equals("required") && e.getValue().isArray()
                      ? inOrder(e.getValue())
                      : sorted(e.getValue())));
      return out;
    }
    if (node.isArray()) {
      ArrayNode out = JsonNodeFactory.instance.arrayNode();
      node.forEach(n -> out.add(sorted(n)));
      return out;
    }
    return node;
  }

  private static ArrayNode inOrder(JsonNode texts) {
    ArrayNode out = JsonNodeFactory.instance.arrayNode();
    List<String> all = new ArrayList<>();
    texts.forEach(t -> all.add(t.asText()));
    all.stream().sorted().forEach(out::add);
    return out;
  }

  private static OpenAPI read() {
    OpenAPI base =
        new OpenAPI()
            .info(
                new Info()
                    .title("Anvil native API")
                    .version("1")
                    .description(
                        "Errors are problem+json (RFC 9457). Every answer carries"
                            + " Anvil-Request-Id. Operations tagged management are on the"
                            + " management listener.")
                    .license(new License().name("Apache-2.0").identifier("Apache-2.0")))
            .addServersItem(new Server().url("/"))
            .components(
                new Components()
                    .addSecuritySchemes(
                        "bearer",
                        new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme("bearer")));
    Set<Class<?>> types = new LinkedHashSet<>(NativeApi.RESOURCES);
    types.addAll(NativeApi.PLAIN);
    types.addAll(ManagementApi.RESOURCES);
    for (String name : TAGS) {
      base.addTagsItem(new Tag().name(name));
    }
    SwaggerConfiguration configuration =
        new SwaggerConfiguration().openAPI(base).openAPI31(true).sortOutput(true);
    return new Reader(configuration).read(types);
  }

  private static void problems(OpenAPI api) {
    Schema<Object> problem = typed("object");
    problem.description("RFC 9457; further members name values and limits");
    problem.required(List.of("title", "status", "code", "detail", "requestId", "retryable"));
    Map.of(
            "type", "string",
            "title", "string",
            "status", "integer",
            "code", "string",
            "detail", "string",
            "requestId", "string",
            "retryable", "boolean")
        .entrySet()
        .stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(e -> problem.addProperty(e.getKey(), typed(e.getValue())));
    api.getComponents().addSchemas("Problem", problem);
  }

  private static Schema<Object> typed(String type) {
    Schema<Object> schema = new Schema<>();
    schema.type(type);
    schema.types(Set.of(type));
    return schema;
  }

  private static void finish(OpenAPI api, RouteTable routes, boolean management) {
    for (Route route : routes.routes()) {
      PathItem item = api.getPaths().get(route.path());
      Operation operation =
          item == null
              ? null
              : item.readOperationsMap().get(PathItem.HttpMethod.valueOf(route.method()));
      if (operation == null) {
        throw new AssertionError(route.method() + " " + route.path() + " is not in the document");
      }
      operation.setOperationId(route.operation());
      ApiResponse refused =
          new ApiResponse()
              .description("Refused; see code and detail.")
              .content(
                  new Content()
                      .addMediaType(
                          "application/problem+json",
                          new MediaType()
                              .schema(new Schema<>().$ref("#/components/schemas/Problem"))));
      ApiResponse automatic = operation.getResponses().remove("default");
      if (automatic != null
          && operation.getResponses().keySet().stream()
              .noneMatch(k -> k.startsWith("2") || k.startsWith("5"))) {
        operation.getResponses().addApiResponse("200", automatic.description("Done."));
      }
      operation.getResponses().addApiResponse("default", refused);
      if (!route.open()) {
        operation.addSecurityItem(new SecurityRequirement().addList("bearer"));
      }
      if (management) {
        operation.setTags(List.of("management"));
        operation.addServersItem(new Server().url(MANAGEMENT));
      }
    }
  }

  /** Method and path of every operation of a document. */
  static List<String> operations(OpenAPI api) {
    List<String> all = new ArrayList<>();
    api.getPaths()
        .forEach((path, item) ->
            item.readOperationsMap().keySet().forEach(m -> all.add(m + " " + path)));
    return all;
  }

  static OpenAPI parse(String json) throws Exception {
    return Json31.mapper().readValue(json, OpenAPI.class);
  }
}
