package dev.anvil.http.tls;

import java.nio.file.Path;

/**
 * Where the listeners' identity is.
 *
 * @param certificate PEM file with the certificate and then those that vouch for it
 * @param key PEM file with its private key: PKCS#8, or the older forms of RSA and EC keys
 */
public record TlsFiles(Path certificate, Path key) {}
