package io.cloudstic.cli;

import io.cloudstic.failure.CloudsticException;
import io.cloudstic.failure.ExitCode;
import io.cloudstic.failure.UsageException;
import io.cloudstic.onedrive.auth.Auth;
import io.cloudstic.restic.repository.Repository;
import io.cloudstic.status.Pending;
import io.cloudstic.status.SourceState;
import io.cloudstic.status.Space;
import io.cloudstic.verify.VerificationLog;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Option;

/** {@code cloudstic status}: one screen for people, and an exit code for monitoring. */
@picocli.CommandLine.Command(
    footer = {
      "cloudstic status",
      "cloudstic status -max-age 26h -quiet    exit code 1: a source has no snapshot that young",
      "cloudstic status -max-age 0             any age is fine",
      "cloudstic status -offline -json         without asking Microsoft",
      "exit codes: 0 all is well; 1 overdue, or never backed up; 3 files could not be read;",
      "            13 sign-in is needed; 14 a snapshot is damaged"
    })
final class StatusCommand extends Command {
  @Option(
      names = "-max-age",
      paramLabel = "DURATION",
      description = "how old the newest snapshot of a source may be: 26h, 7d (default: 2d; 0: any)")
  String maxAge = "2d";

  @Option(names = "-offline", description = "do not ask Microsoft what is pending")
  boolean offline;

  @Override
  ExitCode run(CommandContext context) {
    Duration allowed = age(maxAge);
    Instant now = Clock.systemUTC().instant();
    // Without a lock: it looks at listings and snapshots only, and must work beside a prune.
    try (RepositoryAccess access = RepositoryAccess.withoutLock(context)) {
      Repository repository = access.repository();
      DamageReport damage = new DamageReport(context);
      List<SourceState> sources = SourceState.all(repository, damage);
      VerificationLog log =
          VerificationLog.open(
              global.noCache ? null : context.settings().cacheDir(global.cacheDir),
              repository.config().id());
      StatusReport report =
          new StatusReport(
              StoreAccess.uri(context),
              repository.config().id(),
              Space.of(repository, log),
              sources,
              pending(context, sources),
              signIn(context, sources),
              damage.snapshots(),
              allowed,
              now);
      report.print(context);
      return report.exitCode();
    }
  }

  /** What is pending for each source, in their order; null for those without a feed. */
  private List<Pending> pending(CommandContext context, List<SourceState> sources) {
    List<Pending> all = new ArrayList<>();
    boolean any = sources.stream().anyMatch(source -> source.lineage() != null);
    String why = offline ? "not asked" : null;
    if (any && why == null) {
      try (GraphConnection connection = GraphConnection.open(context)) {
        for (SourceState source : sources) {
          all.add(
              source.lineage() == null ? null : Pending.peek(connection.graph(), source.lineage()));
        }
        return all;
      } catch (CloudsticException e) {
        why = e.getMessage();
        all.clear();
      }
    }
    for (SourceState source : sources) {
      all.add(source.lineage() == null ? null : Pending.unknown(why));
    }
    return all;
  }

  /** How the sign-in is, where there is a source that needs one; else null. */
  private static Auth.Status signIn(CommandContext context, List<SourceState> sources) {
    if (sources.stream().allMatch(source -> source.lineage() == null)) {
      return null;
    }
    try {
      return SignIns.auth(context).status();
    } catch (CloudsticException e) {
      return null;
    }
  }

  private static Duration age(String text) {
    if (text.equals("0")) {
      return null;
    }
    String upper = text.toUpperCase(Locale.ROOT);
    int days = upper.indexOf('D') + 1;
    String clock = upper.substring(days);
    try {
      Duration age =
          Duration.parse("P" + upper.substring(0, days) + (clock.isEmpty() ? "" : "T" + clock));
      if (!age.isNegative() && !age.isZero()) {
        return age;
      }
    } catch (DateTimeParseException | ArithmeticException e) {
      throw wrong(text, e);
    }
    throw wrong(text, null);
  }

  private static UsageException wrong(String text, Exception cause) {
    return new UsageException(
        "-max-age " + text + " is not a duration", "write for example 26h, 7d or 1d12h", cause);
  }
}
