package dev.gmr.train.cli;

import dev.gmr.nn.ImageShape;
import dev.gmr.nn.Layer;
import dev.gmr.nn.LayerTrace;
import dev.gmr.train.report.TextTable;
import dev.gmr.train.run.OptimizerOptions;
import dev.gmr.train.run.Recipe;
import dev.gmr.train.run.ScheduleOptions;
import java.util.List;
import java.util.Locale;

/** Figures of networks as text for the terminal. */
final class ModelTables {
  private ModelTables() {}

  static long parameters(List<LayerTrace> trace) {
    return trace.stream().mapToLong(LayerTrace::parameters).sum();
  }

  /** Operations of a forward pass. */
  static double forward(List<LayerTrace> trace) {
    return trace.stream().mapToDouble(LayerTrace::flops).sum();
  }

  /**
   * Operations of a plain step: forward, the gradients of the weights, and those of the inputs,
   * which the first layer leaves out.
   */
  static double step(List<LayerTrace> trace) {
    return 3 * forward(trace) - trace.getFirst().flops();
  }

  static String mflop(double flops) {
    return String.format(Locale.ROOT, "%,.2f", flops / 1e6);
  }

  static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  static String shape(ImageShape s) {
    return "%d x %d x %d".formatted(s.height(), s.width(), s.channels());
  }

  /** A row a layer; what is in a residual stands further to the right. */
  static String layers(List<LayerTrace> trace) {
    TextTable table = new TextTable().row("layer", "name", "in", "out", "parameters", "MFLOP");
    for (LayerTrace t : trace) {
      table.row(
          "  ".repeat(t.depth()) + what(t.layer()),
          name(t.layer()),
          shape(t.in()),
          shape(t.out()),
          t.parameters() == 0 ? "-" : count(t.parameters()),
          t.flops() == 0 ? "-" : mflop((double) t.flops()));
    }
    table.row("in all", "", "", "", count(parameters(trace)), mflop(forward(trace)));
    long statistics = trace.stream().mapToLong(LayerTrace::statistics).sum();
    return "%s%n%sA plain step of training takes %s MFLOP an image.%n"
        .formatted(
            table,
            statistics == 0
                ? ""
                : "Batch norm keeps %s running statistics beside.%n".formatted(count(statistics)),
            mflop(step(trace)));
  }

  private static String what(Layer layer) {
    return switch (layer) {
      case Layer.Conv c ->
          "conv %dx%d%s%s"
              .formatted(
                  c.kernel(),
                  c.kernel(),
                  c.stride() == 1 ? "" : ", stride " + c.stride(),
                  c.padding() == 0 ? "" : ", padding " + c.padding());
      case Layer.BatchNorm n -> "batchnorm";
      case Layer.Relu r -> "relu";
      case Layer.MaxPool p -> pool("maxpool", p.window(), p.stride());
      case Layer.AvgPool p -> pool("avgpool", p.window(), p.stride());
      case Layer.GlobalAvgPool p -> "globalavgpool";
      case Layer.Residual r -> "sum of the residual";
      case Layer.Linear l -> "linear";
    };
  }

  private static String pool(String type, int window, int stride) {
    return "%s %dx%d%s"
        .formatted(type, window, window, stride == window ? "" : ", stride " + stride);
  }

  private static String name(Layer layer) {
    return switch (layer) {
      case Layer.Conv c -> c.name();
      case Layer.BatchNorm n -> n.name();
      case Layer.Linear l -> l.name();
      default -> "";
    };
  }

  /** How gmr train trains it when no option says otherwise. */
  static String recipe(Recipe recipe) {
    OptimizerOptions o = recipe.optimizer();
    ScheduleOptions s = recipe.schedule();
    return String.format(
        Locale.ROOT,
        "Trained by default with --optimizer %s --lr %s%s --weight-decay %s"
            + " --batch-size %d%n--epochs %d --patience %d --lr-factor %s --stop-patience %d%n",
        o.kind().name().toLowerCase(Locale.ROOT),
        o.learningRate(),
        o.momentum() == 0 ? "" : " --momentum " + o.momentum(),
        o.weightDecay(),
        o.batchSize(),
        s.epochs(),
        s.patience(),
        s.lrFactor(),
        s.stopPatience());
  }
}
