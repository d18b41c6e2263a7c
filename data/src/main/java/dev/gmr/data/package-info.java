/**
 * Labelled images: what a trainer reads.
 *
 * <p>{@link dev.gmr.data.DataSets} loads a data set by name, {@link dev.gmr.data.ImageSet} holds
 * its images, {@link dev.gmr.data.Split} and {@link dev.gmr.data.Shuffle} order them reproducibly.
 * Everything that a user's file or folder can get wrong is a {@link dev.gmr.data.DataException}
 * with a message of one line.
 */
package dev.gmr.data;
