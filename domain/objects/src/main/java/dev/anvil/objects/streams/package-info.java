/**
 * Append streams: named sequences of records without gaps, hashed record by record, linked append
 * by append, and sealed with a hash that commits to everything before it.
 */
package dev.anvil.objects.streams;
