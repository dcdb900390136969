package dev.anvil.features.steps;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.anvil.codec.JwtTokens;
import dev.anvil.codec.KeyMaterial;
import dev.anvil.codec.TokenKey;
import dev.anvil.ports.identity.TokenClaims;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tenants, applications and tokens, as an administrator and as the applications see them. */
public final class IdentitySteps {
  private static final String EVERYTHING = "*|*";

  private record App(String tenant, String clientId, String clientSecret) {}

  private final World world = World.current();
  private final Map<String, App> apps = new HashMap<>();
  private Wire.Answer token;

  @When("an administrator creates the tenant {string}")
  public void tenant(String name) {
    world.note(world.admin().json("POST", "/v1/admin/tenants", "{\"name\":\"" + name + "\"}"));
  }

  @When("an administrator creates the application {string} of {string} with the scope {string}")
  public void application(String name, String tenant, String scope) {
    Wire.Answer made =
        world.note(
            world
                .admin()
                .json(
                    "POST",
                    "/v1/admin/tenants/" + tenant + "/applications",
                    "{\"name\":\""
                        + name
                        + "\",\"grants\":[\""
                        + scope.replace(" ", "\",\"")
                        + "\"]}"));
    if (made.status() == 201) {
      JsonNode json = made.json();
      App app = new App(tenant, json.path("clientId").asText(), json.path("clientSecret").asText());
      apps.put(tenant, app);
      apps.put(name, app);
    }
  }

  @Given("the tenant {string} with an application that owns the bucket {string}")
  public void owner(String tenant, String bucket) {
    tenant(tenant);
    application("web", tenant, EVERYTHING);
    assertThat(caller(tenant).json("PUT", "/v1/buckets/" + bucket, "{}").status()).isEqualTo(201);
  }

  @Given("the tenant {string} with an application {string} that has the scopes {string}")
  public void scoped(String tenant, String name, String scopes) {
    tenant(tenant);
    application(name, tenant, scopes);
    assertThat(world.last().status()).as(world.last().text()).isEqualTo(201);
  }

  @Then("the answer shows a client id and a secret")
  public void shown() {
    assertThat(world.last().status()).isEqualTo(201);
    assertThat(world.last().json().path("clientId").asText()).isNotBlank();
    assertThat(world.last().json().path("clientSecret").asText()).hasSizeGreaterThan(20);
    assertThat(world.last().header("Cache-Control")).contains("no-store");
  }

  @Then("no list shows the secret again")
  public void hidden() {
    App app = apps.get("web");
    String path = "/v1/admin/tenants/" + app.tenant() + "/applications";
    Wire.Answer list = world.admin().send("GET", path);
    assertThat(list.text()).contains(app.clientId()).doesNotContain(app.clientSecret());
  }

  @Then("the application of {string} gets a token")
  public void getsToken(String tenant) {
    assertThat(ask(apps.get(tenant), EVERYTHING).status()).isEqualTo(200);
  }

  @When("the node stops and starts again")
  public void bounce() {
    world.bounce();
  }

  private Wire.Answer ask(App app, String scope) {
    String form =
        "grant_type=client_credentials&client_id="
            + app.clientId()
            + "&client_secret="
            + URLEncoder.encode(app.clientSecret(), StandardCharsets.UTF_8)
            + (scope.isEmpty() ? "" : "&scope=" + URLEncoder.encode(scope, StandardCharsets.UTF_8));
    return world
        .bearer(null)
        .send(
            "POST",
            "/v1/oauth/token",
            form.getBytes(StandardCharsets.US_ASCII),
            Map.of("Content-Type", "application/x-www-form-urlencoded"));
  }

  private Wire caller(String tenant) {
    return world.bearer(ask(apps.get(tenant), "").json().path("access_token").asText());
  }

  @Then("the application of {string} lists the buckets {string}")
  public void lists(String tenant, String names) {
    assertThat(
            caller(tenant)
                .send("GET", "/v1/buckets")
                .json()
                .path("buckets")
                .findValuesAsText("name"))
        .containsExactly(names.split(", "));
  }

  @Then("the application of {string} is told the same of {string} as of {string}")
  public void sameAsNothing(String tenant, String others, String nothing) {
    Wire caller = caller(tenant);
    for (String rest : List.of("", "/objects", "/objects/a")) {
      Wire.Answer there = caller.send("GET", "/v1/buckets/" + others + rest);
      Wire.Answer nowhere = caller.send("GET", "/v1/buckets/" + nothing + rest);
      assertThat(there.status()).as(there.text()).isEqualTo(nowhere.status()).isIn(403, 404);
      assertThat(there.json().path("code")).isEqualTo(nowhere.json().path("code"));
      assertThat(there.text().replace(others, "*").length() - id(there).length())
          .isEqualTo(nowhere.text().replace(nothing, "*").length() - id(nowhere).length());
    }
  }

  private static String id(Wire.Answer answer) {
    return answer.header("Anvil-Request-Id");
  }

  @When("the application of {string} tries to create a tenant")
  public void climbs(String tenant) {
    String bearer = ask(apps.get(tenant), "").json().path("access_token").asText();
    world.note(world.managing(bearer).json("POST", "/v1/admin/tenants", "{\"name\":\"mine\"}"));
  }

  @When("{string} asks for a token of {string}")
  public void asks(String name, String scope) {
    Wire.Answer answer = world.note(ask(apps.get(name), scope));
    if (answer.status() == 200) {
      token = answer;
    }
  }

  @Then("the token has the scopes {string}")
  public void scopes(String scopes) {
    assertThat(world.last().status()).as(world.last().text()).isEqualTo(200);
    assertThat(token.json().path("scope").asText().split(" "))
        .containsExactlyInAnyOrder(scopes.split(" "));
    assertThat(token.json().path("expires_in").asInt()).isPositive();
  }

  @When("a stranger asks for a token with the id of {string} and a wrong secret")
  public void wrongSecret(String name) {
    App app = apps.get(name);
    world.note(ask(new App(app.tenant(), app.clientId(), app.clientSecret() + "x"), ""));
  }

  @When("a stranger asks for a token with an unknown id")
  public void unknownId() {
    App app = apps.values().iterator().next();
    world.note(ask(new App("none", "x" + app.clientId().substring(1), app.clientSecret()), ""));
  }

  @Then("both answers are 401 and the same")
  public void same() {
    Wire.Answer one = world.beforeLast();
    Wire.Answer other = world.last();
    assertThat(one.status()).isEqualTo(401);
    assertThat(other.status()).isEqualTo(401);
    assertThat(one.text().replace(id(one), "*")).isEqualTo(other.text().replace(id(other), "*"));
  }

  @Then("a token that is the same but expired is refused with 401")
  public void expired() {
    String text = token.json().path("access_token").asText();
    JwtTokens tokens =
        new JwtTokens(List.of(TokenKey.hs256(KeyMaterial.of("JWT_SECRET", world.jwtSecret()))));
    TokenClaims c = tokens.verify(text);
    assertThat(status(tokens.sign(c))).as("signed here, not expired").isEqualTo(200);
    Duration past = Duration.between(c.issuedAt(), c.expiresAt()).plusMinutes(10);
    TokenClaims old =
        new TokenClaims(
            c.issuer(),
            c.audience(),
            c.subject(),
            c.tenant(),
            c.tenantId(),
            c.scope(),
            c.tokenId(),
            c.secretId(),
            c.issuedAt().minus(past),
            c.notBefore().minus(past),
            c.expiresAt().minus(past));
    assertThat(status(tokens.sign(old))).isEqualTo(401);
  }

  private int status(String bearer) {
    return world.bearer(bearer).send("GET", "/v1/buckets").status();
  }

  @When("an administrator revokes {string}")
  public void revokes(String name) {
    App app = apps.get(name);
    String path = "/v1/admin/tenants/" + app.tenant() + "/applications/" + app.clientId();
    Wire.Answer done = world.admin().json("POST", path + ":revoke", "{}");
    assertThat(done.status()).as(done.text()).isEqualTo(200);
  }

  @Then("the token is refused with 401")
  public void refused() {
    assertThat(status(token.json().path("access_token").asText())).isEqualTo(401);
  }
}
