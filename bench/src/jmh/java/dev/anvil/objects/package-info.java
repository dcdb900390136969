/** Costs of the codecs that only their own package sees. */
package dev.anvil.objects;
