/**
 * Values of what a bucket lays down for its versions and of what protects a single version: object
 * lock, encryption, lifecycle and notification rules, with their stored forms. Nothing here knows
 * how versions are kept.
 */
package dev.anvil.objects.rules;
