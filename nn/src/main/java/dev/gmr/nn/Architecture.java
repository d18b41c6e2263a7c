package dev.gmr.nn;

import java.util.List;

/**
 * What a network is made of, for images of any shape and any number of classes.
 *
 * @param name of the network, such as {@code lenet}
 * @param layers in order; the last is linear and gives the logits
 */
public record Architecture(String name, List<Layer> layers) {
  /** Copies the list. */
  public Architecture {
    layers = List.copyOf(layers);
  }
}
