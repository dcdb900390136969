/**
 * The fifteen checks after a deployment, over the wire and with nothing but public interfaces: each
 * proves the good way and the refusal beside it, in tenants of its own that it removes afterwards.
 */
package dev.anvil.app.smoke;
