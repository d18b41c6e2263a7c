/**
 * Layers, losses and networks on planned buffers.
 *
 * <p>Activations are channels last, batches are cut into slices that depend on the batch size
 * alone, and partial sums are added in slice order: results do not depend on the number of threads.
 */
package dev.gmr.nn;
