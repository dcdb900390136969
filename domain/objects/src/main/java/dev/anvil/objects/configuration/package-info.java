/** What the owner of a bucket lays down for its versions: set, shown, taken away. */
package dev.anvil.objects.configuration;
