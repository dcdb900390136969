package dev.anvil.bench.side;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The order of the rows, and what warms up. */
@Tag("fast")
class PlanTest {
  @Test
  void whatIsJudgedHasAllItsRoundsFirst() {
    List<Plan.Step> steps = Plan.of(Rows.all(), 3);
    int judged = 3 * Plan.JUDGED.size();
    assertThat(steps).hasSize(3 * Rows.all().size()).doesNotHaveDuplicates();
    assertThat(steps.subList(0, judged)).allMatch(Plan.Step::judged);
    assertThat(steps.subList(judged, steps.size())).noneMatch(Plan.Step::judged);
    assertThat(steps.subList(0, judged).stream().map(Plan.Step::round)).isSorted();
  }

  @Test
  void everyJudgedRowIsThere() {
    Set<String> names = Rows.all().stream().map(Row::name).collect(Collectors.toSet());
    assertThat(names).containsAll(Plan.JUDGED);
  }

  @Test
  void theMixtureHasEveryOperationAndBothInterfaces() {
    List<Row> mixture = WarmUp.mixture(Rows.all());
    assertThat(mixture.stream().map(Row::name))
        .contains("PUT 4 KiB, 16", "DELETE 4 KiB, 16", "GET 16 MiB, 4", "LIST flat")
        .contains("native PUT 4 KiB, 16", Target.MULTIPART)
        .doesNotContain("PUT 4 KiB, 1", "PUT 4 KiB, 64");
    assertThat(WarmUp.again(mixture).stream().map(Row::name))
        .contains("PUT 4 KiB, 16", "LIST versions")
        .noneMatch(name -> name.contains("MiB") || name.startsWith("native"));
  }

  @Test
  void aPartThatHasOnlyOneClientWarmsUpWithIt() {
    List<Row> alone = Rows.all().stream().filter(r -> r.name().equals("GET 4 KiB, 1")).toList();
    assertThat(WarmUp.mixture(alone)).isEqualTo(alone);
    assertThat(WarmUp.again(alone)).isEqualTo(alone);
  }
}
