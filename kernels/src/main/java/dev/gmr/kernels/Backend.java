package dev.gmr.kernels;

import dev.gmr.kernels.scalar.ScalarKernels;
import dev.gmr.kernels.spi.KernelSet;
import java.util.Optional;

/**
 * Chooses the kernels of this process, once, when they are first used.
 *
 * <p>The system property {@code gmr.backend} decides: {@code auto} (default) takes SIMD where the
 * JVM runs with {@code --add-modules jdk.incubator.vector} and says in one line on standard error
 * when it does not; {@code simd} refuses to run without the module; {@code scalar} forces plain
 * Java. The property {@code gmr.simd.bits} (128, 256 or 512) forces a vector width; it exists for
 * tests, since a width that the CPU lacks runs as slow plain Java. The results are the same bits in
 * every case: also while SIMD kernels that are not compiled yet run as plain Java.
 */
public final class Backend {
  private static final KernelSet CURRENT = choose(System.getProperty("gmr.backend", "auto"));

  private Backend() {}

  /** {@return the kernels in use} */
  public static KernelSet kernels() {
    return CURRENT;
  }

  /** {@return the plain Java kernels, the readable specification of the others} */
  public static KernelSet scalar() {
    return ScalarKernels.INSTANCE;
  }

  /** {@return the Vector API kernels, or nothing when the JVM runs without the module} */
  public static Optional<KernelSet> simd() {
    if (!moduleResolved()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          Class.forName("dev.gmr.kernels.simd.SimdKernels")
              .asSubclass(KernelSet.class)
              .getDeclaredConstructor()
              .newInstance());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the SIMD kernels of this jar cannot be loaded", e);
    }
  }

  /** {@return whether the JVM was started with {@code --add-modules jdk.incubator.vector}} */
  public static boolean moduleResolved() {
    return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
  }

  private static KernelSet gated(KernelSet simd) {
    return new GatedKernels(simd, scalar());
  }

  private static KernelSet choose(String name) {
    return switch (name) {
      case "scalar" -> scalar();
      case "simd" ->
          simd()
              .map(Backend::gated)
              .orElseThrow(
                  () ->
                      new IllegalStateException(
                          "gmr.backend=simd needs the JVM flag --add-modules jdk.incubator.vector"));
      case "auto" ->
          simd()
              .map(Backend::gated)
              .orElseGet(
                  () -> {
                    System.err.println(
                        "gmr: plain Java kernels in use; add the JVM flag --add-modules"
                            + " jdk.incubator.vector for SIMD (same results, many times faster)");
                    return scalar();
                  });
      default ->
          throw new IllegalArgumentException(
              "gmr.backend is \"" + name + "\"; expected auto, simd or scalar");
    };
  }
}
