package io.cloudstic.onedrive.auth;

import io.cloudstic.failure.CloudsticException;
import java.util.Collection;
import java.util.List;

/** The authority refused a request, for good; the caller knows what that means. */
final class Refusal extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient EntraError error;
  private final transient Collection<String> secrets;

  Refusal(EntraError error, Collection<String> secrets) {
    super("refused");
    this.error = error;
    this.secrets = List.copyOf(secrets);
  }

  /** What the authority said. */
  EntraError error() {
    return error;
  }

  /** The failure that the user is told, when {@code what} was refused. */
  CloudsticException toFailure(String what) {
    return SignInAdvice.failure(what, error, secrets);
  }
}
