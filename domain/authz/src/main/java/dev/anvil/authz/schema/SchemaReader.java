package dev.anvil.authz.schema;

import dev.anvil.authz.limits.AuthzLimits.SchemaLimits;
import dev.anvil.authz.schema.SchemaProblem.Code;
import dev.anvil.ports.caveats.CaveatEngine;
import dev.anvil.ports.caveats.CaveatProgram;
import dev.anvil.ports.caveats.CaveatRejected;
import dev.anvil.ports.caveats.CaveatSource;
import dev.anvil.ports.caveats.CaveatType;
import dev.anvil.ports.failure.Invalid;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/** Reads, checks and compiles schema texts. Safe for any number of threads. */
public final class SchemaReader {
  private final SchemaLimits limits;
  private final CaveatEngine caveats;

  /** Compiles conditions with this engine. */
  public SchemaReader(SchemaLimits limits, CaveatEngine caveats) {
    this.limits = limits;
    this.caveats = caveats;
  }

  /**
   * One that compiles each condition once, for reading a text more than once; not for long, since
   * it keeps them.
   */
  public SchemaReader remembering() {
    Map<CaveatSource, CaveatProgram> known = new ConcurrentHashMap<>();
    CaveatEngine engine = caveats;
    return new SchemaReader(
        limits,
        new CaveatEngine() {
          @Override
          public String language() {
            return engine.language();
          }

          @Override
          public CaveatProgram compile(CaveatSource source) throws CaveatRejected {
            CaveatProgram program = known.get(source);
            if (program == null) {
              program = engine.compile(source);
              known.put(source, program);
            }
            return program;
          }
        });
  }

  /**
   * The schema of a text, with the server's own types.
   *
   * @param strict whether warnings are errors
   * @param intern ids of names, from 1, the same id for the same name
   * @throws Invalid SchemaInvalid with every problem
   */
  public Schema read(String text, boolean strict, ToIntFunction<String> intern) {
    List<SchemaProblem> problems = new ArrayList<>();
    bytes(text);
    Parser parser = new Parser(text, limits, problems);
    SchemaTree own = parser.parse();
    SchemaTree tree = SystemSchema.complete(own, problems);
    new Validator(tree, parser.unread(), limits, problems).check();
    Map<String, CaveatProgram> programs = programs(tree, problems);
    Analysis analysis = new Analysis(tree, problems);
    analysis.selfReferences();
    refuse(problems, false);
    Map<String, Schema.Type> types = new Compiler(intern).compile(tree);
    Map<String, Condition> conditions = conditions(tree, programs, intern);
    byte[] digest = digest(tree, conditions);
    analysis.subjects(types, new Schema(text, digest, types, conditions, List.of(), false));
    refuse(problems, strict);
    boolean redefines = own.definitions().stream().anyMatch(d -> SystemSchema.isSystem(d.name()));
    return new Schema(text, digest, types, conditions, problems, redefines);
  }

  /**
   * The text in its standard form.
   *
   * @throws Invalid SchemaInvalid if it does not parse
   */
  public String format(String text) {
    List<SchemaProblem> problems = new ArrayList<>();
    bytes(text);
    SchemaTree tree = new Parser(text, limits, problems).parse();
    refuse(problems, false);
    return Formatter.format(tree);
  }

  private void bytes(String text) {
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > limits.bytes()) {
      String rule = "a schema has at most " + limits.bytes() + " bytes, this one has " + bytes;
      refuse(
          List.of(new SchemaProblem(Code.LIMIT_EXCEEDED, Position.START, "", rule, "shorten it")),
          false);
    }
  }

  private Map<String, CaveatProgram> programs(SchemaTree tree, List<SchemaProblem> problems) {
    Map<String, CaveatProgram> programs = new LinkedHashMap<>();
    int most = Math.min(tree.caveats().size(), limits.caveats());
    for (SchemaTree.Condition c : tree.caveats().subList(0, most)) {
      if (c.body().length() > limits.caveatBytes()) {
        continue;
      }
      try {
        CaveatProgram program =
            caveats.compile(new CaveatSource(c.name(), parameters(c), c.body()));
        programs.put(c.name(), program);
        for (String unused : program.unused()) {
          problems.add(
              new SchemaProblem(
                  Code.UNUSED_PARAMETER,
                  c.at(),
                  unused,
                  "the condition " + c.name() + " never reads it",
                  "remove it"));
        }
      } catch (CaveatRejected e) {
        int line = c.bodyAt().line() + e.line() - 1;
        Position at = new Position(line, e.column());
        problems.add(
            new SchemaProblem(
                Code.CAVEAT_INVALID, at, c.name(), e.getMessage(), "correct the condition"));
      }
    }
    return programs;
  }

  private static TreeMap<String, CaveatType> parameters(SchemaTree.Condition c) {
    TreeMap<String, CaveatType> parameters = new TreeMap<>();
    c.parameters().forEach(p -> parameters.put(p.name(), p.type()));
    return parameters;
  }

  private static Map<String, Condition> conditions(
      SchemaTree tree, Map<String, CaveatProgram> programs, ToIntFunction<String> intern) {
    Map<String, Condition> conditions = new LinkedHashMap<>();
    for (SchemaTree.Condition c : tree.caveats()) {
      conditions.put(
          c.name(),
          new Condition(
              c.name(), intern.applyAsInt(c.name()), parameters(c), programs.get(c.name())));
    }
    return conditions;
  }

  private static byte[] digest(SchemaTree tree, Map<String, Condition> conditions) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      SchemaTree bare = new SchemaTree(tree.uses(), tree.definitions(), List.of(), List.of());
      sha256.update(Formatter.canonical(bare).getBytes(StandardCharsets.UTF_8));
      conditions.values().stream()
          .sorted(Comparator.comparing(Condition::name))
          .forEach(c -> {
            sha256.update(("caveat " + c.name() + "\n").getBytes(StandardCharsets.UTF_8));
            sha256.update(c.program().identity());
          });
      return sha256.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private void refuse(List<SchemaProblem> problems, boolean strict) {
    List<SchemaProblem> errors =
        problems.stream()
            .filter(p -> strict || !p.code().warning())
            .sorted(Comparator.comparing(SchemaProblem::at))
            .toList();
    if (errors.isEmpty()) {
      return;
    }
    List<Map<String, Object>> shown =
        errors.stream().limit(limits.problemsShown()).map(SchemaReader::fields).toList();
    throw new Invalid(
        Invalid.Reason.AUTHZ_SCHEMA,
        "the schema has "
            + (errors.size() == 1 ? "1 problem: " : errors.size() + " problems: ")
            + errors.stream().limit(3).map(SchemaProblem::text).collect(Collectors.joining(" | ")),
        Map.of("problems", shown, "count", errors.size()));
  }

  /** A problem as a document. */
  public static Map<String, Object> fields(SchemaProblem p) {
    return Map.of(
        "code",
        p.code().wire(),
        "line",
        p.at().line(),
        "column",
        p.at().column(),
        "name",
        p.name(),
        "rule",
        p.rule(),
        "fix",
        p.fix());
  }
}
