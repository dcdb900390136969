/**
 * The public and the management listener and the native API: parse, authenticate, call one use
 * case, translate its result. No rules of its own.
 */
package dev.anvil.http;
