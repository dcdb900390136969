/**
 * What a bucket grants and refuses beyond scopes: its access control list, the block of public
 * access, ownership of objects and the lists of versions, kept in the bucket's partition.
 */
package dev.anvil.objects.exposure;
