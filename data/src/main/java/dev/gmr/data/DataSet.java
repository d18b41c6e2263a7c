package dev.gmr.data;

import java.util.List;

/**
 * A data set: images to train on, images to test on, and what goes with them.
 *
 * @param name its name, as on the command line
 * @param train the training images
 * @param test the test images; same shape and classes
 * @param classNames a name for each class, in the order of the labels
 * @param normalization the normalization that the published recipes use
 */
public record DataSet(
    String name,
    ImageSet train,
    ImageSet test,
    List<String> classNames,
    Normalization normalization) {
  /**
   * Checks that the parts fit together.
   *
   * @throws IllegalArgumentException if they do not
   */
  public DataSet {
    classNames = List.copyOf(classNames);
    if (train.height() != test.height()
        || train.width() != test.width()
        || train.channels() != test.channels()
        || train.classes() != test.classes()) {
      throw new IllegalArgumentException("training " + train + ", but test " + test);
    }
    if (classNames.size() != train.classes() || normalization.channels() != train.channels()) {
      throw new IllegalArgumentException(
          train
              + ", but "
              + classNames.size()
              + " class names and a normalization of "
              + normalization.channels()
              + " channels");
    }
  }
}
