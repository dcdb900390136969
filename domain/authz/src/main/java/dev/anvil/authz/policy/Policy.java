package dev.anvil.authz.policy;

import java.util.List;
import java.util.Map;

/** A bucket policy. Immutable; two are equal if they are the same text about the same accounts. */
public final class Policy {
  private final String text;
  private final Map<String, Long> accounts;
  private final List<Statement> statements;
  private final boolean open;

  Policy(String text, Map<String, Long> accounts, List<Statement> statements) {
    this.text = text;
    this.accounts = Map.copyOf(accounts);
    this.statements = List.copyOf(statements);
    this.open = statements.stream().anyMatch(Statement::open);
  }

  /** What a policy says. */
  public enum Decision {
    /** A statement denies it; nothing allows it any more. */
    DENY,
    /** Statements allow all of it, and none denies any. */
    ALLOW,
    /** No statement applies. */
    SILENT
  }

  /** As it was set, byte for byte. */
  public String text() {
    return text;
  }

  /** Accounts by the principals that named them when the policy was set. */
  public Map<String, Long> accounts() {
    return accounts;
  }

  /** Whether it lets in whoever comes, from wherever. */
  public boolean open() {
    return open;
  }

  /** What it says. Denials are looked for first. */
  public Decision decide(PolicyQuestion question) {
    boolean all = !question.actions().isEmpty();
    for (String action : question.actions()) {
      if (applies(question, action, false)) {
        return Decision.DENY;
      }
    }
    for (String action : question.actions()) {
      all = all && applies(question, action, true);
    }
    return all ? Decision.ALLOW : Decision.SILENT;
  }

  private boolean applies(PolicyQuestion question, String action, boolean allow) {
    for (Statement statement : statements) {
      if (statement.allow() == allow && statement.applies(question, action)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Policy p && text.equals(p.text) && accounts.equals(p.accounts);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
