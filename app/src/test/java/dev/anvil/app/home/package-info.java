/** Tests of the storage path as a home. */
package dev.anvil.app.home;
