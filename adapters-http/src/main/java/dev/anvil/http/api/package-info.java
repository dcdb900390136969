/** The native API's JSON operations: one resource class a subject, no rules of their own. */
package dev.anvil.http.api;
