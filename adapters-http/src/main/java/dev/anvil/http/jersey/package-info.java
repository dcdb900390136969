/** Jersey on Jetty's core handlers. The injection framework it needs stays inside this package. */
package dev.anvil.http.jersey;
