package dev.anvil.app.start;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * A jar that starts the program's own: it stands before it on the class path, with the classes of
 * parts that are compiled for so old a Java that no cache of Java takes them.
 */
public final class StartJar {
  private static final String CLASS = ".class";

  private StartJar() {}

  /**
   * Writes one, with what the manifest of the program's jar asks of Java.
   *
   * @param program the program's jar
   * @param parts jars whose classes are old
   * @throws IOException if a jar cannot be read or the new one not written
   */
  public static void write(Path target, Path program, Iterable<Path> parts) throws IOException {
    try (OutputStream file = Files.newOutputStream(target);
        JarOutputStream out = new JarOutputStream(file, manifest(target, program))) {
      for (Path part : parts) {
        copy(part, out);
      }
    }
  }

  private static Manifest manifest(Path target, Path program) throws IOException {
    try (JarFile jar = new JarFile(program.toFile())) {
      Manifest manifest = new Manifest();
      Attributes asked = jar.getManifest().getMainAttributes();
      Attributes attributes = manifest.getMainAttributes();
      attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
      for (String name : new String[] {"Main-Class", "Add-Opens", "Enable-Native-Access"}) {
        if (asked.getValue(name) != null) {
          attributes.putValue(name, asked.getValue(name));
        }
      }
      attributes.put(Attributes.Name.CLASS_PATH, place(target, program));
      return manifest;
    }
  }

  /** Relative in one folder, so that the folder can be moved. */
  private static String place(Path target, Path program) {
    Path from = target.toAbsolutePath().normalize();
    Path to = program.toAbsolutePath().normalize();
    return to.getParent().equals(from.getParent())
        ? to.getFileName().toUri().getRawPath().replaceFirst(".*/", "")
        : to.toUri().toString();
  }

  private static void copy(Path part, JarOutputStream out) throws IOException {
    try (JarFile jar = new JarFile(part.toFile())) {
      ModernClasses modern =
          new ModernClasses(name -> {
            JarEntry entry = jar.getJarEntry(name);
            return entry == null ? null : jar.getInputStream(entry);
          });
      for (Iterator<JarEntry> all = jar.entries().asIterator(); all.hasNext(); ) {
        JarEntry entry = all.next();
        if (entry.isDirectory() || entry.getName().startsWith("META-INF/")) {
          continue;
        }
        byte[] bytes;
        try (InputStream in = jar.getInputStream(entry)) {
          bytes = in.readAllBytes();
        }
        out.putNextEntry(new JarEntry(entry.getName()));
        out.write(entry.getName().endsWith(CLASS) ? modern.of(bytes) : bytes);
        out.closeEntry();
      }
    }
  }
}
