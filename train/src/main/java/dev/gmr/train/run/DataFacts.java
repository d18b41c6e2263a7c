package dev.gmr.train.run;

/**
 * The images a run was given, so that a resumed or repeated run can tell that they are the same.
 *
 * @param trainImages training images used, validation images included
 * @param testImages test images used
 * @param side height and width of an image in pixels
 * @param channels colour channels
 * @param classes number of classes
 * @param trainSha256 checksum of the training images used, pixels and labels
 * @param testSha256 checksum of the test images used, pixels and labels
 */
public record DataFacts(
    int trainImages,
    int testImages,
    int side,
    int channels,
    int classes,
    String trainSha256,
    String testSha256) {}
