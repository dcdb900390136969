package dev.anvil.http.admin;

import dev.anvil.http.jersey.Exchanges;
import dev.anvil.http.use.UseCases;
import dev.anvil.objects.lock.ConfirmLockClock;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;

/** The clock that ends locks. */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class LockClockApi {
  private final UseCases.Upkeep upkeep;

  /** On these use cases. */
  public LockClockApi(UseCases.Upkeep upkeep) {
    this.upkeep = upkeep;
  }

  /** The clock; a lead means that the wall clock is not believed. */
  public record LockClock(String now, String wallClock, long leadSeconds) {
    static LockClock of(ConfirmLockClock.Result r) {
      return new LockClock(r.now().toString(), r.wall().toString(), r.lead().toSeconds());
    }
  }

  @GET
  @Path("v1/admin/lock-clock")
  @Operation(summary = "Shows the clock that ends locks")
  public LockClock showLockClock(@Context ContainerRequestContext request) {
    return run(request, false);
  }

  @POST
  @Path("v1/admin/lock-clock:confirm")
  @Operation(summary = "Makes the clock that ends locks believe the wall clock")
  public LockClock confirmLockClock(@Context ContainerRequestContext request) {
    return run(request, true);
  }

  private LockClock run(ContainerRequestContext request, boolean confirm) {
    var command = new ConfirmLockClock.Command(confirm);
    return LockClock.of(upkeep.lockClock().execute(Exchanges.call(request), command));
  }
}
