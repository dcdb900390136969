package dev.anvil.http.admin;

import dev.anvil.http.jersey.Exchanges;
import dev.anvil.http.use.OperatorUses;
import dev.anvil.operations.ListFindings;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** What scrubs, checks and repairs found. */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public final class FindingsApi {
  private final OperatorUses uses;

  /** On these use cases. */
  public FindingsApi(OperatorUses uses) {
    this.uses = uses;
  }

  /** Something that is not as it must be. */
  public record Finding(
      String invariant,
      String subject,
      String expected,
      String actual,
      String action,
      String foundAt) {
    static Finding of(dev.anvil.journal.Finding f) {
      return new Finding(
          f.invariant(), f.subject(), f.expected(), f.actual(), f.action(), f.foundAt().toString());
    }
  }

  /** All of them, at most 1,000. */
  public record FindingList(List<Finding> findings) {}

  @GET
  @Path("v1/admin/findings")
  @Operation(summary = "Lists what scrubs, checks and repairs found")
  public FindingList listFindings(@Context ContainerRequestContext request) {
    var found = uses.findings().execute(Exchanges.call(request), new ListFindings.Command());
    return new FindingList(found.findings().stream().map(Finding::of).toList());
  }
}
