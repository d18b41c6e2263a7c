package dev.gmr.data.fetch;

/**
 * A file that is wanted out of an archive. Publishers give a sum for the archive alone.
 *
 * @param name its name, without the archive's folder
 * @param size its bytes
 */
public record Member(String name, long size) {}
