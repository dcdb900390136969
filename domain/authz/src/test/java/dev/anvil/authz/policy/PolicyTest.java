package dev.anvil.authz.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.authz.policy.Policy.Decision;
import dev.anvil.identity.Caller;
import dev.anvil.identity.Scopes;
import dev.anvil.kernel.BucketName;
import dev.anvil.ports.failure.Invalid;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What policies say. */
@Tag("fast")
class PolicyTest {
  private static final BucketName BUCKET = new BucketName("docs");
  private static final Caller MINE = Caller.application(7, "acme", "anva", Scopes.ALL);
  private static final Caller OTHER = Caller.application(8, "other", "anvo", Scopes.ALL);

  private static final PrincipalNames NAMES =
      new PrincipalNames() {
        @Override
        public long account(String numberOrName) {
          return Map.of("acme", 7L, "000000000008", 8L, "other", 8L)
              .getOrDefault(numberOrName, NONE);
        }

        @Override
        public long canonical(String id) {
          return id.equals("c8") ? 8 : NONE;
        }

        @Override
        public long application(String clientId) {
          return clientId.equals("anvo") ? 8 : NONE;
        }
      };

  private static Policy parse(String... statements) {
    String text = "{'Version':'2012-10-17','Statement':[" + String.join(",", statements) + "]}";
    return PolicyParser.parse(text.replace('\'', '"'), BUCKET, NAMES);
  }

  private static String statement(String effect, String principal, String rest) {
    return "{'Effect':'" + effect + "','Principal':" + principal + "," + rest + "}";
  }

  private static Decision ask(Policy policy, Caller who, String action, String resource) {
    return ask(policy, who, action, resource, Map.of());
  }

  private static Decision ask(
      Policy policy, Caller who, String action, String resource, Map<String, String> values) {
    return policy.decide(new PolicyQuestion(who, List.of(action), resource, values::get));
  }

  @Test
  void denialsComeFirstWhateverTheirOrder() {
    String allow = statement("Allow", "'*'", "'Action':'s3:*','Resource':'arn:aws:s3:::docs/*'");
    String deny =
        statement("Deny", "'*'", "'Action':'s3:GetObject','Resource':'arn:aws:s3:::docs/secret/*'");
    for (Policy policy : List.of(parse(allow, deny), parse(deny, allow))) {
      assertThat(ask(policy, OTHER, "s3:GetObject", "docs/a")).isEqualTo(Decision.ALLOW);
      assertThat(ask(policy, OTHER, "s3:GetObject", "docs/secret/a")).isEqualTo(Decision.DENY);
      assertThat(ask(policy, OTHER, "s3:PutObject", "docs/secret/a")).isEqualTo(Decision.ALLOW);
      assertThat(ask(policy, OTHER, "s3:ListBucket", "docs")).isEqualTo(Decision.SILENT);
      assertThat(ask(policy, Caller.ANONYMOUS, "s3:GetObject", "docs/a")).isEqualTo(Decision.ALLOW);
    }
  }

  @Test
  void ofSeveralThingsAtOnceAllMustBeAllowedAndNoneDenied() {
    Policy policy =
        parse(
            statement("Allow", "'*'", "'Action':'s3:GetObject','Resource':'arn:aws:s3:::docs/*'"));
    List<String> both = List.of("s3:GetObject", "s3:GetObjectAttributes");
    assertThat(policy.decide(new PolicyQuestion(OTHER, both, "docs/a", k -> null)))
        .isEqualTo(Decision.SILENT);
    assertThat(policy.decide(new PolicyQuestion(OTHER, List.of(), "docs/a", k -> null)))
        .isEqualTo(Decision.SILENT);
  }

  @Test
  void aboutManyKeysAtOnceADenialCountsAndAnAllowanceDoesNot() {
    Policy policy =
        parse(
            statement("Allow", "'*'", "'Action':'s3:*','Resource':'arn:aws:s3:::docs/*'"),
            statement("Deny", "'*'", "'Action':'s3:PutObject','Resource':'arn:aws:s3:::docs/a'"));
    assertThat(ask(policy, MINE, "s3:PutObject", null)).isEqualTo(Decision.DENY);
    assertThat(ask(policy, MINE, "s3:GetObject", null)).isEqualTo(Decision.SILENT);
  }

  @Test
  void principalsAreAccountsAndApplications() {
    String rest = "'Action':'s3:GetObject','Resource':'arn:aws:s3:::docs/*'";
    for (String principal :
        List.of(
            "{'AWS':'other'}",
            "{'AWS':['000000000008']}",
            "{'AWS':'arn:aws:iam::other:root'}",
            "{'AWS':'arn:aws:iam::000000000008:user/anvo'}",
            "{'CanonicalUser':'c8'}")) {
      Policy policy = parse(statement("Allow", principal, rest));
      assertThat(ask(policy, OTHER, "s3:GetObject", "docs/a"))
          .as(principal)
          .isEqualTo(Decision.ALLOW);
      assertThat(ask(policy, MINE, "s3:GetObject", "docs/a")).isEqualTo(Decision.SILENT);
      assertThat(ask(policy, Caller.ANONYMOUS, "s3:GetObject", "docs/a"))
          .isEqualTo(Decision.SILENT);
      assertThat(policy.open()).isFalse();
      assertThat(PolicyParser.stored(policy.text(), policy.accounts())).isEqualTo(policy);
    }
    // an application of another account than the one named is nobody
    assertThatThrownBy(
            () -> parse(statement("Allow", "{'AWS':'arn:aws:iam::acme:user/anvo'}", rest)))
        .isInstanceOf(Invalid.class);
  }

  @Test
  void notActionAndNotResourceAreAllTheRest() {
    Policy policy =
        parse(
            statement(
                "Deny",
                "'*'",
                "'NotAction':['s3:Get*','s3:List*'],'NotResource':'arn:aws:s3:::docs/free/*'"));
    assertThat(ask(policy, MINE, "s3:PutObject", "docs/a")).isEqualTo(Decision.DENY);
    assertThat(ask(policy, MINE, "s3:PutObject", "docs/free/a")).isEqualTo(Decision.SILENT);
    assertThat(ask(policy, MINE, "s3:GetObject", "docs/a")).isEqualTo(Decision.SILENT);
  }

  @ParameterizedTest
  @CsvSource({
    "StringEquals, a, a, true",
    "StringEquals, a, A, false",
    "StringEquals, a, , false",
    "StringEqualsIfExists, a, , true",
    "StringNotEquals, a, b, true",
    "StringNotEquals, a, a, false",
    "StringNotEquals, a, , true",
    "StringEqualsIgnoreCase, aB, Ab, true",
    "StringNotEqualsIgnoreCase, aB, Ab, false",
    "StringLike, a*c?, abbbcd, true",
    "StringLike, a*c?, abbbc, false",
    "StringNotLike, a*, ab, false",
    "StringNotLike, a*, , true",
    "ArnLike, arn:*:x, arn:a:b:x, true",
    "ArnNotEquals, arn:*:x, arn:a:b:y, true",
    "NumericEquals, 10, 10.0, true",
    "NumericNotEquals, 10, 11, true",
    "NumericLessThan, 10, 9, true",
    "NumericLessThan, 10, 10, false",
    "NumericLessThanEquals, 10, 10, true",
    "NumericGreaterThan, 10, 11, true",
    "NumericGreaterThan, 10, ten, false",
    "NumericGreaterThanEquals, 10, 9, false",
    "DateLessThan, 2026-01-02, 2026-01-01T23:59:59Z, true",
    "DateLessThan, 2026-01-02, 2026-01-02T00:00:00Z, false",
    "DateGreaterThanEquals, 2026-01-02T00:00:00Z, 1767312000, true",
    "DateEquals, 1767312000, 2026-01-02T00:00:00Z, true",
    "Bool, true, TRUE, true",
    "Bool, true, false, false",
    "Bool, true, , false",
    "IpAddress, 10.0.0.0/8, 10.255.0.1, true",
    "IpAddress, 10.0.0.0/8, ::ffff:10.1.2.3, true",
    "IpAddress, 10.0.0.0/8, 11.0.0.1, false",
    "IpAddress, 10.0.0.0/8, 2001:db8::1, false",
    "IpAddress, 10.1.2.3, 10.1.2.3, true",
    "IpAddress, 2001:db8::/33, 2001:db8:7fff::1, true",
    "IpAddress, 2001:db8::/33, 2001:db8:8000::1, false",
    "IpAddress, 10.0.0.0/8, not an address, false",
    "NotIpAddress, 10.0.0.0/8, 11.0.0.1, true",
    "NotIpAddress, 10.0.0.0/8, , true",
    "Null, true, , true",
    "Null, true, x, false",
    "Null, false, x, true",
  })
  void conditionsCompare(String operator, String value, String said, boolean holds) {
    Policy policy =
        parse(
            statement(
                "Allow",
                "'*'",
                "'Action':'s3:GetObject','Resource':'arn:aws:s3:::docs/*','Condition':{'"
                    + operator
                    + "':{'aws:UserAgent':'"
                    + value
                    + "'}}"));
    Map<String, String> values =
        new java.util.HashMap<>(Map.of("aws:referer", "ref", "s3:delimiter", "*"));
    if (said != null) {
      values.put("aws:useragent", said);
    }
    assertThat(ask(policy, OTHER, "s3:GetObject", "docs/a", values) == Decision.ALLOW)
        .isEqualTo(holds);
  }

  @ParameterizedTest
  @CsvSource({
    "ForAnyValue:StringEquals, a, a, true",
    "ForAnyValue:StringEquals, a, , false",
    "ForAnyValue:StringNotEquals, a, , false",
    "ForAnyValue:StringEqualsIfExists, a, , true",
    "ForAllValues:StringEquals, a, , true",
    "ForAllValues:StringEquals, a, b, false",
    "ForAllValues:StringNotLike, a*, b, true",
    "ForAllValues:StringNotLike, a*, ab, false",
    "StringEquals, ${aws:referer}, ref, true",
    "StringEquals, ${aws:Referer}s, ref, false",
    "StringNotEquals, ${aws:referer}, ref, false",
    "StringEquals, ${s3:prefix}, ref, false",
    "StringEquals, '${s3:prefix, \\u0027p*\\u0027}', p*, true",
    "StringLike, '${s3:prefix, \\u0027p*\\u0027}', pq, false",
    "StringLike, ${s3:delimiter}, anything, false",
    "StringLike, ${s3:delimiter}, *, true",
    "StringLike, ${*}*${?}, *anything?, true",
    "StringLike, ${*}*${?}, anything?, false",
    "ArnLike, arn:${aws:referer}:*, arn:ref:x, true",
    "StringLike, ${$}x, $x, true",
  })
  void conditionsCompareSetsAndVariables(
      String operator, String value, String said, boolean holds) {
    conditionsCompare(operator, value, said, holds);
  }

  @Test
  void ofManyValuesOfARequestAnyOrAllMustFit() {
    String key = "s3:RequestObjectTagKeys";
    String rest =
        "'Action':'s3:PutObject','Resource':'arn:aws:s3:::docs/*','Condition':{'%s':{'"
            + key
            + "':"
            + "['a','b']}}";
    for (String[] row :
        new String[][] {
          {"ForAllValues:StringEquals", "a,b", "yes"},
          {"ForAllValues:StringEquals", "a,c", "no"},
          {"ForAllValues:StringEquals", "", "yes"},
          {"ForAllValues:StringNotEquals", "c,d", "yes"},
          {"ForAllValues:StringNotEquals", "c,a", "no"},
          {"ForAnyValue:StringEquals", "c,b", "yes"},
          {"ForAnyValue:StringEquals", "c,d", "no"},
          {"ForAnyValue:StringNotEquals", "a,c", "yes"},
          {"ForAnyValue:StringNotEquals", "a,b", "no"},
        }) {
      Policy policy = parse(statement("Allow", "'*'", rest.formatted(row[0])));
      KeyValues values =
          new KeyValues() {
            @Override
            public String one(String asked) {
              return null;
            }

            @Override
            public List<String> all(String asked) {
              assertThat(asked).isEqualTo("s3:requestobjecttagkeys");
              return row[1].isEmpty() ? List.of() : List.of(row[1].split(","));
            }
          };
      PolicyQuestion question =
          new PolicyQuestion(OTHER, List.of("s3:PutObject"), "docs/a", values);
      assertThat(policy.decide(question) == Decision.ALLOW)
          .as(String.join(" ", row))
          .isEqualTo(row[2].equals("yes"));
    }
  }

  @Test
  void variablesOfResourcesStandForTheCallersOwnAndAreNoPatterns() {
    Policy policy =
        parse(
            statement(
                "Allow",
                "'*'",
                "'Action':'s3:*','Resource':'arn:aws:s3:::docs/home/${aws:username}/*'"));
    Map<String, String> me = Map.of("aws:username", "anvo");
    assertThat(ask(policy, OTHER, "s3:GetObject", "docs/home/anvo/a", me))
        .isEqualTo(Decision.ALLOW);
    assertThat(ask(policy, OTHER, "s3:GetObject", "docs/home/anv/a", me))
        .isEqualTo(Decision.SILENT);
    assertThat(ask(policy, OTHER, "s3:GetObject", "docs/home/anvo/a")).isEqualTo(Decision.SILENT);
    assertThat(ask(policy, OTHER, "s3:GetObject", "docs/home/x/a", Map.of("aws:username", "*")))
        .isEqualTo(Decision.SILENT);
    assertThat(policy.open()).isTrue();
    assertThat(PolicyParser.stored(policy.text(), policy.accounts())).isEqualTo(policy);
    for (String wrong : List.of("${aws:Mood}", "${aws:username", "${}", "${s3:prefix, p}")) {
      assertThatThrownBy(() ->
              parse(
                  statement(
                      "Allow",
                      "'*'",
                      "'Action':'s3:*','Resource':'arn:aws:s3:::docs/" + wrong + "'")))
          .as(wrong)
          .hasMessageContaining("invalid variable");
    }
    // the older language has none
    String old =
        "{'Version':'2008-10-17','Statement':["
            + statement("Allow", "'*'", "'Action':'s3:*','Resource':'arn:aws:s3:::docs/${x}'")
            + "]}";
    assertThat(
            ask(
                PolicyParser.parse(old.replace('\'', '"'), BUCKET, NAMES),
                OTHER,
                "s3:GetObject",
                "docs/${x}"))
        .isEqualTo(Decision.ALLOW);
  }

  @Test
  void variablesAreBoundedAsEachMayStandForAWholeHeader() {
    for (int n : new int[] {PolicyLimits.MAX_VARIABLES, PolicyLimits.MAX_VARIABLES + 1}) {
      String text =
          statement(
              "Allow",
              "'*'",
              "'Action':'s3:*','Resource':'arn:aws:s3:::docs/*','Condition':{'StringLike':"
                  + "{'aws:UserAgent':'"
                  + "${aws:referer}".repeat(n)
                  + "'}}");
      if (n == PolicyLimits.MAX_VARIABLES) {
        assertThat(parse(text)).isNotNull();
      } else {
        assertThatThrownBy(() -> parse(text)).hasMessageContaining("at most 128 variables");
      }
    }
  }

  @Test
  void notPrincipalDeniesEverybodyElse() {
    String rest = "'Action':'s3:*','Resource':'arn:aws:s3:::docs/*'}";
    Policy policy =
        parse(
            statement("Allow", "'*'", rest.substring(0, rest.length() - 1)),
            "{'Effect':'Deny','NotPrincipal':{'AWS':'other'}," + rest);
    assertThat(ask(policy, OTHER, "s3:GetObject", "docs/a")).isEqualTo(Decision.ALLOW);
    assertThat(ask(policy, MINE, "s3:GetObject", "docs/a")).isEqualTo(Decision.DENY);
    assertThat(ask(policy, Caller.ANONYMOUS, "s3:GetObject", "docs/a")).isEqualTo(Decision.DENY);
    assertThatThrownBy(() -> parse("{'Effect':'Allow','NotPrincipal':{'AWS':'other'}," + rest))
        .hasMessageContaining("NotPrincipal can be used with the effect Deny only");
    assertThatThrownBy(
            () -> parse("{'Effect':'Deny','Principal':'*','NotPrincipal':{'AWS':'other'}," + rest))
        .hasMessageContaining("exclude each other");
  }

  @Test
  void ofManyValuesOneIsEnoughAndOfManyConditionsAllAreNeeded() {
    Policy policy =
        parse(
            statement(
                "Allow",
                "'*'",
                "'Action':'s3:GetObject','Resource':'arn:aws:s3:::docs/*','Condition':"
                    + "{'StringEquals':{'aws:UserAgent':['a','b'],'aws:Referer':'r'}}"));
    assertThat(
            ask(
                policy,
                OTHER,
                "s3:GetObject",
                "docs/a",
                Map.of("aws:useragent", "b", "aws:referer", "r")))
        .isEqualTo(Decision.ALLOW);
    assertThat(ask(policy, OTHER, "s3:GetObject", "docs/a", Map.of("aws:useragent", "b")))
        .isEqualTo(Decision.SILENT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'*' | | true",
        "{'AWS':'*'} | | true",
        "{'AWS':'other'} | | false",
        "'*' | 'IpAddress':{'aws:SourceIp':'10.0.0.0/8'} | false",
        "'*' | 'IpAddress':{'aws:SourceIp':['10.0.0.0/8','0.0.0.0/0']} | true",
        "'*' | 'NotIpAddress':{'aws:SourceIp':'10.0.0.0/8'} | true",
        "'*' | 'StringLike':{'aws:UserAgent':'secret'} | true",
        "'*' | 'StringEquals':{'aws:PrincipalAccount':'000000000008'} | false",
        "'*' | 'StringLike':{'aws:PrincipalArn':'arn:*'} | true",
        "'*' | 'Bool':{'aws:SecureTransport':'true'} | true",
      })
  void publicIsWhatNothingTiesToCallersOrPlaces(String principal, String condition, boolean open) {
    String rest = "'Action':'s3:GetObject','Resource':'arn:aws:s3:::docs/*'";
    Policy policy =
        parse(
            statement(
                "Allow",
                principal,
                condition == null ? rest : rest + ",'Condition':{" + condition + "}"));
    assertThat(policy.open()).isEqualTo(open);
  }

  @Test
  void boundsAreNamedAndHeld() {
    String one = statement("Allow", "'*'", "'Action':'s3:*','Resource':'arn:aws:s3:::docs'");
    assertThat(parse(java.util.Collections.nCopies(200, one).toArray(String[]::new)).open())
        .isTrue();
    assertThatThrownBy(() -> parse(java.util.Collections.nCopies(201, one).toArray(String[]::new)))
        .isInstanceOf(Invalid.class);
    assertThatThrownBy(() -> parse(one + " ".repeat(20 << 10)))
        .hasMessageContaining("maximum allowed document size");
  }

  @Test
  void anythingElseIsMalformedAndNothingWorse() {
    String good =
        parse(
                statement(
                    "Deny",
                    "{'AWS':['other','*'],'CanonicalUser':'c8'}",
                    "'Action':['s3:Get*'],'Resource':['arn:aws:s3:::docs/*'],'Condition':"
                        + "{'IpAddress':{'aws:SourceIp':'::1/128'},'DateLessThan':"
                        + "{'aws:CurrentTime':'2026-01-02'}}"))
            .text();
    long seed = Long.getLong("anvil.seed", 42);
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 20_000; i++) {
      char[] text = good.toCharArray();
      for (int n = random.nextInt(4); n >= 0; n--) {
        text[random.nextInt(text.length)] =
            random.nextBoolean()
                ? good.charAt(random.nextInt(good.length()))
                : (char) random.nextInt(0x250);
      }
      String damaged = new String(text);
      try {
        ask(
            PolicyParser.parse(damaged, BUCKET, NAMES),
            OTHER,
            "s3:GetObject",
            "docs/a",
            Map.of("aws:sourceip", "::1", "aws:currenttime", "2026-01-01T00:00:00Z"));
      } catch (Invalid expected) {
        assertThat(expected.reason()).isEqualTo(Invalid.Reason.POLICY);
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed + ": " + damaged, e);
      }
    }
  }
}
