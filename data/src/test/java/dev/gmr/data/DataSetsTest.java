package dev.gmr.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataSetsTest {
  @TempDir private Path dir;

  /** The folder of real data beside the checkout. */
  private static Path shared() {
    String given = System.getProperty("gmr.shared");
    return given == null ? Path.of("..", "..", "shared", "data") : Path.of(given, "data");
  }

  @Test
  void unknownName() {
    assertThatThrownBy(() -> DataSets.load("minst", null))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "unknown data set \"minst\"; did you mean mnist?"
                + " (known: digits, mnist, fashion-mnist, cifar10, cifar100, idx)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "mnist", "MNIST/raw"})
  void findsMnistInItsFolderOrBelow(String folder) throws IOException {
    TestFiles.writeMnist(dir.resolve(folder));
    DataSet set = DataSets.load("mnist", dir);
    assertThat(set.train().size()).isEqualTo(20);
    assertThat(set.test().size()).isEqualTo(10);
    assertThat(set.normalization()).isEqualTo(Normalization.GREY);
    assertThat(DataSets.normalization("mnist")).contains(Normalization.GREY);
    assertThat(set.classNames()).hasSize(10);
  }

  @Test
  void takesTheOtherSpellings() throws IOException {
    Files.write(dir.resolve("train-images.idx3-ubyte"), TestFiles.images(4));
    Files.write(dir.resolve("train-labels.idx1-ubyte"), TestFiles.labels(4));
    Files.write(dir.resolve("t10k-images.idx3-ubyte.gz"), TestFiles.gzip(TestFiles.images(3)));
    Files.write(dir.resolve("t10k-labels-idx1-ubyte.gz"), TestFiles.gzip(TestFiles.labels(3)));
    assertThat(DataSets.load("fashion-mnist", dir).test().size()).isEqualTo(3);
  }

  @Test
  void prefersTheFileToTheFolderAroundIt() throws IOException {
    TestFiles.writeMnist(dir);
    Files.createDirectory(dir.resolve("train-images.idx3-ubyte"));
    Files.createDirectory(dir.resolve("train-images-idx3-ubyte.gz"));
    assertThat(DataSets.load("mnist", dir).train().size()).isEqualTo(20);
  }

  @Test
  void readsCifar() throws IOException {
    Path ten = Files.createDirectory(dir.resolve("cifar-10-batches-bin"));
    for (int i = 1; i <= 5; i++) {
      Files.write(ten.resolve("data_batch_" + i + ".bin"), TestFiles.cifar(20, 1, 10));
    }
    Files.write(ten.resolve("test_batch.bin"), TestFiles.cifar(10, 1, 10));
    Path hundred = Files.createDirectory(dir.resolve("cifar-100-binary"));
    Files.write(hundred.resolve("train.bin"), TestFiles.cifar(100, 2, 100));
    Files.write(hundred.resolve("test.bin"), TestFiles.cifar(10, 2, 100));
    DataSet cifar10 = DataSets.load("cifar10", dir);
    assertThat(cifar10.train()).hasToString("100 images of 32x32x3, 10 classes");
    assertThat(cifar10.test().size()).isEqualTo(10);
    assertThat(cifar10.classNames()).startsWith("airplane").endsWith("truck");
    assertThat(DataSets.load("cifar10", ten).train().sha256()).isEqualTo(cifar10.train().sha256());
    DataSet cifar100 = DataSets.load("cifar100", dir);
    assertThat(cifar100.train()).hasToString("100 images of 32x32x3, 100 classes");
    assertThat(cifar100.classNames()).hasSize(100).isSorted().doesNotHaveDuplicates();
    assertThat(cifar10.normalization()).isEqualTo(Normalization.CIFAR10);
    assertThat(cifar100.normalization()).isEqualTo(Normalization.CIFAR100);
    assertThat(DataSets.normalization("cifar10")).contains(Normalization.CIFAR10);
    assertThatThrownBy(() -> DataSets.normalization("cifar"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("there is no data set cifar");
  }

  @Test
  void missingSetNamesFilesAndRemedy() {
    assertThatThrownBy(() -> DataSets.load("mnist", dir))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "mnist: found none of train-images-idx3-ubyte[.gz], train-labels-idx1-ubyte[.gz],"
                + " t10k-images-idx3-ubyte[.gz], t10k-labels-idx1-ubyte[.gz] in "
                + dir.resolve("mnist")
                + " or "
                + dir.resolve("MNIST/raw")
                + " or "
                + dir
                + "; run \"gmr data fetch mnist\" or pass --data-dir");
    Path none = dir.resolve("none");
    assertThatThrownBy(() -> DataSets.load("cifar100", none))
        .hasMessage(
            "cifar100: found none of train.bin, test.bin in "
                + none
                + " (which does not exist); run \"gmr data fetch cifar100\" or pass --data-dir");
  }

  @Test
  void dataDirThatIsAFile() throws IOException {
    Path file = Files.writeString(dir.resolve("file"), "x");
    assertThatThrownBy(() -> DataSets.load("cifar100", file))
        .hasMessage(
            "cifar100: found none of train.bin, test.bin in "
                + file
                + " (which is not a folder); run \"gmr data fetch cifar100\" or pass --data-dir");
  }

  @Test
  void incompleteSetNamesWhatIsMissing() throws IOException {
    TestFiles.writeMnist(dir.resolve("mnist"));
    Files.delete(dir.resolve("mnist/t10k-labels-idx1-ubyte"));
    assertThatThrownBy(() -> DataSets.load("mnist", dir))
        .hasMessage(
            "mnist: "
                + dir.resolve("mnist")
                + " lacks t10k-labels-idx1-ubyte.gz;"
                + " run \"gmr data fetch mnist\" or pass --data-dir");
  }

  @Test
  void partsOfADataSetMustFit() {
    ImageSet grey = ImageSet.wrap(1, 1, 1, 2, new byte[1], new byte[1]);
    ImageSet wide = ImageSet.wrap(1, 2, 1, 2, new byte[2], new byte[1]);
    List<String> names = List.of("a", "b");
    assertThatThrownBy(() -> new DataSet("x", grey, wide, names, Normalization.GREY))
        .hasMessage("training 1 images of 1x1x1, 2 classes, but test 1 images of 1x2x1, 2 classes");
    assertThatThrownBy(() -> new DataSet("x", grey, grey, List.of("a"), Normalization.GREY))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new DataSet("x", grey, grey, names, Normalization.CIFAR10))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void readsRealMnist() {
    Path folder = shared();
    assumeTrue(Files.isDirectory(folder.resolve("mnist")), "no real MNIST in " + folder);
    DataSet mnist = DataSets.load("mnist", folder);
    assertThat(mnist.train()).hasToString("60000 images of 28x28x1, 10 classes");
    assertThat(mnist.test()).hasToString("10000 images of 28x28x1, 10 classes");
    // The first ten labels, as every tutorial shows them.
    assertThat(mnist.train().head(10).size()).isEqualTo(10);
    int[] labels = new int[10];
    long ink = 0;
    for (int i = 0; i < 10; i++) {
      labels[i] = mnist.train().label(i);
    }
    for (int i = 0; i < 60_000; i++) {
      for (int y = 0; y < 28; y++) {
        for (int x = 0; x < 28; x++) {
          ink += mnist.train().pixel(i, y, x, 0);
        }
      }
    }
    assertThat(labels).containsExactly(5, 0, 4, 1, 9, 2, 1, 3, 1, 4);
    // The well-known mean of MNIST's training pixels, to its four published digits.
    assertThat(ink / (60_000. * 784 * 255)).isBetween(.13065, .13075);
  }
}
