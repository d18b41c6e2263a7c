package dev.gmr.train;

import dev.gmr.data.ImageSet;
import dev.gmr.nn.Architecture;
import dev.gmr.nn.Capacity;
import dev.gmr.nn.ImageShape;
import dev.gmr.nn.Network;
import dev.gmr.nn.NetworkBytes;
import dev.gmr.nn.Workers;
import dev.gmr.train.io.UserError;
import java.util.function.Supplier;

/** Plans networks for images. */
final class Models {
  private Models() {}

  /**
   * Plans a network for the images of a set.
   *
   * @throws UserError if the images do not fit it
   */
  static Network plan(
      Architecture architecture, ImageSet images, Capacity capacity, Workers workers) {
    return fitting(
        () -> Network.of(architecture, shape(images), images.classes(), capacity, workers));
  }

  /**
   * Returns the memory that {@link #plan} would take.
   *
   * @throws UserError if the images do not fit it
   */
  static NetworkBytes bytes(
      Architecture architecture, ImageSet images, Capacity capacity, Workers workers) {
    return fitting(
        () -> Network.bytes(architecture, shape(images), images.classes(), capacity, workers));
  }

  private static ImageShape shape(ImageSet images) {
    return new ImageShape(images.height(), images.width(), images.channels());
  }

  private static <T> T fitting(Supplier<T> plan) {
    try {
      return plan.get();
    } catch (IllegalArgumentException e) {
      throw UserError.usage(e.getMessage() + "; choose another --model or --data");
    }
  }
}
