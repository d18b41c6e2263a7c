package dev.gmr.train.run;

/**
 * What an epoch brought: a row of metrics.csv.
 *
 * @param epoch number of the epoch, from 1
 * @param trainLoss mean of the minimised loss over the epoch's training images
 * @param trainLossEmpirical its part at the clean logits, before weighting
 * @param trainLossExpectation its part at the expected logits, before weighting; 0 without the
 *     regularizer
 * @param trainAccuracy share of training images classified correctly during the epoch, 0 to 1
 * @param validLoss mean of the minimised loss, smoothed labels included, over the validation images
 *     after the epoch, with noisy copies of them where the run augments; NaN where none are held
 *     out
 * @param validAccuracy share of them classified correctly, 0 to 1; NaN where none are held out
 * @param learningRate learning rate of the epoch's last step
 * @param seconds wall time of the epoch, validation included
 */
public record EpochMetrics(
    int epoch,
    double trainLoss,
    double trainLossEmpirical,
    double trainLossExpectation,
    double trainAccuracy,
    double validLoss,
    double validAccuracy,
    double learningRate,
    double seconds) {}
