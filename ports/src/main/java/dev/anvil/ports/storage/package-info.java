/**
 * The waist: ordered, transactional key space in partitions, the engines below it and the disk
 * below those.
 */
package dev.anvil.ports.storage;
