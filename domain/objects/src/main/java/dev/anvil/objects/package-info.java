/**
 * Buckets, object versions, multipart uploads, manifests and append streams, and the use cases on
 * them.
 */
package dev.anvil.objects;
