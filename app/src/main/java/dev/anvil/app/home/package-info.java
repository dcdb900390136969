/** The storage path as a home: its identity, its lock, its count of boots and its secrets. */
package dev.anvil.app.home;
