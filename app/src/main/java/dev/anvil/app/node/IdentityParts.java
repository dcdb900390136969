package dev.anvil.app.node;

import dev.anvil.app.home.NodeSecrets;
import dev.anvil.app.home.StorageHome;
import dev.anvil.app.keys.NodeKeys;
import dev.anvil.app.settings.Settings;
import dev.anvil.codec.KeyMaterial;
import dev.anvil.identity.Credentials;
import dev.anvil.identity.IdentityDirectory;
import dev.anvil.identity.TokenSettings;
import dev.anvil.identity.WireKey;
import dev.anvil.ports.identity.SecretSealer;
import dev.anvil.ports.identity.Tokens;
import dev.anvil.ports.storage.Partition;

/**
 * Everything identity works on.
 *
 * @param wireKey seals what clients hold for the server; outlives changes of the key that seals
 */
record IdentityParts(
    IdentityDirectory directory,
    Credentials credentials,
    Tokens tokens,
    TokenSettings settings,
    NodeKeys keys,
    SecretSealer sealer,
    KeyMaterial wireKey) {
  static IdentityParts open(
      Partition directory,
      StorageHome home,
      NodeSecrets secrets,
      Settings settings,
      NodeTime time) {
    NodeKeys keys = new NodeKeys(secrets, settings.identity().asymmetricTokens(), time.random());
    SecretSealer sealer = keys.sealer();
    TokenSettings usual = TokenSettings.of(home.identity().deploymentId());
    IdentityDirectory opened = IdentityDirectory.open(directory, sealer);
    return new IdentityParts(
        opened,
        new Credentials(sealer, time.random()),
        keys.tokens(),
        new TokenSettings(usual.issuer(), usual.audience(), settings.tokenTtl()),
        keys,
        sealer,
        KeyMaterial.of("the wire key", WireKey.open(opened, sealer, time.random())));
  }
}
