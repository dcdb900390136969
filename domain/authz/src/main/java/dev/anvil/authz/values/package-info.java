/** JSON values of caveat contexts, exact, and their conversion to declared types. */
package dev.anvil.authz.values;
