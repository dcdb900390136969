package dev.anvil.http.jersey;

import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;

/** JAX-RS roles are not used: use cases decide, and the caller travels in the exchange. */
enum NobodyInParticular implements SecurityContext {
  INSTANCE;

  @Override
  public Principal getUserPrincipal() {
    return null;
  }

  @Override
  public boolean isUserInRole(String role) {
    return false;
  }

  @Override
  public boolean isSecure() {
    return false;
  }

  @Override
  public String getAuthenticationScheme() {
    return null;
  }
}
