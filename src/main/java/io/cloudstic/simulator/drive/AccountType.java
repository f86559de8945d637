package io.cloudstic.simulator.drive;

/** The two services behind one URL, which differ far more than the documentation suggests. */
public enum AccountType {
  /** A consumer account. */
  PERSONAL("personal"),
  /** OneDrive for work or school. */
  BUSINESS("business");

  private final String driveType;

  AccountType(String driveType) {
    this.driveType = driveType;
  }

  /** The value of {@code driveType} in Graph. */
  public String driveType() {
    return driveType;
  }
}
