package dev.gmr.train.cli;

import dev.gmr.nn.ExpectedLoss;
import dev.gmr.train.Exporter;
import dev.gmr.train.run.NoiseMode;
import dev.gmr.train.run.OptimizerKind;
import dev.gmr.train.run.RateSchedule;
import dev.gmr.train.run.Recipe;
import java.math.BigInteger;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Options that take one of a few words: their values, for parsing and for completion. */
final class Choices {
  private Choices() {}

  private static <E extends Enum<E>> List<String> words(Class<E> type) {
    return Stream.of(type.getEnumConstants())
        .map(constant -> constant.name().toLowerCase(Locale.ROOT))
        .toList();
  }

  private static <E extends Enum<E>> E parse(Class<E> type, String word) {
    List<String> known = words(type);
    if (!known.contains(word)) {
      throw new TypeConversionException(Suggestions.unknown(word, known));
    }
    return Enum.valueOf(type, word.toUpperCase(Locale.ROOT));
  }

  /** Values of --noise. */
  static final class NoiseConverter implements ITypeConverter<NoiseMode> {
    @Override
    public NoiseMode convert(String word) {
      return parse(NoiseMode.class, word);
    }
  }

  /** Values of --optimizer. */
  static final class OptimizerConverter implements ITypeConverter<OptimizerKind> {
    @Override
    public OptimizerKind convert(String word) {
      return parse(OptimizerKind.class, word);
    }
  }

  /** Values of --expected-loss. */
  static final class ExpectedLossConverter implements ITypeConverter<ExpectedLoss> {
    @Override
    public ExpectedLoss convert(String word) {
      return parse(ExpectedLoss.class, word);
    }
  }

  /** Values of --schedule. */
  static final class ScheduleConverter implements ITypeConverter<RateSchedule> {
    @Override
    public RateSchedule convert(String word) {
      return parse(RateSchedule.class, word);
    }
  }

  /** Values of --model. */
  static final class ModelConverter implements ITypeConverter<String> {
    @Override
    public String convert(String word) {
      if (!Recipe.isFile(word) && !Recipe.models().contains(word)) {
        throw new TypeConversionException(
            Suggestions.unknown(word, Recipe.models()) + " or a file ending in .json");
      }
      return word;
    }
  }

  /** Values of --format. */
  static final class FormatConverter implements ITypeConverter<Exporter.Format> {
    @Override
    public Exporter.Format convert(String word) {
      return parse(Exporter.Format.class, word);
    }
  }

  /** Values of --weights. */
  static final class WeightsConverter implements ITypeConverter<String> {
    @Override
    public String convert(String word) {
      return oneOf(new WeightsCandidates(), word);
    }
  }

  /** Values of --backend. */
  static final class BackendConverter implements ITypeConverter<String> {
    @Override
    public String convert(String word) {
      return oneOf(new BackendCandidates(), word);
    }
  }

  /** Reads a file's or folder's name. */
  static Path path(String word) {
    if (word.isEmpty()) {
      throw new TypeConversionException("it is empty; give the name of a folder");
    }
    try {
      return Path.of(word);
    } catch (InvalidPathException e) {
      throw new TypeConversionException(
          "no file can have the name '%s': %s".formatted(word, e.getReason()));
    }
  }

  /**
   * Reads a whole number as Java's own converter does, but says in people's words what is wrong.
   */
  static Integer integer(String word) {
    return (int) whole(word, Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  /** As {@link #integer}, of 64 bits. */
  static Long longInteger(String word) {
    return whole(word, Long.MIN_VALUE, Long.MAX_VALUE);
  }

  private static long whole(String word, long least, long most) {
    try {
      long value = new BigInteger(word).longValueExact();
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw new TypeConversionException("'" + word + "' is not a whole number");
    } catch (ArithmeticException e) {
      // it is too large even for a long
    }
    throw new TypeConversionException(
        "'%s' is out of range; expected %d to %d".formatted(word, least, most));
  }

  /** Reads a number. */
  static Double number(String word) {
    try {
      return Double.valueOf(word);
    } catch (NumberFormatException e) {
      throw new TypeConversionException(
          "'" + word + "' is not a number; expected one such as 0.5 or 1e-3");
    }
  }

  private static String oneOf(List<String> known, String word) {
    if (!known.contains(word)) {
      throw new TypeConversionException(Suggestions.unknown(word, known));
    }
    return word;
  }

  /** Completions of --backend. */
  static final class BackendCandidates extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    BackendCandidates() {
      super(List.of("auto", "simd", "scalar"));
    }
  }

  /** Completions of --format. */
  static final class FormatCandidates extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    FormatCandidates() {
      super(words(Exporter.Format.class));
    }
  }

  /** Completions of --weights. */
  static final class WeightsCandidates extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    WeightsCandidates() {
      super(List.of("best", "last"));
    }
  }

  /** Completions of --model. */
  static final class ModelCandidates extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    ModelCandidates() {
      super(Recipe.models());
    }
  }

  /** Completions of --noise. */
  static final class NoiseCandidates extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    NoiseCandidates() {
      super(words(NoiseMode.class));
    }
  }

  /** Completions of --optimizer. */
  static final class OptimizerCandidates extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    OptimizerCandidates() {
      super(words(OptimizerKind.class));
    }
  }

  /** Completions of --expected-loss. */
  static final class ExpectedLossCandidates extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    ExpectedLossCandidates() {
      super(words(ExpectedLoss.class));
    }
  }

  /** Completions of --schedule. */
  static final class ScheduleCandidates extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    ScheduleCandidates() {
      super(words(RateSchedule.class));
    }
  }

  /** Completions of --data; what is accepted is the engine's to say. */
  static final class DataCandidates extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    DataCandidates() {
      super(List.of("digits", "mnist", "fashion-mnist", "cifar10", "cifar100", "idx"));
    }
  }

  /** Values of --data where images must have a known size. */
  static final class SizedDataCandidates extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    SizedDataCandidates() {
      super(new DataCandidates());
      remove("idx");
    }
  }
}
