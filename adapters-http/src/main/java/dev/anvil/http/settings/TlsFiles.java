package dev.anvil.http.settings;

import java.nio.file.Path;

/**
 * What a listener shows of itself over TLS.
 *
 * @param certificate PEM file with the chain, the listener's own certificate first
 * @param key PEM file with its private key, PKCS#8, not encrypted
 */
public record TlsFiles(Path certificate, Path key) {}
