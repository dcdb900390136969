/**
 * The tidy check: length of files and methods, banned names and words, swallowed exceptions,
 * undocumented packages. It parses sources with the JDK's own compiler, so it judges code and not
 * text that looks like it.
 */
package dev.anvil.features.tidy;
