package dev.gmr.train.report;

import dev.gmr.train.run.Environment;
import dev.gmr.train.run.RunConfig;
import dev.gmr.train.run.Summary;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/** A comparison of runs as one HTML file that needs nothing beside it. */
public final class HtmlReport {
  /**
   * A run in the report.
   *
   * @param name what it is called
   * @param config its configuration
   * @param summary its figures, evaluated
   * @param cost seconds of its fastest epoch relative to the first run's
   * @param command the command line that repeats it
   * @param metricsPng its metrics.png, empty where there is none
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Run(
      String name,
      RunConfig config,
      Summary summary,
      double cost,
      String command,
      byte[] metricsPng) {}

  private static final String STYLE =
      """
      :root { color-scheme: light dark; --line: #8884; --faint: #8882; }
      body { font: 16px/1.5 system-ui, sans-serif; max-width: 64rem; margin: 2rem auto;
        padding: 0 1rem; }
      h1 { font-size: 1.6rem; }
      h2 { font-size: 1.15rem; margin-top: 2.2rem; }
      .scroll { overflow-x: auto; }
      table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
      th, td { padding: .35rem .8rem; text-align: right; border-bottom: 1px solid var(--line); }
      th:first-child, td:first-child { text-align: left; }
      thead th { border-bottom-width: 2px; vertical-align: bottom; }
      .scroll + .scroll { margin-top: 1.2rem; }
      .words td, .words th { text-align: left; vertical-align: top; }
      img { width: 100%; height: auto; background: #fff; border-radius: 6px; margin: .5rem 0; }
      code, pre { font: .85em/1.5 ui-monospace, monospace; overflow-wrap: anywhere; }
      pre { background: var(--faint); padding: .7rem 1rem; border-radius: 6px;
        white-space: pre-wrap; }
      p.note { opacity: .75; }
      """;

  private final StringBuilder html = new StringBuilder();

  private HtmlReport() {}

  /**
   * Renders the report.
   *
   * @param title heading
   * @param runs the runs; the first is what the others are compared to
   * @param comparisonPng the picture of all runs, empty where there is none
   * @param commands command lines that make all of this again
   * @return the file's text
   */
  public static String render(
      String title, List<Run> runs, byte[] comparisonPng, List<String> commands) {
    HtmlReport report = new HtmlReport();
    report.head(title);
    report.results(runs);
    report.image(comparisonPng, "Share of test images over the strength of noise, for each run");
    report.reproduce(runs, commands);
    report.configuration(runs);
    report.training(runs);
    report.add("</body>\n</html>\n");
    return report.html.toString();
  }

  private void head(String title) {
    add("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    add("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    add("<title>" + escape(title) + "</title>\n<style>\n" + STYLE + "</style>\n</head>\n<body>\n");
    add("<h1>" + escape(title) + "</h1>\n");
  }

  private void results(List<Run> runs) {
    add("<div class=\"scroll\"><table>\n<thead><tr><th>run</th><th>clean<br>accuracy</th>");
    add("<th>robustness<br>(label)</th><th>robustness<br>(prediction)</th>");
    add("<th>training<br>seconds</th><th>cost</th></tr></thead>\n<tbody>\n");
    for (Run run : runs) {
      Summary s = run.summary();
      add("<tr><td>%s</td>".formatted(escape(run.name())));
      add(cell("%.4f", s.accuracy()) + cell("%.4f", s.robustnessLabel()));
      add(cell("%.4f", s.robustnessPrediction()) + cell("%.1f", s.trainSeconds()));
      add(cell("%.2fx", run.cost()) + "</tr>\n");
    }
    add("</tbody>\n</table></div>\n<p class=\"note\">Robustness is the mean share, over noise of");
    add(" sigma 0 to 0.5 (pixels from 0 to 1), of test images whose prediction is right (label)");
    add(
        " or the same as without noise (prediction). Cost is the time of the fastest epoch relative to ");
    add(escape(runs.get(0).name()) + ".</p>\n");
  }

  private void reproduce(List<Run> runs, List<String> commands) {
    add("<h2>How to make this again</h2>\n<pre>");
    commands.forEach(command -> add(escape(command) + "\n"));
    add("</pre>\n<p>Weights are the same to the bit on every processor and number of threads.");
    add(" SHA-256 of <code>best.safetensors</code>:</p>\n");
    add("<div class=\"scroll\"><table class=\"words\">\n<tbody>\n");
    for (Run run : runs) {
      add(
          "<tr><td>%s</td><td><code>%s</code></td></tr>\n"
              .formatted(escape(run.name()), escape(run.summary().weightsSha256())));
    }
    add("</tbody>\n</table></div>\n");
  }

  private void configuration(List<Run> runs) {
    add("<h2>Configuration</h2>\n<div class=\"scroll\"><table class=\"words\">\n");
    add("<thead><tr><th>run</th><th>command</th></tr></thead>\n<tbody>\n");
    for (Run run : runs) {
      add(
          "<tr><td>%s</td><td><code>%s</code></td></tr>\n"
              .formatted(escape(run.name()), escape(run.command())));
    }
    add("</tbody>\n</table></div>\n<div class=\"scroll\"><table class=\"words\">\n<tbody>\n");
    RunConfig config = runs.get(0).config();
    Environment e = config.environment();
    row(
        "data",
        "%s: %d training and %d test images of %d x %d x %d, %d classes"
            .formatted(
                config.options().data().name(),
                config.data().trainImages(),
                config.data().testImages(),
                config.data().side(),
                config.data().side(),
                config.data().channels(),
                config.data().classes()));
    row("training set SHA-256", config.data().trainSha256());
    row("test set SHA-256", config.data().testSha256());
    row(
        "program",
        "gmr "
            + e.gmr()
            + ", "
            + e.backend()
            + " kernels of "
            + e.lanes()
            + " lanes, "
            + e.threads()
            + " threads");
    row("Java", e.jdk() + "; " + e.vm());
    row("system", e.os() + ", " + e.arch());
    add("</tbody>\n</table></div>\n");
  }

  private void training(List<Run> runs) {
    for (Run run : runs) {
      if (run.metricsPng().length == 0) {
        continue;
      }
      add("<h2>Training: %s</h2>\n".formatted(escape(run.name())));
      image(run.metricsPng(), "Loss and accuracy over the epochs of " + run.name());
    }
  }

  private void row(String name, String value) {
    add("<tr><td>%s</td><td>%s</td></tr>\n".formatted(escape(name), escape(value)));
  }

  private void image(byte[] png, String alt) {
    if (png.length == 0) {
      return;
    }
    add(
        "<img alt=\"%s\" src=\"data:image/png;base64,%s\">\n"
            .formatted(escape(alt), Base64.getEncoder().encodeToString(png)));
  }

  private static String cell(String format, double value) {
    return "<td>" + String.format(Locale.ROOT, format, value) + "</td>";
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  private void add(String text) {
    html.append(text);
  }
}
