package org.tlsrpt.collector.intake;

/**
 * How far an import is.
 *
 * @param bytes read of files, compressed as they are
 * @param stored reports now
 * @param duplicates of reports stored before
 * @param quarantined cannot be read as reports; kept
 * @param refused no report at all, too large or damaged; not kept
 */
public record ImportCounts(
    long bytes, long stored, long duplicates, long quarantined, long refused) {

  /** Before the first. */
  static final ImportCounts NONE = new ImportCounts(0, 0, 0, 0, 0);

  /**
   * All together.
   *
   * @return the sum of the outcomes
   */
  public long all() {
    return stored + duplicates + quarantined + refused;
  }

  ImportCounts plusBytes(long more) {
    return new ImportCounts(bytes + more, stored, duplicates, quarantined, refused);
  }

  ImportCounts plusStored() {
    return new ImportCounts(bytes, stored + 1, duplicates, quarantined, refused);
  }

  ImportCounts plusDuplicate() {
    return new ImportCounts(bytes, stored, duplicates + 1, quarantined, refused);
  }

  ImportCounts plusQuarantined() {
    return new ImportCounts(bytes, stored, duplicates, quarantined + 1, refused);
  }

  ImportCounts plusRefused() {
    return new ImportCounts(bytes, stored, duplicates, quarantined, refused + 1);
  }
}
