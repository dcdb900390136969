/** What buckets and targets keep sealed under the deployment's key, for whoever lets a key go. */
package dev.anvil.objects.seals;
