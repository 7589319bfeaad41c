package org.tlsrpt.collector.intake;

/**
 * How far the replay of all entries is. {@code done} is the sum of what stands behind it.
 *
 * @param state what it is doing
 * @param total entries there were at the start
 * @param done entries tried so far
 * @param stored reports now
 * @param duplicates of reports stored before
 * @param stillRefused stay in quarantine
 * @param unavailable stay in quarantine for a trouble of ours
 * @param gone deleted meanwhile
 */
public record ReplayProgress(
    State state,
    long total,
    long done,
    long stored,
    long duplicates,
    long stillRefused,
    long unavailable,
    long gone) {

  /** Before the first replay since the start of this instance. */
  static final ReplayProgress NONE = startOf(0).as(State.NONE);

  /** What a replay of all is doing. */
  public enum State {
    /** There was none since this instance started. */
    NONE,
    /** At work. */
    RUNNING,
    /** Every entry was tried. */
    DONE,
    /** Ended early: the database went away, or this instance is ending. What is left stays kept. */
    STOPPED
  }

  static ReplayProgress startOf(long total) {
    return new ReplayProgress(State.RUNNING, total, 0, 0, 0, 0, 0, 0);
  }

  ReplayProgress as(State next) {
    return new ReplayProgress(
        next, total, done, stored, duplicates, stillRefused, unavailable, gone);
  }

  ReplayProgress plus(ReplayOutcome outcome) {
    return new ReplayProgress(
        state,
        Math.max(total, done + 1),
        done + 1,
        stored + one(outcome instanceof ReplayOutcome.Stored),
        duplicates + one(outcome instanceof ReplayOutcome.Duplicate),
        stillRefused + one(outcome instanceof ReplayOutcome.StillRefused),
        unavailable + one(outcome instanceof ReplayOutcome.Unavailable),
        gone + one(outcome instanceof ReplayOutcome.Gone));
  }

  private static long one(boolean yes) {
    return yes ? 1 : 0;
  }
}
