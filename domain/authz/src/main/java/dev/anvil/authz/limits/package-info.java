/** Every bound of relationship authorisation, by name. */
package dev.anvil.authz.limits;
