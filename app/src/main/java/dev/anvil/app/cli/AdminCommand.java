package dev.anvil.app.cli;

import picocli.CommandLine.Command;

/** Admin verbs. */
@Command(
    name = "admin",
    description = "tenants, applications and grants, through the admin API",
    subcommands = {
      AdminTenantCommand.class,
      AdminAppCommand.class,
      AdminGrantCommand.class,
      AdminTokenCommand.class,
      AdminKeyCommand.class,
      AdminCredentialCommand.class,
      AdminAuditCommand.class,
      AdminLookCommands.Nodes.class,
      AdminLookCommands.Leases.class,
      AdminLookCommands.Tasks.class,
      AdminLookCommands.Findings.class,
      AdminLookCommands.Logs.class,
      AdminTargetCommand.class,
      AdminLockClockCommand.class
    })
final class AdminCommand {}
