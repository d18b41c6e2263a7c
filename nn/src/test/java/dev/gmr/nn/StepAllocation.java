package dev.gmr.nn;

import dev.gmr.kernels.CounterRandom;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Random;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Trains a network on small images in a process that has computed with vectors of another width,
 * and prints the fewest bytes that a step allocated. The program for {@link StepAllocationTest}.
 */
final class StepAllocation {
  private static final int BATCH = 8;
  private static final int CLASSES = 3;
  private static final int STEPS = 20_000;
  private static final int OTHER = 50_000;

  private StepAllocation() {}

  /** Takes the name of a network. */
  public static void main(String[] args) {
    otherWidth();
    System.out.println(fewestBytes(Architecture.builtIn(args[0])));
  }

  /** 256 bits, or 128 where those are the preferred width. */
  private static void otherWidth() {
    VectorSpecies<Float> species =
        FloatVector.SPECIES_PREFERRED == FloatVector.SPECIES_256
            ? FloatVector.SPECIES_128
            : FloatVector.SPECIES_256;
    float[] x = new float[64];
    for (int i = 0; i < OTHER; i++) {
      FloatVector v = FloatVector.fromArray(species, x, 0);
      FloatVector w = FloatVector.broadcast(species, x[3]);
      w.fma(v, v).add(v).mul(w).sub(v).max(w).intoArray(x, 16);
    }
  }

  private static long fewestBytes(Architecture architecture) {
    ImageShape shape = new ImageShape(8, 12, 3);
    try (Workers alone = new Workers(1)) {
      Network network = Network.of(architecture, shape, CLASSES, BATCH, alone);
      network.parameters().initialize(CounterRandom.of(7));
      float[] sigmas = new float[shape.channels()];
      Arrays.fill(sigmas, 0.4f);
      Objective objective = new Objective(network, 1, 1, sigmas);
      Random random = new Random(3);
      float[] images = new float[BATCH * shape.size()];
      for (int i = 0; i < images.length; i++) {
        images[i] = random.nextFloat() - 0.5f;
      }
      int[] labels = random.ints(BATCH, 0, CLASSES).toArray();
      var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
      long fewest = Long.MAX_VALUE;
      for (int i = 0; i < STEPS && fewest > 0; i++) {
        long before = threads.getCurrentThreadAllocatedBytes();
        objective.step(BATCH, images, labels);
        fewest = Math.min(fewest, threads.getCurrentThreadAllocatedBytes() - before);
      }
      return fewest;
    }
  }
}
