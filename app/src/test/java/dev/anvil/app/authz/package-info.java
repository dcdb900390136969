/** Files of assertions, imports and drawn trees, without a server. */
package dev.anvil.app.authz;
