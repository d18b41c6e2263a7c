package dev.gmr.train;

import dev.gmr.nn.Network;
import dev.gmr.nn.Parameters;
import dev.gmr.train.io.Safetensors;
import dev.gmr.train.io.Tensor;
import dev.gmr.train.run.EpochMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How far a run has come: everything that the next step depends on, and the sums behind the next
 * row of metrics. Saved in one file, whose rename is the moment at which a save counts.
 */
final class Progress {
  private static final String VALUES = "model.";

  /** More epochs, steps or images than any run has. */
  private static final long MAX_COUNT = Integer.MAX_VALUE - 1L;

  /** Epoch in work, from 1, and steps of it already done. */
  int epoch = 1;

  int step;
  double loss;
  double empiricalLoss;
  double expectationLoss;
  long correct;
  long seen;
  double epochSeconds;
  final List<EpochMetrics> metrics = new ArrayList<>();

  /** Begins the next epoch. */
  void nextEpoch() {
    epoch++;
    step = 0;
    loss = 0;
    empiricalLoss = 0;
    expectationLoss = 0;
    correct = 0;
    seen = 0;
    epochSeconds = 0;
  }

  /** Packs everything. */
  Safetensors save(Network network, Optimizer optimizer, Schedule schedule) {
    Map<String, Tensor> tensors = new TreeMap<>();
    Weights.put(network, VALUES, tensors);
    Parameters parameters = network.parameters();
    optimizer.state().forEach((name, array) -> Weights.put(parameters, array, name + ".", tensors));
    put(
        tensors,
        "counters",
        epoch,
        step,
        correct,
        seen,
        optimizer.steps(),
        schedule.bestEpoch(),
        schedule.waited());
    put(
        tensors,
        "numbers",
        loss,
        empiricalLoss,
        expectationLoss,
        epochSeconds,
        schedule.learningRate(),
        schedule.bestLoss());
    double[] rows = new double[metrics.size() * 9];
    int i = 0;
    for (EpochMetrics m : metrics) {
      rows[i++] = m.epoch();
      rows[i++] = m.trainLoss();
      rows[i++] = m.trainLossEmpirical();
      rows[i++] = m.trainLossExpectation();
      rows[i++] = m.trainAccuracy();
      rows[i++] = m.validLoss();
      rows[i++] = m.validAccuracy();
      rows[i++] = m.learningRate();
      rows[i++] = m.seconds();
    }
    tensors.put("metrics", new Tensor.F64(new int[] {metrics.size(), 9}, rows));
    return new Safetensors(tensors, Map.of("format", "gmr-state-1"));
  }

  /** Unpacks what {@link #save} packed, into this and the others. */
  void load(Safetensors from, Network network, Optimizer optimizer, Schedule schedule) {
    Weights.get(from, network, VALUES);
    Parameters parameters = network.parameters();
    optimizer.state().forEach((name, array) -> Weights.get(from, parameters, name + ".", array));
    long[] counters = from.longs("counters", 7);
    for (long c : counters) {
      if (c < 0 || c > MAX_COUNT) {
        throw from.refuse("it counts " + c);
      }
    }
    if (counters[0] < 1) {
      throw from.refuse("it stands in epoch " + counters[0]);
    }
    epoch = Math.toIntExact(counters[0]);
    step = Math.toIntExact(counters[1]);
    correct = counters[2];
    seen = counters[3];
    optimizer.resume(counters[4]);
    double[] numbers = from.doubles("numbers", 6);
    loss = numbers[0];
    empiricalLoss = numbers[1];
    expectationLoss = numbers[2];
    epochSeconds = numbers[3];
    schedule.resume(
        numbers[4], numbers[5], Math.toIntExact(counters[5]), Math.toIntExact(counters[6]));
    int rows = epoch - 1;
    double[] m = from.doubles("metrics", rows, 9);
    metrics.clear();
    for (int i = 0; i < m.length; i += 9) {
      metrics.add(
          new EpochMetrics(
              (int) m[i],
              m[i + 1],
              m[i + 2],
              m[i + 3],
              m[i + 4],
              m[i + 5],
              m[i + 6],
              m[i + 7],
              m[i + 8]));
    }
  }

  private static void put(Map<String, Tensor> tensors, String name, long... values) {
    tensors.put(name, new Tensor.I64(new int[] {values.length}, values));
  }

  private static void put(Map<String, Tensor> tensors, String name, double... values) {
    tensors.put(name, new Tensor.F64(new int[] {values.length}, values));
  }
}
