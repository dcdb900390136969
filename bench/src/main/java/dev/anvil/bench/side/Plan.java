package dev.anvil.bench.side;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The order of a run: what is judged has all its rounds before anything else has its first, so that
 * a short run leaves out what nobody judges.
 */
final class Plan {
  /** Names of the rows that {@link Target} judges. */
  static final Set<String> JUDGED =
      Set.of(
          "PUT 4 KiB, 16",
          "PUT 4 KiB, 64",
          "PUT 4 KiB, 1",
          "GET 4 KiB, 16",
          "GET 4 KiB, 64",
          "GET 4 KiB, 1",
          "HEAD 4 KiB, 16",
          "mixed 4 KiB, 16",
          "DELETE 4 KiB, 16",
          "PUT 64 KiB, 16",
          "PUT 1 MiB, 8",
          "GET 1 MiB, 8",
          "PUT 16 MiB, 4",
          "GET 16 MiB, 4",
          Target.MULTIPART,
          "LIST flat",
          "LIST delimiter, under one prefix",
          "LIST versions");

  /** One row in one round, from 0. */
  record Step(int round, Row row, boolean judged) {}

  private Plan() {}

  /** All steps, in their order. */
  static List<Step> of(List<Row> rows, int rounds) {
    List<Step> steps = new ArrayList<>();
    for (boolean judged : new boolean[] {true, false}) {
      for (int round = 0; round < rounds; round++) {
        for (Row row : rows) {
          if (JUDGED.contains(row.name()) == judged) {
            steps.add(new Step(round, row, judged));
          }
        }
      }
    }
    return steps;
  }
}
