/**
 * Manifests: small named documents changed only by compare-and-swap on a revision that starts at 1.
 */
package dev.anvil.objects.manifests;
