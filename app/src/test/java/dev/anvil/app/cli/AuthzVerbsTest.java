package dev.anvil.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the relationship verbs say of what is wrong, and an import that is large. */
class AuthzVerbsTest {
  private static final String SCHEMA =
      """
      definition user {}
      caveat office(place string, hour int) { place != "" && hour >= 9 && hour < 17 }
      definition document {
        relation viewer: user | user with office
        permission view = viewer
      }
      """;

  @TempDir private Path folder;
  private TypedShell shell;

  @BeforeEach
  void start() throws IOException {
    shell = new TypedShell(folder);
    says("admin tenant create acme --data anvil-data");
    says(
        "admin app create --tenant acme --name web --grant '*|*' --profile default"
            + " --data anvil-data");
    write("schema.zed", SCHEMA);
    says("authz schema put schema.zed");
  }

  @AfterEach
  void stop() {
    shell.close();
  }

  private void write(String file, String text) throws IOException {
    Files.writeString(folder.resolve(file), text);
  }

  private String ends(int code, String verb) throws IOException {
    TypedShell.Ran ran = shell.run("./anvil " + verb);
    assertThat(ran.code()).as(ran.toString()).isEqualTo(code);
    return ran.said();
  }

  private String says(String verb) throws IOException {
    return ends(0, verb);
  }

  @Test
  void slipsAreTold() throws IOException {
    assertThat(ends(1, "authz tuple read docment")).contains("docment").contains("never declared");
    assertThat(ends(1, "authz tuple read document --relation veiwer")).contains("veiwer");
    assertThat(ends(1, "authz tuple delete document:1#veiwer@user:anna"))
        .contains("no relation 'veiwer' was ever declared");
    assertThat(says("authz tuple delete document:1#viewer@user:anna")).startsWith("absent ");
    assertThat(says("authz tuple read document")).isEmpty();
    says("authz tuple write 'document:1#viewer@user:anna[office:{\"place\":\"x\"}]'");
    String check = "authz check document:1#view@user:anna --context ";
    assertThat(says(check + "'{\"hour\":10}'")).startsWith("allowed");
    assertThat(says(check + "'{\"hour\":10.0}'")).startsWith("allowed");
    assertThat(ends(1, check + "'{\"hour\":10.5}'")).contains("'hour' is no int");
  }

  @Test
  void aFileOfAssertionsPassesOrNot() throws IOException {
    String file =
        """
        schema: |
          definition user {}
          definition document { relation viewer: user }
        relationships: document:1#viewer@user:anna
        assertions:
          assertTrue:
            - document:1#viewer@user:anna
          assertCaveated: []
          assertFalse:
            - document:1#viewer@user:%s
        """;
    write("good.yaml", file.formatted("bob"));
    write("bad.yaml", file.formatted("anna"));
    assertThat(says("authz test good.yaml")).contains("2");
    assertThat(ends(1, "authz test bad.yaml"))
        .contains("document:1#viewer@user:anna")
        .contains("allowed");
    assertThat(ends(2, "authz test none.yaml")).contains("none.yaml");
  }

  /** 320 tuples of 900 characters are more than one write takes. */
  @Test
  void anImportOfLongTuplesIsWhole() throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 320; i++) {
      String place = "p".repeat(840);
      lines.append("document:%d#viewer@user:anna[office:{\"place\":\"%s\"}]%n".formatted(i, place));
    }
    write("tuples.txt", lines.toString());
    String imports = "authz import --schema schema.zed --relationships tuples.txt";
    assertThat(says(imports + " --dry-run")).contains("320 map, 0 do not map");
    assertThat(says("authz tuple read document")).isEmpty();
    assertThat(says(imports)).contains("320 written, 0 do not map").contains("token ");
    assertThat(says("authz tuple read document").lines()).hasSize(320);
    write("tuples.txt", "document:9#viewer@user:zoe\ndocument:9#owner@user:zoe\n");
    assertThat(ends(1, imports)).contains("line 2 does not map").contains("nothing was written");
    assertThat(says("authz tuple read document --id 9")).doesNotContain("zoe");
    assertThat(says(imports + " --partial")).contains("1 written, 1 do not map");
  }
}
