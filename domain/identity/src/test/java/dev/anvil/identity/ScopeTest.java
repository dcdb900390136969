package dev.anvil.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.ports.failure.Invalid;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("fast")
class ScopeTest {
  private static final BucketName DOCS = new BucketName("docs");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*|*",
        "object:*|*",
        "object:read|bucket:docs",
        "object:read|bucket:docs/*",
        "object:read|bucket:docs/a/*",
        "object:read|bucket:docs/a",
        "object:read|bucket:docs/a/",
        "object:read|bucket:docs//",
        "object:read|bucket:*",
        "object:read|bucket:docs/é|ü#:/*",
        "index:query|index:docs/by-date",
        "index:query|index:docs/*",
        "index:*|index:*",
        "personaldb:commit|group:acme.team",
        "personaldb:*|group:acme.*",
        "personaldb:*|group:*",
        "authz:check|authz:document/readme#viewer",
        "authz:act_as|authz:user/anna",
        "authz:check|authz:document/*",
        "authz:check|authz:anvil%2Fapp/a/b#member",
        "authz:*|authz:*",
        "watch:read|bucket:docs/*",
        "admin:read|*",
        "repair:run|*",
      })
  void wellFormedScopesAreTheirOwnCanonicalText(String text) {
    assertThat(Scope.parse(text).text()).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "object:read|bucket:docs/%61 object:read|bucket:docs/a",
        "object:read|bucket:docs/a%2fb object:read|bucket:docs/a/b",
        "object:read|bucket:docs/%2a object:read|bucket:docs/%2A",
        "object:read|bucket:docs/a%20b/* object:read|bucket:docs/a%20b/*",
        "object:read|bucket:docs/%C3%A9 object:read|bucket:docs/é",
        "authz:check|authz:anvil%2fapp/x authz:check|authz:anvil%2Fapp/x",
        "authz:check|authz:doc/a%23b authz:check|authz:doc/a%23b",
      })
  void escapesHaveOneCanonicalForm(String text, String canonical) {
    assertThat(Scope.parse(text).text()).isEqualTo(canonical);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "|",
        "object:read",
        "object:read|",
        "|bucket:docs",
        "object|bucket:docs",
        "object:|bucket:docs",
        "object:shout|bucket:docs",
        "objects:read|bucket:docs",
        "obj*:read|bucket:docs",
        "object:re*|bucket:docs",
        "*:read|bucket:docs",
        "*:*|bucket:docs",
        "OBJECT:read|bucket:docs",
        "object:read |bucket:docs",
        "object:read|bucket:docs ",
        "object:read|bucket:docs/a b",
        "object:read|bucket:docs/a\tb",
        "object:read|**",
        "object:read|bucket:docs/a*",
        "object:read|bucket:docs*",
        "object:read|bucket:doc*s/x",
        "object:read|bucket:*/x",
        "object:read|bucket:docs/*/x",
        "object:read|bucket:docs/**",
        "object:read|bucket:docs/a.*",
        "object:read|bucket:",
        "object:read|bucket:docs/",
        "object:read|bucket:do",
        "object:read|bucket:Docs",
        "object:read|bucket:1.2.3.4",
        "object:read|bucket:docs/%",
        "object:read|bucket:docs/%2",
        "object:read|bucket:docs/%zz",
        "object:read|bucket:docs/%FF",
        "object:read|bucket:docs/\ud800",
        "object:read|bucket",
        "object:read|docs",
        "object:read|tenant:acme",
        "index:query|index:docs",
        "index:query|index:docs/",
        "index:query|index:docs/a/b",
        "index:query|index:docs/a/*",
        "personaldb:read|group:",
        "personaldb:read|group:Acme",
        "personaldb:read|group:a/*",
        "personaldb:read|group:a*",
        "personaldb:read|group:.*",
        "authz:check|authz:doc",
        "authz:check|authz:/x",
        "authz:check|authz:doc/",
        "authz:check|authz:doc/x#",
        "authz:check|authz:doc/#viewer",
        "authz:check|authz:doc/x#*",
      })
  void malformedScopesAreRefusedByName(String text) {
    assertThatThrownBy(() -> Scope.parse(text))
        .isInstanceOfSatisfying(
            Invalid.class,
            e -> {
              assertThat(e.reason()).isEqualTo(Invalid.Reason.TOKEN_SCOPE);
              assertThat(e.fields().get("scope")).isEqualTo(text);
            });
  }

  @Test
  void keysAreBoundedLikeKeysEverywhere() {
    String fits = "k".repeat(ObjectKey.MAX_BYTES);
    assertThat(Scope.parse("object:read|bucket:docs/" + fits).text()).endsWith(fits);
    assertThatThrownBy(() -> Scope.parse("object:read|bucket:docs/k" + fits))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("1025");
  }

  @Test
  void aBucketItsKeysAndItsFoldersAreThreeThings() {
    Scopes bucket = Scopes.parse("object:read|bucket:docs");
    Scopes keys = Scopes.parse("object:read|bucket:docs/*");
    Scopes folder = Scopes.parse("object:read|bucket:docs/a/*");
    Scopes key = Scopes.parse("object:read|bucket:docs/a");
    assertThat(readable(bucket)).isEqualTo("bucket");
    assertThat(readable(keys)).isEqualTo("a a/ a/b ab all-under-a/");
    assertThat(readable(folder)).isEqualTo("a/ a/b all-under-a/");
    assertThat(readable(key)).isEqualTo("a");
    assertThat(readable(Scopes.parse("object:read|bucket:docs/a/"))).isEqualTo("a/");
    assertThat(readable(Scopes.parse("object:read|bucket:*")))
        .isEqualTo("bucket a a/ a/b ab all-under-a/ every-bucket");
    assertThat(readable(Scopes.parse("object:*|*")))
        .isEqualTo("bucket a a/ a/b ab all-under-a/ every-bucket");
    assertThat(readable(Scopes.parse("object:write|*"))).isEmpty();
    assertThat(readable(Scopes.parse("object:read|bucket:docs-2/*"))).isEmpty();
  }

  private static String readable(Scopes scopes) {
    StringBuilder found = new StringBuilder();
    say(scopes, ScopeResource.bucket(DOCS), "bucket", found);
    for (String key : new String[] {"a", "a/", "a/b", "ab"}) {
      say(scopes, ScopeResource.key(DOCS, ObjectKey.of(key)), key, found);
    }
    byte[] prefix = "a/".getBytes(StandardCharsets.UTF_8);
    say(scopes, ScopeResource.prefix(DOCS, prefix), "all-under-a/", found);
    say(scopes, ScopeResource.EVERY_BUCKET, "every-bucket", found);
    return found.toString().strip();
  }

  private static void say(Scopes scopes, ScopeResource on, String name, StringBuilder found) {
    if (scopes.allows(Action.OBJECT_READ, on)) {
      found.append(name).append(' ');
    }
  }

  @Test
  void keysWithStarsAndPercentsAreOrdinaryNames() {
    Scopes star = Scopes.parse("object:read|bucket:docs/%2A");
    assertThat(star.allows(Action.OBJECT_READ, ScopeResource.key(DOCS, ObjectKey.of("*"))))
        .isTrue();
    assertThat(star.allows(Action.OBJECT_READ, ScopeResource.key(DOCS, ObjectKey.of("x"))))
        .isFalse();
    assertThat(star.allows(Action.OBJECT_READ, ScopeResource.key(DOCS, ObjectKey.of("%2A"))))
        .isFalse();
  }

  @Test
  void listsAreSplitAtSingleSpacesAndBounded() {
    assertThat(Scopes.parse("object:read|* object:write|*").list()).hasSize(2);
    assertThatThrownBy(() -> Scopes.parse("object:read|*  object:write|*"))
        .isInstanceOf(Invalid.class);
    String one = "object:read|bucket:docs/";
    StringBuilder many = new StringBuilder(one + "0");
    for (int i = 1; i < IdentityLimits.MAX_REQUESTED_SCOPES; i++) {
      many.append(' ').append(one).append(i);
    }
    assertThat(Scopes.parse(many.toString()).list()).hasSize(IdentityLimits.MAX_REQUESTED_SCOPES);
    assertThatThrownBy(() -> Scopes.parse(many + " " + one + "last"))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("64");
  }

  @Test
  void aSetHoldsNothingThatItCovers() {
    assertThat(
            Scopes.parse("object:read|bucket:docs/a object:*|bucket:docs/* object:read|*").text())
        .isEqualTo("object:*|bucket:docs/* object:read|*");
  }
}
