package io.cloudstic.doctor;

import io.cloudstic.failure.CloudsticException;

/**
 * How one thing is.
 *
 * @param name what was tried, in one or two words
 * @param verdict how it is
 * @param message what was seen; holds no secret
 * @param remedy what to do about it, or null
 */
public record Finding(String name, Verdict verdict, String message, String remedy) {

  /** How a thing is, from good to bad. */
  public enum Verdict {
    /** As it should be. */
    PASS,
    /** Backups work, but something should be looked at. */
    WARN,
    /** Backups do not work. */
    FAIL
  }

  /** As it should be. */
  public static Finding pass(String name, String message) {
    return new Finding(name, Verdict.PASS, message, null);
  }

  /** To be looked at. */
  public static Finding warn(String name, String message, String remedy) {
    return new Finding(name, Verdict.WARN, message, remedy);
  }

  /** Not working. */
  public static Finding fail(String name, String message, String remedy) {
    return new Finding(name, Verdict.FAIL, message, remedy);
  }

  /** What a failure means: it says itself what is wrong and what to do. */
  public static Finding fail(String name, CloudsticException failure) {
    return fail(name, failure.getMessage(), failure.advice().orElse(null));
  }
}
