/** Retention and legal holds of versions, and the clock that ends them. */
package dev.anvil.objects.lock;
