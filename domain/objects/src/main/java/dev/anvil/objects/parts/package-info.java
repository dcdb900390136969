/**
 * Bodies put together from parts: what a part is, how the parts' digests make the digest of the
 * whole, and how a range of the whole falls on the parts.
 */
package dev.anvil.objects.parts;
