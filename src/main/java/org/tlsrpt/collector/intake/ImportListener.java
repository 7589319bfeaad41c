package org.tlsrpt.collector.intake;

import org.tlsrpt.collector.intake.ImportResult.Failure;

/** Hears how an import goes, one call at a time, and may end it. */
public interface ImportListener {

  /** Hears nothing and waits for the end. */
  ImportListener SILENT =
      new ImportListener() {
        @Override
        public void progressed(ImportCounts counts) {
          // nobody asks
        }

        @Override
        public void failed(Failure failure) {
          // it is in the result
        }

        @Override
        public boolean wantsEnd() {
          return false;
        }
      };

  /**
   * Something more was read or delivered.
   *
   * @param counts so far
   */
  void progressed(ImportCounts counts);

  /**
   * Something was not stored.
   *
   * @param failure what and why
   */
  void failed(Failure failure);

  /**
   * Whether the import shall end before the end; asked for each document.
   *
   * @return true to end it
   */
  boolean wantsEnd();
}
