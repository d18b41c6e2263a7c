package dev.gmr.train.run;

import dev.gmr.kernels.Backend;
import dev.gmr.kernels.spi.KernelSet;

/**
 * Where a run was computed. Nothing here changes its weights.
 *
 * @param gmr version of this program
 * @param jdk Java version and vendor
 * @param vm virtual machine
 * @param os operating system and its version
 * @param arch processor architecture
 * @param backend kernels in use, simd or scalar
 * @param lanes floats in a vector; 1 for scalar
 * @param threads threads in use
 */
public record Environment(
    String gmr,
    String jdk,
    String vm,
    String os,
    String arch,
    String backend,
    int lanes,
    int threads) {

  /**
   * Describes this process. Chooses the kernels if they were not in use yet.
   *
   * @param threads threads in use
   * @return the description
   */
  public static Environment current(int threads) {
    KernelSet kernels = Backend.kernels();
    return new Environment(
        Version.current(),
        System.getProperty("java.version") + ", " + System.getProperty("java.vendor"),
        System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"),
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        System.getProperty("os.arch"),
        kernels.name(),
        kernels.lanes(),
        threads);
  }
}
