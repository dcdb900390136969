/**
 * New versions made of what is stored already: copies, compositions, renames, changes of metadata
 * and patches of JSON bodies.
 */
package dev.anvil.objects.copies;
