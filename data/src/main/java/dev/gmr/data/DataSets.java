package dev.gmr.data;

import dev.gmr.data.digits.Digits;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The data sets, by name. */
public final class DataSets {
  /** Where data sets lie if the user does not say: in the current directory. */
  public static final Path DEFAULT_DIR = Path.of("data-sets");

  private static final String DIGITS = "digits";
  private static final String MNIST = "mnist";
  private static final String FASHION = "fashion-mnist";
  private static final String CIFAR10 = "cifar10";
  private static final String CIFAR100 = "cifar100";

  /** A user's own images. */
  static final String OWN = "idx";

  private static final FileLayout OWN_FILES = FileLayout.own(OWN);
  private static final FileLayout MNIST_FILES = FileLayout.idx(MNIST, "mnist", "MNIST/raw", "");
  private static final FileLayout FASHION_FILES =
      FileLayout.idx(FASHION, "fashion-mnist", "FashionMNIST/raw", "");
  private static final FileLayout CIFAR10_FILES =
      FileLayout.plain(
          CIFAR10,
          List.of("cifar-10-batches-bin", "cifar10/cifar-10-batches-bin", "cifar10", ""),
          "data_batch_1.bin",
          "data_batch_2.bin",
          "data_batch_3.bin",
          "data_batch_4.bin",
          "data_batch_5.bin",
          "test_batch.bin");
  private static final FileLayout CIFAR100_FILES =
      FileLayout.plain(
          CIFAR100,
          List.of("cifar-100-binary", "cifar100/cifar-100-binary", "cifar100", ""),
          "train.bin",
          "test.bin");

  private DataSets() {}

  /**
   * Returns the names of all data sets.
   *
   * @return digits, mnist, fashion-mnist, cifar10, cifar100, and idx for a user's own images
   */
  public static List<String> names() {
    return List.of(DIGITS, MNIST, FASHION, CIFAR10, CIFAR100, OWN);
  }

  /**
   * Returns the normalization of a data set, without loading it.
   *
   * @param name one of {@link #names()}
   * @return what {@link #load} gives with it; empty for idx, where it lies with the images
   * @throws IllegalArgumentException if the name is unknown
   */
  public static Optional<Normalization> normalization(String name) {
    return switch (name) {
      case DIGITS, MNIST, FASHION -> Optional.of(Normalization.GREY);
      case CIFAR10 -> Optional.of(Normalization.CIFAR10);
      case CIFAR100 -> Optional.of(Normalization.CIFAR100);
      case OWN -> Optional.empty();
      default -> throw new IllegalArgumentException("there is no data set " + name);
    };
  }

  /**
   * Loads a data set. Files that are not gzipped are mapped: they must stay as they are while the
   * set is in use, and may be larger than the heap.
   *
   * <p>The files of {@code idx} lie in the folder itself: train-images-idx3-ubyte (N, H, W) or
   * train-images-idx4-ubyte (N, H, W, C) and train-labels-idx1-ubyte (N), the same with test- or
   * t10k- for train-; if wanted, classes.txt with a name a line (otherwise labels are the names)
   * and normalization.csv with a row "mean,std" a channel (otherwise 0.5,0.5). Images are square,
   * up to 1024 x 1024.
   *
   * @param name one of {@link #names()}
   * @param dirOrNull the folder with its files, or with the publisher's folder of them; null for
   *     {@link #DEFAULT_DIR}. Not used for digits, which are drawn in about a second.
   * @return the data set
   * @throws DataException if the name is unknown or a file is missing or not what it should be
   */
  public static DataSet load(String name, Path dirOrNull) {
    if (name.equals(DIGITS)) {
      return new DataSet(
          DIGITS, Digits.train(), Digits.test(), ClassNames.DIGITS, Normalization.GREY);
    }
    List<Path> files = files(name, dirOrNull);
    return switch (name) {
      case OWN -> OwnImages.read(name, files);
      case MNIST -> idx(name, files, ClassNames.DIGITS);
      case FASHION -> idx(name, files, ClassNames.FASHION);
      case CIFAR10 -> cifar(name, files, 1, ClassNames.CIFAR10, Normalization.CIFAR10);
      default -> cifar(name, files, 2, ClassNames.CIFAR100, Normalization.CIFAR100);
    };
  }

  /**
   * Finds the files that {@link #load} reads.
   *
   * @param name one of {@link #names()}
   * @param dirOrNull as for {@link #load}
   * @return the files, the test set's last; none for digits
   * @throws DataException if the name is unknown or a file is missing
   */
  public static List<Path> files(String name, Path dirOrNull) {
    FileLayout layout =
        switch (name) {
          case DIGITS -> new FileLayout(DIGITS, List.of(""), List.of());
          case OWN -> OWN_FILES;
          case MNIST -> MNIST_FILES;
          case FASHION -> FASHION_FILES;
          case CIFAR10 -> CIFAR10_FILES;
          case CIFAR100 -> CIFAR100_FILES;
          default -> throw new DataException(Suggestions.unknown("data set", name, names()));
        };
    return layout.locate(dirOrNull == null ? DEFAULT_DIR : dirOrNull);
  }

  private static DataSet idx(String name, List<Path> files, List<String> classNames) {
    int classes = classNames.size();
    return new DataSet(
        name,
        IdxReader.read(files.get(0), files.get(1), 28, classes),
        IdxReader.read(files.get(2), files.get(3), 28, classes),
        classNames,
        Normalization.GREY);
  }

  private static DataSet cifar(
      String name, List<Path> files, int labelBytes, List<String> classNames, Normalization norm) {
    int last = files.size() - 1;
    int classes = classNames.size();
    return new DataSet(
        name,
        CifarReader.read(files.subList(0, last), labelBytes, classes),
        CifarReader.read(files.subList(last, last + 1), labelBytes, classes),
        classNames,
        norm);
  }
}
