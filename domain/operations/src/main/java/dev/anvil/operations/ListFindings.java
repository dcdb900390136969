package dev.anvil.operations;

import dev.anvil.identity.AdminDoor;
import dev.anvil.identity.Call;
import dev.anvil.journal.Finding;
import java.util.List;

/** What scrubs, checks and repairs found; for administrators. */
public final class ListFindings {
  private final Findings findings;

  /** Of these. */
  public ListFindings(Findings findings) {
    this.findings = findings;
  }

  /** All. */
  public record Command() {}

  /** At most {@link Findings#MAX_LISTED}, in the order of invariants and subjects. */
  public record Result(List<Finding> findings) {}

  /** Lists. */
  public Result execute(Call call, Command command) {
    AdminDoor.require(call);
    return new Result(findings.list());
  }
}
