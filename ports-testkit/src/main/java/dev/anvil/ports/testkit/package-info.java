/**
 * What tests need of the outside world: contract suites that every implementation of a port passes,
 * in-memory implementations, fault decorators and printed seeds. Never part of the shipped jar.
 */
package dev.anvil.ports.testkit;
