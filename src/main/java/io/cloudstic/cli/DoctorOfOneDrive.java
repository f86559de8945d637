package io.cloudstic.cli;

import io.cloudstic.doctor.ClockExamination;
import io.cloudstic.doctor.Finding;
import io.cloudstic.failure.CloudsticException;
import io.cloudstic.failure.StoppedException;
import io.cloudstic.onedrive.Account;
import io.cloudstic.onedrive.Drive;
import io.cloudstic.onedrive.auth.Auth;
import io.cloudstic.onedrive.auth.SignInSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Sign-in, clock and Graph. */
final class DoctorOfOneDrive {
  private static final Duration UNUSED = Duration.ofDays(60);

  private final CommandContext context;
  private final List<Finding> findings = new ArrayList<>();

  DoctorOfOneDrive(CommandContext context) {
    this.context = context;
  }

  List<Finding> run() {
    try {
      SignInSettings settings = SignIns.settings(context);
      findings.add(
          ClockExamination.withMicrosoft(Clock.systemUTC())
              .ask(settings.graphUrl(), context.stop()));
      if (signIn(settings)) {
        graph(settings);
      }
    } catch (StoppedException e) {
      throw e;
    } catch (CloudsticException e) {
      findings.add(Finding.fail("sign-in", e));
    }
    return findings;
  }

  /** Gets a token, which is renewed where it has to be. */
  private boolean signIn(SignInSettings settings) {
    Auth auth = SignIns.auth(context);
    Auth.Status before = auth.status();
    auth.tokens().bearer();
    boolean old =
        !settings.appOnly()
            && before
                .lastRenewed()
                .filter(time -> time.plus(UNUSED).isBefore(Clock.systemUTC().instant()))
                .isPresent();
    findings.add(
        old
            ? Finding.warn(
                "sign-in",
                "good, but it was not used for 60 days, and would have ended after 90",
                "run backups more often")
            : Finding.pass(
                "sign-in", settings.appOnly() ? "as an app, tenant " + settings.tenant() : "good"));
    if (!settings.appOnly() && !before.renewable()) {
      findings.add(
          Finding.warn(
              "sign-in: renewal",
              "there is no refresh token: the sign-in ends within the hour",
              "sign in with: cloudstic auth login"));
    }
    return true;
  }

  private void graph(SignInSettings settings) {
    try (GraphConnection connection = GraphConnection.open(context)) {
      if (settings.appOnly()) {
        findings.add(
            Finding.pass(
                "Graph", "not asked: an app has no drive of its own; try backup -dry-run"));
        return;
      }
      Account account = connection.graph().account();
      Drive drive = connection.graph().drive();
      connection.graph().root(drive.id());
      findings.add(
          Finding.pass("Graph", account.userPrincipalName() + ", a drive of type " + drive.type()));
    } catch (StoppedException e) {
      throw e;
    } catch (CloudsticException e) {
      findings.add(Finding.fail("Graph", e));
    }
  }
}
