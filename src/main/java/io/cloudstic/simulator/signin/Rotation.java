package io.cloudstic.simulator.signin;

/** What a refresh does to refresh tokens. */
public enum Rotation {
  /** A new one comes, and the old one stays good for a while: the service's usual way. */
  KEEP_OLD,
  /** A new one comes, and the old one is refused from then on. */
  REVOKE_OLD,
  /** None comes: the old one is to be kept. */
  NO_NEW
}
