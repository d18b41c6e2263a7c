package dev.gmr.train;

import dev.gmr.data.ImageSet;
import dev.gmr.nn.Architecture;
import dev.gmr.nn.ImageShape;
import dev.gmr.nn.Network;
import dev.gmr.nn.Workers;
import dev.gmr.train.io.UserError;
import dev.gmr.train.run.Recipe;

/** The networks that can be trained, by name. */
final class Models {
  private Models() {}

  /**
   * Plans a network for the images of a set.
   *
   * @throws UserError if there is no such model or the images are too small for it
   */
  static Network plan(String model, ImageSet images, int capacity, Workers workers) {
    Recipe.of(model); // refuses unknown names with a suggestion
    ImageShape shape = new ImageShape(images.height(), images.width(), images.channels());
    try {
      return Network.of(Architecture.builtIn(model), shape, images.classes(), capacity, workers);
    } catch (IllegalArgumentException e) {
      throw UserError.usage(e.getMessage() + "; choose another --model or --data");
    }
  }
}
