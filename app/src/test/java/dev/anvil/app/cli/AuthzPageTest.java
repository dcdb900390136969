package dev.anvil.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.app.node.Node;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs docs/authz.md: every line that calls {@code ./anvil}, in the page's order against a real
 * node, and every schema that it shows.
 */
class AuthzPageTest {
  private static final Path DOCS = Path.of("..", "docs");

  @TempDir private Path folder;

  /** The files that the page's lines name. */
  private void files(String page) throws IOException {
    Path example = Files.createDirectories(folder.resolve("docs/examples/authz"));
    for (String name : List.of("app.zed", "app_test.yaml", "saas_test.yaml")) {
      Files.copy(DOCS.resolve("examples/authz").resolve(name), example.resolve(name));
    }
    Files.copy(example.resolve("app.zed"), folder.resolve("schema.zed"));
    Files.writeString(folder.resolve("tuples.txt"), "document:plan#viewer@user:dora\n");
    Files.copy(example.resolve("app.zed"), folder.resolve("app.zed"));
    Files.copy(example.resolve("app_test.yaml"), folder.resolve("validation.yaml"));
    String[] first = page.split("(?m)^```$");
    assertThat(first).as("a page with one fenced block, the first schema").hasSize(3);
    Files.writeString(folder.resolve("first.zed"), first[1]);
    String[] redefined = page.split("(?m)^    (?=definition anvil/object)");
    assertThat(redefined).as("a page with one redefinition").hasSize(2);
    String own = redefined[1].lines().findFirst().orElseThrow();
    Files.writeString(
        folder.resolve("own.zed"), Files.readString(example.resolve("app.zed")) + own);
  }

  private TypedShell shell;
  private boolean watching;

  /** Runs a line to its end; meanwhile the watch behind may end. */
  private TypedShell.Ran run(String line) throws IOException {
    TypedShell.Ran ran = shell.run(line);
    if (watching && ran.line().endsWith("&")) {
      assertThat(ran.code()).as(ran.toString()).isZero();
      assertThat(ran.said()).contains("tuple.").contains("group:eng#member@user:anna");
      watching = false;
      ran = shell.next();
    }
    return ran;
  }

  private String done(String line) throws IOException {
    TypedShell.Ran ran = run(line);
    assertThat(ran.code()).as(ran.toString()).isZero();
    return ran.said();
  }

  @Test
  @Timeout(180)
  void everyLineOfThePageDoesWhatThePageSays() throws Exception {
    String page = Files.readString(DOCS.resolve("authz.md"));
    files(page);
    List<String> lines =
        page.lines().filter(l -> l.startsWith("    ./anvil ")).map(String::strip).toList();
    assertThat(lines).hasSizeGreaterThan(14);
    try (TypedShell typed = new TypedShell(folder)) {
      shell = typed;
      for (String line : lines) {
        if (line.endsWith("&")) {
          watching = true;
          shell.type(line);
        } else {
          judge(page, run(line));
        }
      }
      // the watch may have begun only after the deletion that was meant for it
      for (boolean write = true; watching; write = !write) {
        String verb = write ? "write" : "delete";
        done("./anvil authz tuple " + verb + " 'group:eng#member@user:anna'");
      }
      rootsAreToldAsExactOrNot(shell.node());
      done("./anvil admin tenant create other");
      done("./anvil admin app create --tenant other --name web --grant '*|*' --profile other");
      done("./anvil authz schema validate first.zed --profile other");
      done("./anvil authz schema validate own.zed --profile other");
    }
  }

  private void rootsAreToldAsExactOrNot(Node node) throws Exception {
    done("./anvil bucket create files");
    HttpRequest governed =
        HttpRequest.newBuilder(node.publicUrl().resolve("/v1/buckets/files/access"))
            .header("Authorization", "Bearer " + done("./anvil token").strip())
            .header("Content-Type", "application/json")
            .PUT(HttpRequest.BodyPublishers.ofString("{\"access\":\"relationships\"}"))
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      assertThat(http.send(governed, HttpResponse.BodyHandlers.ofString()).statusCode())
          .isEqualTo(200);
    }
    String write = "./anvil authz tuple write ";
    String list = "./anvil authz list objects anvil/object read anvil/user:anna";
    done(write + "'anvil/folder:files/a/#reader@anvil/user:anna'");
    done(write + "'anvil/object:files/b#reader@anvil/user:anna'");
    assertThat(done(list)).isEqualTo("files/a/  exact\nfiles/b\n");
    done(write + "'anvil/object:files/a/x#banned@anvil/user:anna'");
    assertThat(done(list)).isEqualTo("files/a/  not exact\nfiles/b\n");
  }

  private static void judge(String page, TypedShell.Ran ran) {
    boolean refused = ran.line().contains(" || echo ");
    assertThat(ran.code()).as(ran.toString()).isEqualTo(refused ? 1 : 0);
    if (ran.line().endsWith("--explain")) {
      assertThat(page).contains(ran.said().indent(4));
    } else if (ran.line().contains("check ")) {
      assertThat(ran.said()).startsWith(refused ? "denied" : "allowed");
    } else if (ran.line().contains("list objects")) {
      assertThat(ran.said()).isEqualTo("readme\n");
    } else if (ran.line().contains("list subjects")) {
      assertThat(ran.said()).isEqualTo("user:anna\n");
    } else if (ran.line().contains("expand ")) {
      assertThat(ran.said()).contains("document:readme#viewer@group:eng#member");
    }
  }
}
