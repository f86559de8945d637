package io.cloudstic.cli;

import io.cloudstic.onedrive.auth.Auth;
import io.cloudstic.onedrive.auth.SignInRequiredException;
import io.cloudstic.restic.tree.TerminalText;
import java.util.function.Supplier;

/** Lets a person at the terminal sign in when a command needs it, and then begins it again. */
final class SignInOffer {
  private final CommandContext context;

  SignInOffer(CommandContext context) {
    this.context = context;
  }

  /**
   * Does the work; when it lacks a sign-in and somebody is there who signs in, does it once more.
   *
   * @throws SignInRequiredException when nobody is there, or they do not want to
   */
  <T> T around(Supplier<T> work) {
    try {
      return work.get();
    } catch (SignInRequiredException e) {
      if (!isPossible()) {
        throw e;
      }
      context.console().note(TerminalText.escape(e.getMessage()));
      if (!context.console().confirm("Sign in now?")) {
        throw e;
      }
    }
    SignIns.auth(context).login(Auth.Way.SUITABLE);
    return work.get();
  }

  /** An app's own credentials are not mended by a person who signs in. */
  private boolean isPossible() {
    return context.console().canAsk()
        && !context.global().noPrompt
        && !SignIns.settings(context).appOnly();
  }
}
