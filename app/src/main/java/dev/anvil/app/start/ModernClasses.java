package dev.anvil.app.start;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.lang.constant.ClassDesc;

/**
 * Class files of before Java 6 as later ones: the same code, with the maps of the stack that later
 * versions carry. Java keeps only such in its caches, and checks them sooner.
 */
final class ModernClasses {
  private static final int WITH_STACK_MAPS = ClassFile.JAVA_8_VERSION;

  private final ClassFile classFile;

  /** Finds a class file by its name in the jar, or null; the stream is closed here. */
  @FunctionalInterface
  interface Source {
    InputStream open(String name) throws IOException;
  }

  /**
   * Of one jar.
   *
   * @param others classes that those of the jar name, read only
   */
  ModernClasses(Source others) {
    ClassHierarchyResolver known =
        ClassHierarchyResolver.ofResourceParsing(of -> open(others, of))
            .orElse(ClassHierarchyResolver.defaultResolver())
            .cached();
    classFile =
        ClassFile.of(
            ClassFile.ClassHierarchyResolverOption.of(known),
            ClassFile.StackMapsOption.GENERATE_STACK_MAPS);
  }

  private static InputStream open(Source others, ClassDesc of) {
    if (!of.isClassOrInterface()) {
      return null;
    }
    String name = of.descriptorString();
    try {
      return others.open(name.substring(1, name.length() - 1) + ".class");
    } catch (IOException e) {
      throw new UncheckedIOException("class " + of.displayName() + " cannot be read", e);
    }
  }

  /** A class file that does what this one does; the same one if it is modern enough. */
  byte[] of(byte[] bytes) {
    ClassModel model = classFile.parse(bytes);
    if (model.majorVersion() >= WITH_STACK_MAPS) {
      return bytes;
    }
    ClassTransform version =
        (to, element) -> {
          if (element instanceof ClassFileVersion) {
            to.withVersion(WITH_STACK_MAPS, 0);
          } else {
            to.with(element);
          }
        };
    // written anew instruction by instruction: code that is copied as it stands gets no maps
    CodeTransform anew = (to, element) -> to.with(element);
    return classFile.transformClass(
        model, version.andThen(ClassTransform.transformingMethodBodies(anew)));
  }
}
