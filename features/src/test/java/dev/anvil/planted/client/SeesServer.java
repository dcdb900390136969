package dev.anvil.planted.client;

/** A client that carries a class of the server along. */
public final class SeesServer {
  private dev.anvil.planted.kernel.Target seen;

  public dev.anvil.planted.kernel.Target seen() {
    return seen;
  }
}
