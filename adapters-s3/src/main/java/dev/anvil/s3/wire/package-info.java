/**
 * The words of S3's wire that every part of the gateway shares: codes, failures, dates, encodings,
 * documents and limits.
 */
package dev.anvil.s3.wire;
