package dev.gmr.train.cli;

import dev.gmr.train.Exporter;
import dev.gmr.train.run.Evaluation;
import dev.gmr.train.run.RunFolder;
import dev.gmr.train.run.StopSignal;
import dev.gmr.train.run.Summary;
import dev.gmr.train.run.TrainingConfig;
import dev.gmr.train.run.TrainingListener;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Everything the commands need done: training, evaluation and data sets. Making an engine must not
 * load kernels, because options that choose them are parsed first.
 */
public interface Engine {
  /**
   * What is to be trained.
   *
   * @param folder the run's folder, locked
   * @param config every option in force
   * @param threads threads to be used
   * @param resume whether to go on from what the folder holds; a folder without a saved state
   *     starts from the beginning
   */
  record TrainingJob(RunFolder folder, TrainingConfig config, int threads, boolean resume) {}

  /**
   * What is to be evaluated.
   *
   * @param folder the run's folder; best.safetensors is evaluated
   * @param config the run's options, with the data to be evaluated on; its test limit holds
   * @param validation whether to take the images held out of the training set instead of the test
   *     images
   * @param own whether the images must be the test images that the run began with
   * @param seed decides the noise
   * @param points number of noise strengths from 0 to 0.5
   * @param threads threads to be used
   */
  record EvaluationJob(
      RunFolder folder,
      TrainingConfig config,
      boolean validation,
      boolean own,
      long seed,
      int points,
      int threads) {}

  /**
   * What is to be exported.
   *
   * @param folder the run's folder
   * @param last whether to take last.safetensors instead of best.safetensors
   * @param format of the file
   * @param normalize whether the file's input is pixels in [0, 1]
   * @param out the file, or empty for the network's name in the run's folder
   * @param command the command line that made the weights
   */
  record ExportJob(
      RunFolder folder,
      boolean last,
      Exporter.Format format,
      boolean normalize,
      Optional<Path> out,
      String command) {}

  /**
   * What is to be imported.
   *
   * @param file safetensors file of PyTorch's weights
   * @param prefix what the tensors' names begin with; empty to find it out
   * @param config network and data set
   * @param folder a new run's folder, locked
   */
  record ImportJob(Path file, Optional<String> prefix, TrainingConfig config, RunFolder folder) {}

  /**
   * A data set that can be named.
   *
   * @param name what --data takes
   * @param description a few words: images, shape, classes
   * @param state where it stands: built in, in which folder, or how to fetch it
   */
  record DataSetEntry(String name, String description, String state) {}

  /** Told how a download goes on. */
  @FunctionalInterface
  interface FetchProgress {
    /**
     * More of a file has come.
     *
     * @param file the file's name
     * @param bytes bytes so far
     * @param totalBytes bytes in all; -1 where unknown
     */
    void at(String file, long bytes, long totalBytes);
  }

  /**
   * Trains, saving config.json, metrics.csv, best, last and state as it goes.
   *
   * @param job what to train
   * @param listener told of the progress
   * @param stop polled after each step
   * @return the summary, not evaluated; or empty when the training was stopped and saved
   */
  Optional<Summary> train(TrainingJob job, TrainingListener listener, StopSignal stop);

  /**
   * Measures accuracy and robustness; writes nothing.
   *
   * @param job what to evaluate
   * @param listener told of the progress, in phases
   * @return the figures
   */
  Evaluation evaluate(EvaluationJob job, TrainingListener listener);

  /**
   * Writes a run's weights for other programs, and a model card.
   *
   * @param job what to export
   * @return what was written
   */
  Exporter.Exported export(ExportJob job);

  /**
   * Makes a run of weights that another program trained.
   *
   * @param job what to import
   * @return the summary, not evaluated
   */
  Summary importWeights(ImportJob job);

  /**
   * Returns the names that --data takes.
   *
   * @return the names
   */
  List<String> dataSetNames();

  /**
   * Lists the data sets and whether they are here.
   *
   * @param dir the folder of data sets, or null for the usual place
   * @return an entry a data set
   */
  List<DataSetEntry> dataSets(Path dir);

  /**
   * Downloads a data set and checks it.
   *
   * @param name the data set
   * @param dir the folder of data sets, or null for the usual place
   * @param progress told of the progress
   * @return the folder that holds the files now; nothing for a set that is built in
   */
  Optional<Path> fetch(String name, Path dir, FetchProgress progress);

  /**
   * Checks the files of a data set against their published checksums.
   *
   * @param name the data set
   * @param dir the folder of data sets, or null for the usual place
   * @return a line a file that is whole
   * @throws dev.gmr.train.io.UserError naming the first file that is missing or damaged
   */
  List<String> verify(String name, Path dir);

  /**
   * Measures the machine's peak of fused multiply-adds with the kernels in use.
   *
   * @param threads threads to be used
   * @return 10^9 floating point operations a second, an fma counted as two
   */
  double peakGflops(int threads);
}
