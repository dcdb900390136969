/**
 * Encryption of bodies: AES-256-GCM block by block under a key of each version, and how such a key
 * is wrapped under the bucket's or a customer's. Nothing here knows how versions are kept.
 */
package dev.anvil.objects.sealing;
