package dev.anvil.planted.kernel;

import java.lang.reflect.Method;

/** Wires by name. */
public final class Reflects {
  public Method[] find(Object any) {
    return any.getClass().getMethods();
  }
}
