/**
 * The S3 gateway: unmodified S3 clients on the same use cases as the native API. It parses,
 * authenticates and translates, and has no rules of its own.
 */
package dev.anvil.s3;
