/**
 * Notifications: changes that a bucket's rules name are taken from the journal into a bounded
 * queue, posted to targets that the operator named, tried again, and in the end laid aside.
 */
package dev.anvil.objects.notify;
