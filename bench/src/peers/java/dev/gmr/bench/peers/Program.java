package dev.gmr.bench.peers;

import java.io.PrintStream;
import java.util.List;

/** One of the programs that {@code peers} runs by name. */
interface Program {
  /** Returns the name that users write. */
  String name();

  /** Returns one line about it. */
  String description();

  /** Returns its help: usage, options, examples. */
  String help();

  /**
   * Runs it.
   *
   * @param words what follows the name
   * @throws dev.gmr.train.io.UserError if a word is wrong or the run fails
   */
  void run(List<String> words, PrintStream out);
}
