package dev.gmr.train;

import dev.gmr.data.ImageSet;
import dev.gmr.nn.Architecture;
import dev.gmr.nn.ImageShape;
import dev.gmr.nn.Network;
import dev.gmr.nn.Workers;
import dev.gmr.train.io.UserError;

/** Plans networks for images. */
final class Models {
  private Models() {}

  /**
   * Plans a network for the images of a set.
   *
   * @throws UserError if the images do not fit it
   */
  static Network plan(Architecture architecture, ImageSet images, int capacity, Workers workers) {
    ImageShape shape = new ImageShape(images.height(), images.width(), images.channels());
    try {
      architecture.trace(shape, images.classes());
      return network(architecture, shape, images.classes(), capacity, workers);
    } catch (IllegalArgumentException e) {
      throw UserError.usage(e.getMessage() + "; choose another --model or --data");
    }
  }

  /** CONNECT HERE: Network.of(architecture, shape, classes, capacity, workers) for all of them. */
  private static Network network(
      Architecture architecture, ImageShape shape, int classes, int capacity, Workers workers) {
    if (architecture.equals(Architecture.builtIn("lenet"))) {
      return Network.lenet(shape, classes, capacity, workers);
    }
    if (architecture.equals(Architecture.builtIn("alexnet"))) {
      return Network.alexnet(shape, classes, capacity, workers);
    }
    throw new IllegalArgumentException(
        "%s cannot be trained yet, lenet and alexnet can".formatted(architecture.name()));
  }
}
