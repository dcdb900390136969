/**
 * The operations of S3, one file a family: each translates a request into a use case and its result
 * into an answer. No rule is decided here.
 */
package dev.anvil.s3.answer;
