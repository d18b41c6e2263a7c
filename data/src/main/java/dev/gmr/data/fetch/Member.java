package dev.gmr.data.fetch;

/**
 * A file that is wanted out of an archive.
 *
 * @param name its name, without the archive's folder
 * @param content what it must hold
 */
public record Member(String name, Content content) {}
