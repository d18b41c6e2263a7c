package dev.gmr.data.fetch;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the publishers offer, where, and what it must hold.
 *
 * <p>A file is taken from whichever mirror answers, but only with the SHA-256 given here. The sums
 * are those that several independent projects pin for the downloads; those of MNIST's unpacked
 * files were also computed from a copy. {@link Fetcher} records the sums of what it unpacks from
 * archives.
 */
public final class Catalogue {
  private static final String[] MNIST_MIRRORS = {
    "https://ossci-datasets.s3.amazonaws.com/mnist/",
    "https://storage.googleapis.com/cvdf-datasets/mnist/"
  };

  /** The second has no HTTPS, but what it sends still has to have the right sum. */
  private static final String[] FASHION_MIRRORS = {
    "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/",
    "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/"
  };

  private static final String[] CIFAR_MIRRORS = {
    "https://www.cs.toronto.edu/~kriz/", "https://cave.cs.toronto.edu/kriz/"
  };

  private static final RemoteSet MNIST =
      new RemoteSet(
          "mnist",
          "MNIST: handwritten digits, 28x28 grey, 60,000 + 10,000 images",
          "mnist",
          List.of(
              file(
                  "train-images-idx3-ubyte.gz",
                  content(
                      9_912_422,
                      "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609"),
                  content(
                      47_040_016,
                      "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"),
                  MNIST_MIRRORS),
              file(
                  "train-labels-idx1-ubyte.gz",
                  content(
                      28_881, "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c"),
                  content(
                      60_008, "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"),
                  MNIST_MIRRORS),
              file(
                  "t10k-images-idx3-ubyte.gz",
                  content(
                      1_648_877,
                      "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6"),
                  content(
                      7_840_016,
                      "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
                  MNIST_MIRRORS),
              file(
                  "t10k-labels-idx1-ubyte.gz",
                  content(
                      4_542, "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6"),
                  content(
                      10_008, "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"),
                  MNIST_MIRRORS)),
          List.of());

  private static final RemoteSet FASHION =
      new RemoteSet(
          "fashion-mnist",
          "Fashion-MNIST: pieces of clothing, 28x28 grey, 60,000 + 10,000 images",
          "fashion-mnist",
          List.of(
              file(
                  "train-images-idx3-ubyte.gz",
                  content(
                      26_421_880,
                      "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84"),
                  null,
                  FASHION_MIRRORS),
              file(
                  "train-labels-idx1-ubyte.gz",
                  content(
                      29_515, "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845"),
                  null,
                  FASHION_MIRRORS),
              file(
                  "t10k-images-idx3-ubyte.gz",
                  content(
                      4_422_102,
                      "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073"),
                  null,
                  FASHION_MIRRORS),
              file(
                  "t10k-labels-idx1-ubyte.gz",
                  content(
                      5_148, "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5"),
                  null,
                  FASHION_MIRRORS)),
          List.of());

  private static final RemoteSet CIFAR10 =
      new RemoteSet(
          "cifar10",
          "CIFAR-10: photographs of 10 kinds, 32x32 RGB, 50,000 + 10,000 images",
          "cifar-10-batches-bin",
          List.of(
              file(
                  "cifar-10-binary.tar.gz",
                  content(
                      170_052_171,
                      "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd"),
                  null,
                  CIFAR_MIRRORS)),
          List.of(
              new Member("data_batch_1.bin", 30_730_000),
              new Member("data_batch_2.bin", 30_730_000),
              new Member("data_batch_3.bin", 30_730_000),
              new Member("data_batch_4.bin", 30_730_000),
              new Member("data_batch_5.bin", 30_730_000),
              new Member("test_batch.bin", 30_730_000)));

  private static final RemoteSet CIFAR100 =
      new RemoteSet(
          "cifar100",
          "CIFAR-100: photographs of 100 kinds, 32x32 RGB, 50,000 + 10,000 images",
          "cifar-100-binary",
          List.of(
              file(
                  "cifar-100-binary.tar.gz",
                  content(
                      168_513_733,
                      "58a81ae192c23a4be8b1804d68e518ed807d710a4eb253b1f2a199162a40d8ec"),
                  null,
                  CIFAR_MIRRORS)),
          List.of(new Member("train.bin", 153_700_000), new Member("test.bin", 30_740_000)));

  private Catalogue() {}

  /**
   * Returns the data sets that can be downloaded.
   *
   * @return mnist, fashion-mnist, cifar10, cifar100
   */
  public static List<RemoteSet> published() {
    return List.of(MNIST, FASHION, CIFAR10, CIFAR100);
  }

  private static Content content(long size, String sha256) {
    return new Content(size, sha256);
  }

  private static RemoteFile file(
      String name, Content content, Content uncompressedOrNull, String... folders) {
    List<URI> mirrors = new ArrayList<>();
    for (String folder : folders) {
      mirrors.add(URI.create(folder + name));
    }
    return new RemoteFile(name, content, Optional.ofNullable(uncompressedOrNull), mirrors);
  }
}
