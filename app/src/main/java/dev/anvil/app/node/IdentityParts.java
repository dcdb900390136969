package dev.anvil.app.node;

import dev.anvil.app.home.NodeSecrets;
import dev.anvil.app.home.StorageHome;
import dev.anvil.app.settings.Settings;
import dev.anvil.codec.AesGcmSealer;
import dev.anvil.codec.JwtTokens;
import dev.anvil.codec.KeyMaterial;
import dev.anvil.codec.TokenKey;
import dev.anvil.identity.Credentials;
import dev.anvil.identity.IdentityDirectory;
import dev.anvil.identity.TokenSettings;
import dev.anvil.ports.identity.SecretSealer;
import dev.anvil.ports.identity.Tokens;
import dev.anvil.ports.storage.Partition;
import java.util.List;

/** Everything identity works on. */
record IdentityParts(
    IdentityDirectory directory, Credentials credentials, Tokens tokens, TokenSettings settings) {
  static IdentityParts open(
      Partition directory,
      StorageHome home,
      NodeSecrets secrets,
      Settings settings,
      NodeTime time) {
    SecretSealer sealer =
        new AesGcmSealer(
            List.of(KeyMaterial.of("ANVIL_SECRET_ENCRYPTION_KEY", secrets.encryptionKey())),
            time.random());
    Tokens tokens =
        new JwtTokens(List.of(TokenKey.hs256(KeyMaterial.of("JWT_SECRET", secrets.jwtSecret()))));
    TokenSettings usual = TokenSettings.of(home.identity().deploymentId());
    return new IdentityParts(
        IdentityDirectory.open(directory, sealer),
        new Credentials(sealer, time.random()),
        tokens,
        new TokenSettings(usual.issuer(), usual.audience(), settings.tokenTtl()));
  }
}
