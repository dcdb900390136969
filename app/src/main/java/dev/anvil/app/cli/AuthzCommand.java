package dev.anvil.app.cli;

import picocli.CommandLine.Command;

/** Relationship authorisation. */
@Command(
    name = "authz",
    description = "relationships: schemas, tuples, checks and lists",
    subcommands = {
      AuthzSchemaCommand.class,
      AuthzTupleCommand.class,
      AuthzCheckCommand.class,
      AuthzListCommand.class,
      AuthzExpandCommand.class,
      AuthzWatchCommand.class,
      AuthzStatusCommand.class,
      AuthzTestCommand.class,
      AuthzImportCommand.class
    })
final class AuthzCommand {}
