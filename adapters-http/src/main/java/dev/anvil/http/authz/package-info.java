/** Relationship authorisation over HTTP: documents and resources under {@code /v1/authz}. */
package dev.anvil.http.authz;
