/**
 * HTTP as bytes and fields: strict decoding of targets, queries and headers, one request's state,
 * bounded streams, and problems as answers.
 */
package dev.anvil.http.wire;
