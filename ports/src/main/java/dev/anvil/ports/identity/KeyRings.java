package dev.anvil.ports.identity;

import java.time.Instant;
import java.util.List;

/**
 * The keys of this deployment that lie outside its store: the newest of each kind is in use, older
 * ones still open or verify what was made under them. Safe for any number of threads.
 */
public interface KeyRings {
  /** What keys are for. */
  enum Kind {
    /** Seals stored secrets. */
    SEALING,
    /** Signs access tokens. */
    TOKEN
  }

  /**
   * A key without what is secret.
   *
   * @param id derived from it, so the same everywhere; tells nothing of it
   * @param current whether it is in use for what is new
   * @param retiredAt when another took its place; null if that is not known, or did not happen
   */
  record Key(String id, boolean current, Instant retiredAt) {}

  /** Keys of the kind, the newest first. */
  List<Key> keys(Kind kind);

  /**
   * Whether this process keeps the keys of the kind itself. Else they come from the settings, and
   * only who sets them can change them.
   */
  boolean rotates(Kind kind);

  /**
   * Makes a new key and puts it in use, durably, before it returns; older ones stay.
   *
   * @return its id
   * @throws dev.anvil.ports.failure.WrongState if it does not {@link #rotates rotate}
   * @throws dev.anvil.ports.failure.Unavailable if it cannot be kept; then nothing changed
   */
  String rotate(Kind kind, Instant now);

  /**
   * Lets go of an older key, durably; absent is fine, and so is one that comes from the settings,
   * which stays.
   */
  void drop(Kind kind, String id);
}
