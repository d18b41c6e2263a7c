/** A training run: its options, the records it keeps, its folder, and who listens to it. */
package dev.gmr.train.run;
