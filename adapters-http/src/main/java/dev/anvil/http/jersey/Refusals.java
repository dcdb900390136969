package dev.anvil.http.jersey;

import dev.anvil.http.wire.Problem;
import dev.anvil.http.wire.Refusal;
import dev.anvil.ports.failure.AnvilException;
import dev.anvil.ports.failure.Invalid;
import jakarta.ws.rs.NotAcceptableException;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.NoContentException;
import java.util.Map;
import org.glassfish.jersey.server.ParamException;

/** What JAX-RS refuses by itself, in this server's own words. */
final class Refusals {
  private Refusals() {}

  static Throwable translate(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof AnvilException) {
        return cause;
      }
      if (cause instanceof NoContentException) {
        return new Invalid(Invalid.Reason.JSON, "The body is empty; send a JSON document.");
      }
    }
    return switch (failure) {
      case ParamException parameter ->
          new Invalid(
              Invalid.Reason.ARGUMENT,
              "The value of '" + parameter.getParameterName() + "' cannot be read.",
              Map.of("name", parameter.getParameterName()));
      case NotSupportedException _ ->
          new Invalid(
              Invalid.Reason.MEDIA_TYPE,
              "The body's Content-Type is none this operation takes; see /v1/docs/.");
      case NotAcceptableException _ ->
          new Refusal(
              new Problem(
                  406,
                  "NotAcceptable",
                  "This operation answers application/json; ask for it or for */*.",
                  false,
                  Map.of()));
      case WebApplicationException web when web.getCause() != null -> web.getCause();
      case WebApplicationException web when web.getResponse().getStatus() < 500 ->
          new Invalid(Invalid.Reason.REQUEST, "The request cannot be read.");
      default -> failure;
    };
  }
}
