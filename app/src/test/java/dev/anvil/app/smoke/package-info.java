/** The fifteen checks against real nodes. */
package dev.anvil.app.smoke;
