package dev.anvil.authz.graph;

import java.util.Collections;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A truth value: yes, no, or open. What is open hangs on missing names, on a fault, or on its own
 * negation, which has neither.
 */
final class Truth {
  static final Truth YES = new Truth(1, Collections.emptySortedSet(), null);
  static final Truth NO = new Truth(0, Collections.emptySortedSet(), null);
  static final Truth UNDEFINED = new Truth(2, Collections.emptySortedSet(), null);

  private final int kind;
  private final SortedSet<String> missing;
  private final Fault fault;

  private Truth(int kind, SortedSet<String> missing, Fault fault) {
    this.kind = kind;
    this.missing = missing;
    this.fault = fault;
  }

  static Truth of(boolean value) {
    return value ? YES : NO;
  }

  static Truth missing(SortedSet<String> names) {
    return new Truth(2, names, null);
  }

  static Truth fault(Fault fault) {
    return new Truth(2, Collections.emptySortedSet(), fault);
  }

  boolean yes() {
    return kind == 1;
  }

  boolean no() {
    return kind == 0;
  }

  boolean open() {
    return kind == 2;
  }

  SortedSet<String> missing() {
    return missing;
  }

  Fault fault() {
    return fault;
  }

  Truth or(Truth other) {
    return yes() || other.yes() ? YES : no() ? other : other.no() ? this : both(other);
  }

  Truth and(Truth other) {
    return no() || other.no() ? NO : yes() ? other : other.yes() ? this : both(other);
  }

  Truth not() {
    return kind == 2 ? this : of(kind == 0);
  }

  /** Open for the reasons of both. */
  Truth both(Truth other) {
    if (equals(other)) {
      return this;
    }
    SortedSet<String> names = new TreeSet<>(missing);
    names.addAll(other.missing);
    Fault least = fault;
    if (least == null || other.fault != null && other.fault.compareTo(least) < 0) {
      least = other.fault;
    }
    return new Truth(2, names, least);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Truth t
        && kind == t.kind
        && missing.equals(t.missing)
        && Objects.equals(fault, t.fault);
  }

  @Override
  public int hashCode() {
    return Objects.hash(kind, missing, fault);
  }

  @Override
  public String toString() {
    return kind == 0 ? "no" : kind == 1 ? "yes" : "open" + missing + (fault == null ? "" : fault);
  }
}
