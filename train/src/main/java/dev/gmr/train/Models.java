package dev.gmr.train;

import dev.gmr.data.ImageSet;
import dev.gmr.nn.Architecture;
import dev.gmr.nn.ImageShape;
import dev.gmr.nn.Layer;
import dev.gmr.nn.Network;
import dev.gmr.nn.Workers;
import dev.gmr.train.io.UserError;
import dev.gmr.train.run.Recipe;
import dev.gmr.train.run.TrainingConfig;
import java.util.List;

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
      return model.equals("alexnet")
          ? Network.alexnet(shape, images.classes(), capacity, workers)
          : Network.lenet(shape, images.classes(), capacity, workers);
    } catch (IllegalArgumentException e) {
      throw UserError.usage(e.getMessage() + "; choose another --model or --data");
    }
  }

  /** Returns the layers of a run's network (METHOD section 6). */
  static Architecture architecture(TrainingConfig config) {
    return config.model().equals("alexnet") ? alexnet() : lenet();
  }

  private static Architecture lenet() {
    return new Architecture(
        "lenet",
        List.of(
            new Layer.Conv("conv1", 32, 5, 1, 2),
            new Layer.Relu(),
            new Layer.MaxPool(2, 2),
            new Layer.Conv("conv2", 64, 5, 1, 2),
            new Layer.MaxPool(2, 2),
            new Layer.Relu(),
            new Layer.Linear("fc1", 1024),
            new Layer.Relu(),
            new Layer.Linear("fc2", Layer.Linear.CLASSES)));
  }

  private static Architecture alexnet() {
    return new Architecture(
        "alexnet",
        List.of(
            new Layer.Conv("features.0", 64, 11, 4, 5),
            new Layer.Relu(),
            new Layer.MaxPool(2, 2),
            new Layer.Conv("features.3", 192, 5, 1, 2),
            new Layer.MaxPool(2, 2),
            new Layer.Relu(),
            new Layer.Conv("features.6", 384, 3, 1, 1),
            new Layer.Relu(),
            new Layer.Conv("features.8", 256, 3, 1, 1),
            new Layer.Relu(),
            new Layer.Conv("features.10", 256, 3, 1, 1),
            new Layer.MaxPool(2, 2),
            new Layer.Relu(),
            new Layer.Linear("classifier.1", 4096),
            new Layer.Relu(),
            new Layer.Linear("classifier.4", 4096),
            new Layer.Relu(),
            new Layer.Linear("classifier.6", Layer.Linear.CLASSES)));
  }
}
