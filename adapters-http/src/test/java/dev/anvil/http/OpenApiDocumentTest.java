package dev.anvil.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fast")
class OpenApiDocumentTest {
  private static final Path COMMITTED =
      Path.of("src/main/resources/dev/anvil/http/docs/openapi.json");

  /** Set {@code -Danvil.openapi.write=true} to write the document instead of comparing it. */
  @Test
  void theCommittedDocumentIsWhatTheCodeSays() throws Exception {
    String made = OpenApiDocument.json();
    if (Boolean.getBoolean("anvil.openapi.write")) {
      Files.writeString(COMMITTED, made);
    }
    assertThat(Files.readString(COMMITTED))
        .as("run this test with -Danvil.openapi.write=true and commit the result")
        .isEqualTo(made);
  }

  @Test
  void theDocumentHasEveryRouteAndNoOther() throws Exception {
    List<String> routes = new ArrayList<>();
    NativeApi.routes().routes().forEach(r -> routes.add(r.method() + " " + r.path()));
    ManagementApi.routes().routes().forEach(r -> routes.add(r.method() + " " + r.path()));
    var document = OpenApiDocument.parse(Files.readString(COMMITTED));
    assertThat(OpenApiDocument.operations(document)).containsExactlyInAnyOrderElementsOf(routes);
  }
}
