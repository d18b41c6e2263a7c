package dev.gmr.kernels.simd;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.util.List;

/** Classes that are loaded again for each set of constants, which C2 then knows. */
final class Templates {
  private Templates() {}

  /** The class file of a template. */
  static byte[] file(Class<?> template) {
    try (InputStream file = template.getResourceAsStream(template.getSimpleName() + ".class")) {
      return file.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the class " + template.getSimpleName(), e);
    }
  }

  /** An instance of a template whose class data are the constants. */
  static <T> T load(byte[] template, List<? extends Number> constants, Class<T> type) {
    try {
      Class<?> loaded =
          MethodHandles.lookup()
              .defineHiddenClassWithClassData(template, constants, true)
              .lookupClass();
      return type.cast(loaded.getDeclaredConstructor().newInstance());
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("no " + type.getName() + " for " + constants, e);
    }
  }
}
