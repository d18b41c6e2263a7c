/** Weights of other programs, and what stands beside a network that is given away. */
package dev.gmr.train.exchange;
