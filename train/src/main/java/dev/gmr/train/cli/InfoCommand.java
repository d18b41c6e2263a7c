package dev.gmr.train.cli;

import dev.gmr.train.report.TextTable;
import dev.gmr.train.run.Environment;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;

/** gmr info. */
@Command(
    name = "info",
    description = "Prints the kernels in use, the JVM, and the measured peak of this machine.",
    footer = {"", "Examples:", "  gmr info", "  gmr info --backend scalar"})
final class InfoCommand implements Callable<Integer> {
  private final Session session;

  @ArgGroup(validate = false, heading = "%nMachine:%n")
  private final ComputeOptions compute = new ComputeOptions();

  InfoCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    compute.chooseKernels();
    int threads = compute.threads();
    Environment here = Environment.current(threads);
    Engine engine = session.engine();
    TextTable table = new TextTable().row("gmr", here.gmr());
    table.row("backend", here.backend());
    table.row("lanes", here.lanes() + " floats, " + here.lanes() * Float.SIZE + " bits");
    table.row("JDK", here.jdk());
    table.row("VM", here.vm());
    table.row("system", here.os() + ", " + here.arch());
    table.row("threads", String.valueOf(threads));
    table.row("heap", Runtime.getRuntime().maxMemory() / (1 << 20) + " MB at most");
    table.row("FMA peak, one thread", gflops(engine.peakGflops(1)));
    if (threads > 1) {
      table.row("FMA peak, " + threads + " threads", gflops(engine.peakGflops(threads)));
    }
    session.out().print(table);
    return 0;
  }

  private static String gflops(double value) {
    return String.format(Locale.ROOT, "%.1f GFLOP/s", value);
  }
}
