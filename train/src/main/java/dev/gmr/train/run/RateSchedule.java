package dev.gmr.train.run;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How the learning rate falls. */
public enum RateSchedule {
  /** By a factor whenever the validation loss has not improved for some epochs. */
  @JsonProperty("plateau")
  PLATEAU,
  /** Along half a cosine from the end of the warm-up to 0 at the end of the last epoch. */
  @JsonProperty("cosine")
  COSINE
}
