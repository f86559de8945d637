package io.cloudstic.failure;

/** The user stopped the run; what was stored stays, and the next run continues from there. */
public class StoppedException extends CloudsticException {
  private static final long serialVersionUID = 1L;

  /** The run was stopped. */
  public StoppedException() {
    super(ExitCode.STOPPED, "stopped", "run the same command again: it continues from here", null);
  }
}
