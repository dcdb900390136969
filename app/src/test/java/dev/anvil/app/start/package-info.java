/** Tests of what makes starts sooner. */
package dev.anvil.app.start;
