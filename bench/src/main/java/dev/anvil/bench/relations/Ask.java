package dev.anvil.bench.relations;

/**
 * One question.
 *
 * @param resource such as document:1
 * @param permission or relation
 * @param subject such as user:1
 * @param hour value of the context for the condition, -1 for no context
 * @param expected what is right, where the shape of the data tells; null otherwise
 */
record Ask(String resource, String permission, String subject, int hour, Boolean expected) {
  static final int NO_HOUR = -1;
}
