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
      AdminTargetCommand.class,
      AdminLockClockCommand.class
    })
final class AdminCommand {}
