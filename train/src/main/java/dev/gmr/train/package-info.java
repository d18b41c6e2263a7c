/** Trainer, noise, optimizers and the measurement of robustness. */
package dev.gmr.train;
