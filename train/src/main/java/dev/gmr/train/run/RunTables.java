package dev.gmr.train.run;

import dev.gmr.train.io.AtomicFiles;
import dev.gmr.train.io.IoFaults;
import dev.gmr.train.io.UserError;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;

/**
 * Lists of records as CSV files with a header row. Numbers are written as {@link
 * Double#toString(double)} does, so that reading gives back the same bits.
 */
final class RunTables {
  private static final List<String> METRICS =
      List.of(
          "epoch",
          "train_loss",
          "train_loss_empirical",
          "train_loss_expectation",
          "train_accuracy",
          "valid_loss",
          "valid_accuracy",
          "learning_rate",
          "seconds");
  private static final List<String> ROBUSTNESS = List.of("sigma", "rho_prediction", "rho_label");

  private static final List<String> GAP =
      List.of("quantity", "mean", "error_of_draws", "error", "sigma", "draws", "images");

  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180.builder().setRecordSeparator('\n').get();

  /** A file to be read, and what to do when it is damaged, in the imperative. */
  private record Source(Path file, String remedy) {
    UserError damaged(String reason, Throwable cause) {
      return UserError.files("%s is damaged: %s; %s".formatted(file, reason, remedy), cause);
    }
  }

  private RunTables() {}

  static void writeMetrics(Path file, String goOn, List<EpochMetrics> epochs) {
    write(
        file,
        goOn,
        METRICS,
        epochs,
        e ->
            List.of(
                e.epoch(),
                e.trainLoss(),
                e.trainLossEmpirical(),
                e.trainLossExpectation(),
                e.trainAccuracy(),
                e.validLoss(),
                e.validAccuracy(),
                e.learningRate(),
                e.seconds()));
  }

  static List<EpochMetrics> readMetrics(Path file, String remedy) {
    return read(
        new Source(file, remedy),
        METRICS,
        row ->
            new EpochMetrics(
                Integer.parseInt(row.get(0)),
                number(row, 1),
                number(row, 2),
                number(row, 3),
                number(row, 4),
                number(row, 5),
                number(row, 6),
                number(row, 7),
                number(row, 8)));
  }

  static void writeRobustness(Path file, String goOn, List<RobustnessPoint> points) {
    write(file, goOn, ROBUSTNESS, points, p -> List.of(p.sigma(), p.rhoPrediction(), p.rhoLabel()));
  }

  static List<RobustnessPoint> readRobustness(Path file, String remedy) {
    return read(
        new Source(file, remedy),
        ROBUSTNESS,
        row -> new RobustnessPoint(number(row, 0), number(row, 1), number(row, 2)));
  }

  static void writeGap(Path file, String goOn, LossGap gap) {
    Map<String, LossGap.Estimate> rows = new LinkedHashMap<>();
    rows.put("clean", gap.clean());
    rows.put("expected", gap.expected());
    rows.put("sampled", gap.sampled());
    rows.put("gap", gap.gap());
    write(
        file,
        goOn,
        GAP,
        List.copyOf(rows.entrySet()),
        row ->
            List.of(
                row.getKey(),
                row.getValue().mean(),
                row.getValue().errorOfDraws(),
                row.getValue().error(),
                gap.sigma(),
                gap.draws(),
                gap.images()));
  }

  private static double number(CSVRecord row, int column) {
    return Double.parseDouble(row.get(column));
  }

  private static <T> void write(
      Path file, String goOn, List<String> columns, List<T> rows, Function<T, List<?>> values) {
    StringBuilder text = new StringBuilder();
    try (CSVPrinter printer = new CSVPrinter(text, FORMAT)) {
      printer.printRecord(columns);
      for (T row : rows) {
        printer.printRecord(values.apply(row));
      }
    } catch (IOException e) {
      throw new IllegalStateException("text in memory is always writable", e);
    }
    AtomicFiles.writeText(file, goOn, text.toString());
  }

  private static <T> List<T> read(
      Source source, List<String> columns, Function<CSVRecord, T> parse) {
    List<T> rows = new ArrayList<>();
    try (Reader reader = Files.newBufferedReader(source.file());
        CSVParser parser = FORMAT.parse(reader)) {
      for (CSVRecord row : parser) {
        if (row.getRecordNumber() == 1) {
          checkHeader(source, columns, row);
        } else {
          rows.add(parseRow(source, columns, row, parse));
        }
      }
      if (parser.getRecordNumber() == 0) {
        throw source.damaged("it is empty", null);
      }
      return rows;
    } catch (UncheckedIOException e) {
      throw unreadable(source, e.getCause());
    } catch (IOException e) {
      throw unreadable(source, e);
    }
  }

  private static UserError unreadable(Source source, IOException e) {
    return switch (e) {
      case CharacterCodingException binary -> source.damaged("it is not text in UTF-8", binary);
      case CSVException open -> source.damaged("a quote has no end", open);
      default -> IoFaults.unreadable(source.file(), e);
    };
  }

  private static void checkHeader(Source source, List<String> columns, CSVRecord row) {
    if (!row.toList().equals(columns)) {
      throw source.damaged(
          "its columns are %s, expected %s"
              .formatted(String.join(",", row), String.join(",", columns)),
          null);
    }
  }

  private static <T> T parseRow(
      Source source, List<String> columns, CSVRecord row, Function<CSVRecord, T> parse) {
    if (row.size() != columns.size()) {
      throw source.damaged(
          "line %d has %d values, expected %d"
              .formatted(row.getRecordNumber(), row.size(), columns.size()),
          null);
    }
    try {
      return parse.apply(row);
    } catch (NumberFormatException e) {
      throw source.damaged(
          "line %d holds something that is not a number".formatted(row.getRecordNumber()), e);
    }
  }
}
