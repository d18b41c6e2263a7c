package dev.gmr.train.cli;

import dev.gmr.nn.Architecture;
import dev.gmr.nn.ArchitectureException;
import dev.gmr.nn.ImageShape;
import dev.gmr.nn.LayerTrace;
import dev.gmr.train.io.UserError;
import dev.gmr.train.report.TextTable;
import dev.gmr.train.run.Recipe;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** gmr models. */
@Command(
    name = "models",
    description = {
      "Lists the networks that are built in, or shows one of them or of your own layer by layer.",
      "A file ending in .json describes a network of your own, which gmr train --model takes; begin"
          + " with one that --json prints."
    },
    footer = {
      "",
      "Examples:",
      "  gmr models",
      "  gmr models resnet20 --data cifar100",
      "  gmr models lenet --json > my.json",
      "  gmr models my.json --data mnist"
    })
final class ModelsCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(
      arity = "0..1",
      paramLabel = "NAME|FILE.json",
      converter = Choices.ModelConverter.class,
      completionCandidates = Choices.ModelCandidates.class,
      description = "${COMPLETION-CANDIDATES}, or the file of another network")
  private String model;

  @Option(
      names = "--data",
      paramLabel = "NAME",
      completionCandidates = Choices.SizedDataCandidates.class,
      description =
          "for the images of this data set: ${COMPLETION-CANDIDATES} (default: digits,"
              + " cifar10 where those do not fit)")
  private String data;

  @Option(names = "--json", description = "print the description, to begin one's own with")
  private boolean json;

  ModelsCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    if (data != null) {
      DataChoice.check(session.engine(), data);
    }
    if (json) {
      session.out().print(description());
    } else if (model == null) {
      session.out().print(list());
    } else {
      session.out().print(layers());
    }
    return 0;
  }

  private String description() {
    if (model == null || data != null) {
      throw UserError.usage("--json goes with NAME alone, for example gmr models lenet --json");
    }
    return Recipe.isFile(model)
        ? ModelChoice.read(model).toJson()
        : Architecture.builtInJson(model);
  }

  private String list() {
    List<Images> kinds =
        data == null ? List.of(Images.GREY, Images.COLOUR) : List.of(Images.of(data));
    TextTable table =
        new TextTable()
            .row("name", "images", "weight layers", "parameters", "MFLOP forward", "MFLOP a step");
    List<String> unfit = new ArrayList<>();
    for (String name : Architecture.builtInNames()) {
      Architecture architecture = Architecture.builtIn(name);
      for (Images images : kinds) {
        try {
          List<LayerTrace> trace = images.trace(architecture);
          table.row(
              name,
              images.size(),
              String.valueOf(trace.stream().filter(LayerTrace::weighted).count()),
              ModelTables.count(ModelTables.parameters(trace)),
              ModelTables.mflop(ModelTables.forward(trace)),
              ModelTables.mflop(ModelTables.step(trace)));
        } catch (ArchitectureException e) {
          table.row(name, images.size(), "-", "-", "-", "-");
          unfit.add(e.getMessage() + "\n");
        }
      }
    }
    StringBuilder text = new StringBuilder().append(table).append('\n');
    unfit.forEach(text::append);
    kinds.forEach(images -> text.append(images.legend()));
    return text
        + """
        Layers with weights, those of shortcuts included. MFLOP: 10^6 floating point operations an
        image in the products of convolutions and linear layers, forward and in a plain step of
        training; a step with the regularizer takes about twice as many.
        """;
  }

  private String layers() {
    Architecture architecture = ModelChoice.read(model);
    Images images = data == null ? Images.GREY : Images.of(data);
    List<LayerTrace> trace;
    try {
      trace = images.trace(architecture);
    } catch (ArchitectureException e) {
      if (data != null) {
        throw UserError.usage(e.getMessage() + "; choose another --data or mend the network");
      }
      images = Images.COLOUR;
      trace = colour(architecture, e);
    }
    return "%s for %s, %d classes%n%n%s%n%s"
        .formatted(
            architecture.name(),
            images.size(),
            images.classes(),
            ModelTables.layers(trace),
            ModelTables.recipe(Recipe.of(model)));
  }

  private static List<LayerTrace> colour(Architecture architecture, ArchitectureException grey) {
    try {
      return Images.COLOUR.trace(architecture);
    } catch (ArchitectureException e) {
      throw UserError.usage(grey.getMessage() + "; choose --data or mend the network");
    }
  }

  /**
   * What a network is given.
   *
   * @param shape of an image
   * @param classes their number
   * @param sets names of the data sets that have such images
   */
  private record Images(ImageShape shape, int classes, String sets) {
    static final Images GREY =
        new Images(new ImageShape(28, 28, 1), 10, "digits, mnist, fashion-mnist");
    static final Images COLOUR =
        new Images(new ImageShape(32, 32, 3), 10, "cifar10; cifar100 has 100 classes");

    static Images of(String data) {
      return switch (data) {
        case "cifar10" -> COLOUR;
        case "cifar100" -> new Images(COLOUR.shape, 100, data);
        case "idx" ->
            throw UserError.usage(
                "images of --data idx have no one size; choose a data set of --help");
        default -> GREY;
      };
    }

    List<LayerTrace> trace(Architecture architecture) {
      return architecture.trace(shape, classes);
    }

    String size() {
      return ModelTables.shape(shape);
    }

    String legend() {
      return "%s, %d classes: %s%n".formatted(size(), classes, sets);
    }
  }
}
