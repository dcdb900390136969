/**
 * A server as a real process: started, stopped, killed and paused by its process id, and measured
 * from outside through /proc and its metrics page. Needs Linux.
 */
package dev.anvil.bench.process;
