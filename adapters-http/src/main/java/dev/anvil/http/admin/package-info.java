/** The management listener's operations. */
package dev.anvil.http.admin;
