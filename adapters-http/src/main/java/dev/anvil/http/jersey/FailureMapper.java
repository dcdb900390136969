package dev.anvil.http.jersey;

import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import org.glassfish.jersey.server.ContainerRequest;

/** Hands every failure of a resource back to the one place that answers failures. */
final class FailureMapper implements ExceptionMapper<Throwable> {
  private final Provider<ContainerRequest> request;

  @Inject
  FailureMapper(Provider<ContainerRequest> request) {
    this.request = request;
  }

  @Override
  public Response toResponse(Throwable failure) {
    Exchanges.of(request.get()).fail(failure);
    return Response.status(Response.Status.INTERNAL_SERVER_ERROR).build();
  }
}
