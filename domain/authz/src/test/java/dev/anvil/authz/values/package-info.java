/** Tests of values from JSON. */
package dev.anvil.authz.values;
