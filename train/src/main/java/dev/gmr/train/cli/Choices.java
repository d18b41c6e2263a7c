package dev.gmr.train.cli;

import dev.gmr.train.run.NoiseMode;
import dev.gmr.train.run.OptimizerKind;
import dev.gmr.train.run.Recipe;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Options that take one of a few words: their values, for parsing and for completion. */
final class Choices {
  private Choices() {}

  private static <E extends Enum<E>> E parse(Class<E> type, String word) {
    List<String> known =
        Stream.of(type.getEnumConstants()).map(e -> e.name().toLowerCase(Locale.ROOT)).toList();
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

  /** Values of --model. */
  static final class ModelConverter implements ITypeConverter<String> {
    @Override
    public String convert(String word) {
      return oneOf(Recipe.models(), word);
    }
  }

  /** Values of --backend. */
  static final class BackendConverter implements ITypeConverter<String> {
    @Override
    public String convert(String word) {
      return oneOf(new BackendCandidates(), word);
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
      super(List.of("fresh", "frozen"));
    }
  }

  /** Completions of --optimizer. */
  static final class OptimizerCandidates extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    OptimizerCandidates() {
      super(List.of("adam", "sgd"));
    }
  }

  /** Completions of --data; what is accepted is the engine's to say. */
  static final class DataCandidates extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    DataCandidates() {
      super(List.of("digits", "mnist", "fashion-mnist", "cifar10", "cifar100"));
    }
  }
}
