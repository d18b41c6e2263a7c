package dev.gmr.bench.peers;

import dev.gmr.bench.Machine;
import dev.gmr.data.DataException;
import dev.gmr.data.Suggestions;
import dev.gmr.train.io.UserError;
import dev.gmr.train.report.TextTable;
import java.io.PrintStream;
import java.util.List;

/** The program {@code peers}: runs one of its programs by name. */
public final class Peers {
  private static final List<Program> PROGRAMS =
      List.of(
          new Mnist(),
          new Lockstep(),
          new Moments(),
          new Gemm(),
          new Inference(),
          new Steps(),
          new Memory(),
          new Networks());

  /** Run by others. */
  private static final Program HIDDEN = new Footprint();

  private Peers() {}

  /**
   * Runs the program.
   *
   * @param args see {@code peers --help}
   */
  public static void main(String[] args) {
    System.exit(run(List.of(args), System.out, System.err));
  }

  private static int run(List<String> words, PrintStream out, PrintStream err) {
    try {
      if (words.isEmpty()) {
        throw UserError.usage("name a program; see peers --help");
      }
      if (help(words.getFirst())) {
        out.printf("Usage: peers PROGRAM [OPTION]...%n%n%s", list());
        out.println("\nExit codes: 0 done, 1 a comparison failed, 2 wrong arguments, 3 files.");
        out.println("peers PROGRAM --help tells more.");
        return 0;
      }
      Program program = named(words.getFirst());
      List<String> options = words.subList(1, words.size());
      if (options.stream().anyMatch(Peers::help)) {
        out.print(program.help());
      } else {
        program.run(options, out);
        if (program != HIDDEN) {
          out.printf("%n%s%n", Machine.current("").headline());
        }
      }
      return 0;
    } catch (UserError e) {
      err.println("peers: " + e.getMessage());
      return e.exitCode();
    } catch (DataException e) {
      err.println("peers: " + e.getMessage());
      return UserError.files("").exitCode();
    } catch (LinkageError e) {
      err.printf(
          "peers: a native library cannot be loaded (%s); remove bench/target/peers and try again%n",
          e.getMessage());
      return 1;
    }
  }

  private static boolean help(String word) {
    return word.equals("--help") || word.equals("-h");
  }

  private static Program named(String name) {
    if (name.equals(HIDDEN.name())) {
      return HIDDEN;
    }
    List<String> names = PROGRAMS.stream().map(Program::name).toList();
    return PROGRAMS.stream()
        .filter(p -> p.name().equals(name))
        .findFirst()
        .orElseThrow(() -> UserError.usage(Suggestions.unknown("program", name, names)));
  }

  private static TextTable list() {
    TextTable table = new TextTable();
    for (Program program : PROGRAMS) {
      table.row(program.name(), program.description());
    }
    return table;
  }
}
