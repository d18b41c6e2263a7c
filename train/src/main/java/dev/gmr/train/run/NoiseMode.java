package dev.gmr.train.run;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Which noise augmentation adds. */
public enum NoiseMode {
  /** New noise for each image, fold and epoch. */
  @JsonProperty("fresh")
  FRESH,
  /** One noise image a fold, shared by all images and epochs. */
  @JsonProperty("frozen")
  FROZEN
}
