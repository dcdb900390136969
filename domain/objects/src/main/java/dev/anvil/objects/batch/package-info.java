/** Many independent small operations in one request, each with an outcome of its own. */
package dev.anvil.objects.batch;
