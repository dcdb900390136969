package dev.anvil.app.node;

import dev.anvil.authz.relations.AppointTenantAdmin;
import dev.anvil.authz.relations.AuthzServices;
import dev.anvil.http.use.UseCases;
import dev.anvil.identity.AddGrant;
import dev.anvil.identity.AdminCredential;
import dev.anvil.identity.AuthenticateAdmin;
import dev.anvil.identity.AuthenticateToken;
import dev.anvil.identity.CreateApplication;
import dev.anvil.identity.CreateTenant;
import dev.anvil.identity.Credentials;
import dev.anvil.identity.GrantAuthority;
import dev.anvil.identity.IdentityDirectory;
import dev.anvil.identity.IssueToken;
import dev.anvil.identity.ListApplications;
import dev.anvil.identity.ListGrants;
import dev.anvil.identity.ListTenants;
import dev.anvil.identity.PublishKeys;
import dev.anvil.identity.RemoveGrant;
import dev.anvil.identity.RevokeApplication;
import dev.anvil.identity.RevokeAuthority;
import dev.anvil.identity.RotateSecret;
import dev.anvil.identity.SuspendTenant;
import dev.anvil.ports.identity.AdminSecret;
import java.time.InstantSource;

/** Every use case of identity, made once. */
final class IdentityUseCases {
  private IdentityUseCases() {}

  static UseCases.Identity identity(IdentityParts p, Admission admission, InstantSource clock) {
    return new UseCases.Identity(
        admission.tokens(new AuthenticateToken(p.directory(), p.tokens(), p.settings(), clock)),
        new IssueToken(p.directory(), p.credentials(), p.tokens(), p.settings(), clock)::execute,
        new GrantAuthority(p.directory())::execute,
        new RevokeAuthority(p.directory())::execute,
        new PublishKeys(p.tokens())::execute);
  }

  static UseCases.Administration administration(
      IdentityParts p, AdminSecret admin, AuthzServices authz, UseCases.Oversight oversight) {
    IdentityDirectory directory = p.directory();
    Credentials credentials = p.credentials();
    return new UseCases.Administration(
        new AuthenticateAdmin(() -> AdminCredential.parse(admin.text()).digest())::execute,
        new CreateTenant(directory)::execute,
        new ListTenants(directory)::execute,
        new SuspendTenant(directory)::execute,
        new CreateApplication(directory, credentials)::execute,
        new ListApplications(directory)::execute,
        new RotateSecret(directory, credentials)::execute,
        new RevokeApplication(directory)::execute,
        new AddGrant(directory)::execute,
        new RemoveGrant(directory)::execute,
        new ListGrants(directory)::execute,
        new AppointTenantAdmin(authz, directory)::execute,
        oversight);
  }
}
