/** TLS of the listeners: certificate and key from PEM files, read anew when they change. */
package dev.anvil.http.tls;
