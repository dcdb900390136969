package dev.anvil.authz.limits;

import java.time.Duration;

/** Every bound of relationship authorisation, by name; tests may tighten them. */
public record AuthzLimits(
    SchemaLimits schema, WriteLimits write, QuestionLimits question, StateLimits state) {
  /** The documented bounds. */
  public static final AuthzLimits DEFAULT =
      new AuthzLimits(
          SchemaLimits.DEFAULT, WriteLimits.DEFAULT, QuestionLimits.DEFAULT, StateLimits.DEFAULT);

  /** The same with other bounds of a question. */
  public AuthzLimits with(QuestionLimits other) {
    return new AuthzLimits(schema, write, other, state);
  }

  /**
   * Bounds of a schema.
   *
   * @param bytes of its text in UTF-8
   * @param types definitions
   * @param members relations and permissions of a type
   * @param allowed shapes of a relation
   * @param expressionDepth nested expressions
   * @param nameBytes of a name
   * @param pathBytes of a path
   * @param caveats conditions
   * @param caveatBytes of a body
   * @param caveatParameters of a condition
   * @param problemsShown in an answer
   */
  public record SchemaLimits(
      int bytes,
      int types,
      int members,
      int allowed,
      int expressionDepth,
      int nameBytes,
      int pathBytes,
      int caveats,
      int caveatBytes,
      int caveatParameters,
      int problemsShown) {
    /** The documented bounds. */
    public static final SchemaLimits DEFAULT =
        new SchemaLimits(256 << 10, 500, 200, 64, 32, 64, 128, 200, 4 << 10, 32, 100);
  }

  /**
   * Bounds of a write.
   *
   * @param updates tuples of a commit
   * @param preconditions of a commit
   * @param preconditionReads rows that all preconditions of a commit may look at
   * @param deleteByFilter tuples that one commit deletes
   * @param contextBytes stored context of a tuple
   * @param reasonBytes reason of a write
   * @param idBytes of an object id
   * @param requestBytes of all ids and contexts of a commit
   */
  public record WriteLimits(
      int updates,
      int preconditions,
      int preconditionReads,
      int deleteByFilter,
      int contextBytes,
      int reasonBytes,
      int idBytes,
      int requestBytes) {
    /** The documented bounds. */
    public static final WriteLimits DEFAULT =
        new WriteLimits(1_000, 100, 2_000, 1_000, 4 << 10, 512, 1_152, 256 << 10);
  }

  /**
   * Bounds of a question.
   *
   * @param contextBytes of its context
   * @param contextualTuples that count for it alone
   * @param items of a batch
   * @param depth hops to another object
   * @param nodes looked at
   * @param tuples read
   * @param time for all of it
   * @param traceNodes of an explanation
   * @param caveatRuns conditions evaluated
   * @param expandDepth of a tree
   * @param page entries of a page by default
   * @param maxPage most entries of a page
   * @param pageNodes work of a page
   * @param pageTime time of a page
   * @param except exceptions named behind a wildcard
   * @param roots prefixes and keys that carry what a subject holds
   */
  public record QuestionLimits(
      int contextBytes,
      int contextualTuples,
      int items,
      int depth,
      int nodes,
      int tuples,
      Duration time,
      int traceNodes,
      int caveatRuns,
      int expandDepth,
      int page,
      int maxPage,
      int pageNodes,
      Duration pageTime,
      int except,
      int roots) {
    /** The documented bounds; a page ends before the longest life of a read snapshot. */
    public static final QuestionLimits DEFAULT =
        new QuestionLimits(
            16 << 10,
            100,
            1_000,
            50,
            10_000,
            100_000,
            Duration.ofSeconds(2),
            500,
            1_000,
            5,
            100,
            1_000,
            100_000,
            Duration.ofMillis(4_500),
            1_000,
            200_000);

    /** The same with other time for a question. */
    public QuestionLimits lasting(Duration other) {
      return new QuestionLimits(
          contextBytes,
          contextualTuples,
          items,
          depth,
          nodes,
          tuples,
          other,
          traceNodes,
          caveatRuns,
          expandDepth,
          page,
          maxPage,
          pageNodes,
          pageTime,
          except,
          roots);
    }

    /** The same with another bound of roots. */
    public QuestionLimits rooted(int other) {
      return new QuestionLimits(
          contextBytes,
          contextualTuples,
          items,
          depth,
          nodes,
          tuples,
          time,
          traceNodes,
          caveatRuns,
          expandDepth,
          page,
          maxPage,
          pageNodes,
          pageTime,
          except,
          other);
    }

    /** The same with other depth, nodes and tuples. */
    public QuestionLimits walk(int maxDepth, int maxNodes, int maxTuples) {
      return new QuestionLimits(
          contextBytes,
          contextualTuples,
          items,
          maxDepth,
          maxNodes,
          maxTuples,
          time,
          traceNodes,
          caveatRuns,
          expandDepth,
          page,
          maxPage,
          pageNodes,
          pageTime,
          except,
          roots);
    }
  }

  /**
   * Bounds of what is kept.
   *
   * @param tokenChars of a revision token
   * @param history how long older revisions answer
   * @param await how long a question waits for a revision
   * @param idempotency how long a finished write is remembered
   * @param sweep rows that one step of the sweep drops
   * @param schemas compiled schemas in memory
   * @param closures relations of a tenant with a closure
   * @param closureFan edges of one set in a closure
   */
  public record StateLimits(
      int tokenChars,
      Duration history,
      Duration await,
      Duration idempotency,
      int sweep,
      int schemas,
      int closures,
      int closureFan) {
    /** The documented bounds. */
    public static final StateLimits DEFAULT =
        new StateLimits(
            512,
            Duration.ofHours(24),
            Duration.ofMillis(500),
            Duration.ofHours(24),
            256,
            1_000,
            32,
            100_000);
  }
}
