package org.tlsrpt.collector.access;

/** A token or an account that cannot be made as somebody wants it; says which part and why. */
public final class UnacceptableException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final String part;

  UnacceptableException(String part, String rule) {
    super(rule);
    this.part = part;
  }

  /** The name of the part, as it stands in calls. */
  public String part() {
    return part;
  }

  /** One sentence for whoever wants it. */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
