package dev.anvil.app.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The manual, the dashboard and the alert rules name what the server exports, and nothing else. */
class ExportedMetricsTest {
  private static final Pattern OURS = Pattern.compile("\\banvil_[a-z0-9_]+");
  private static final Pattern OF_OTHERS = Pattern.compile("\\b(?:jvm|process)_[a-z0-9_]+");
  private static final Pattern BY =
      Pattern.compile("by \\(([a-z_, ]+)\\)|\\{\\{ ?(?:\\$labels\\.)?([a-z_]+) ?\\}\\}");

  /** Labels that Prometheus adds. */
  private static final Set<String> ADDED = Set.of("instance", "le", "job");

  @TempDir private Path folder;

  private static Set<String> names(Pattern of, String text) {
    Set<String> names = new TreeSet<>();
    Matcher m = of.matcher(text);
    while (m.find()) {
      names.add(m.group().replaceFirst("_(bucket|sum|count)$", ""));
    }
    return names;
  }

  private static String ops(String path) throws IOException {
    return Files.readString(Path.of("..").resolve(path));
  }

  private String exported() {
    try (LocalNode local = new LocalNode(folder)) {
      String token = local.token("acme", "*|*");
      for (String path : new String[] {"/v1/buckets/docs", "/v1/buckets/docs/objects/a"}) {
        local.send(
            local.node().publicUrl(),
            "PUT",
            path,
            "{}",
            Map.of("Authorization", "Bearer " + token, "Content-Type", "application/json"));
      }
      return local.admin("GET", "/metrics", null).body();
    }
  }

  @Test
  void whatIsNamedIsExportedAndWhatIsExportedIsDocumented() throws IOException {
    String told = exported();
    Set<String> ours = names(OURS, told);
    Set<String> others = names(OF_OTHERS, told);
    Set<String> labels = new TreeSet<>(ADDED);
    Matcher m = Pattern.compile("([a-z_]+)=\"").matcher(told);
    while (m.find()) {
      labels.add(m.group(1));
    }
    assertThat(ours).hasSizeGreaterThan(30);
    for (String file :
        new String[] {"ops/grafana/anvil-node.json", "ops/prometheus/anvil-alerts.yml"}) {
      String text = ops(file);
      // counters of what never happened yet are declared, not sampled
      assertThat(ours).as(file).containsAll(names(OURS, text));
      assertThat(others).as(file).containsAll(names(OF_OTHERS, text));
      Matcher by = BY.matcher(text);
      while (by.find()) {
        String used = by.group(1) == null ? by.group(2) : by.group(1);
        for (String label : used.split(", ?")) {
          assertThat(labels).as(file + " uses a label").contains(label);
        }
      }
    }
    Set<String> documented = names(OURS, ops("docs/operations.md"));
    assertThat(documented).as("docs/operations.md").containsAll(ours);
    assertThat(ours).as("exported").containsAll(documented);
  }

  @Test
  void aNameThatIsNotExportedIsNoticed() {
    assertThat(names(OURS, "rate(anvil_planted_seconds_bucket[5m])"))
        .containsExactly("anvil_planted_seconds");
    assertThat(exported()).doesNotContain("anvil_planted");
  }
}
