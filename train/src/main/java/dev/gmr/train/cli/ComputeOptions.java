package dev.gmr.train.cli;

import dev.gmr.train.io.UserError;
import picocli.CommandLine.Option;

/** Options that decide where and how fast something is computed, never what. */
final class ComputeOptions {
  @Option(
      names = "--threads",
      paramLabel = "T",
      description = "threads; the results do not depend on it (default: all cores)")
  private Integer threads;

  @Option(
      names = "--backend",
      paramLabel = "NAME",
      converter = Choices.BackendConverter.class,
      completionCandidates = Choices.BackendCandidates.class,
      description = "auto, simd or scalar; the results do not depend on it (default: auto)")
  private String backend;

  @Option(
      names = "--simd-bits",
      paramLabel = "BITS",
      description = "128, 256 or 512: force a vector width, to test (default: the CPU's own)")
  private Integer simdBits;

  /** Must come before any kernel is loaded, because kernels are chosen once a process. */
  void chooseKernels() {
    if (backend != null) {
      System.setProperty("gmr.backend", backend);
    }
    if (simdBits != null) {
      if (simdBits != 128 && simdBits != 256 && simdBits != 512) {
        throw UserError.usage("--simd-bits is %d; expected 128, 256 or 512".formatted(simdBits));
      }
      System.setProperty("gmr.simd.bits", simdBits.toString());
    }
  }

  int threads() {
    if (threads == null) {
      return Runtime.getRuntime().availableProcessors();
    }
    if (threads < 1 || threads > 1024) {
      throw UserError.usage("--threads is %d; expected 1 to 1024".formatted(threads));
    }
    return threads;
  }
}
