/**
 * What a node tells: the application log, the access log and the audit log, each a stream of its
 * own in bounded files, and the search of them by request.
 */
package dev.anvil.app.logs;
