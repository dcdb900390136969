/**
 * PersonalDB groups and their commits. Not built yet: the package keeps its place in the order of
 * subjects.
 */
package dev.anvil.personaldb;
