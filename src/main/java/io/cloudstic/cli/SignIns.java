package io.cloudstic.cli;

import io.cloudstic.onedrive.auth.Auth;
import io.cloudstic.onedrive.auth.AuthEnvironment;
import io.cloudstic.onedrive.auth.SignInSettings;
import io.cloudstic.onedrive.auth.SignInSettingsReader;
import io.cloudstic.restic.tree.TerminalText;
import java.time.Clock;

/** The sign-in that the flags, the environment and the properties describe. */
final class SignIns {
  private SignIns() {}

  static SignInSettings settings(CommandContext context) {
    Settings settings = context.settings();
    return new SignInSettingsReader(
            name -> settings.variable(name).orElse(null),
            key -> settings.property(key).orElse(null))
        .read(settings.configDir(context.global().configDir));
  }

  static Auth auth(CommandContext context) {
    return auth(context, settings(context));
  }

  /** A sign-in that may change files. */
  static Auth writing(CommandContext context) {
    return auth(context, settings(context).writing());
  }

  private static Auth auth(CommandContext context, SignInSettings settings) {
    Console console = context.console();
    boolean canAsk = console.canAsk() && !context.global().noPrompt;
    AuthEnvironment environment =
        AuthEnvironment.system(
            Clock.systemUTC(),
            context.stop(),
            line -> console.note(TerminalText.escape(line)),
            canAsk ? console.in() : null,
            name -> context.settings().variable(name).orElse(null));
    return new Auth(settings, environment);
  }
}
