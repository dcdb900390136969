package dev.anvil.objects;

/** Whether a bucket serves. */
public enum BucketState {
  /** Serves. */
  OPEN,
  /** Its door is shut; what is left is being removed. */
  CLOSING
}
