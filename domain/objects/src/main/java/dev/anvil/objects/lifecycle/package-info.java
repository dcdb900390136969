/** Leased work that ends versions, markers and uploads as the lifecycle of their bucket says. */
package dev.anvil.objects.lifecycle;
