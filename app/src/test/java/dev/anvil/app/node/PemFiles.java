package dev.anvil.app.node;

import dev.anvil.ports.testkit.TestCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A self-signed certificate of localhost and its key as PEM files. */
record PemFiles(Path certificate, Path key, TestCertificate made) {
  static PemFiles in(Path folder, String algorithm) throws IOException {
    TestCertificate made = TestCertificate.make("localhost", algorithm);
    return new PemFiles(
        Files.writeString(folder.resolve(algorithm + ".crt"), made.certificatePem()),
        Files.writeString(folder.resolve(algorithm + ".key"), made.keyPem()),
        made);
  }
}
