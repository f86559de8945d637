package io.cloudstic.cli;

import io.cloudstic.failure.CloudsticException;
import io.cloudstic.failure.ExitCode;
import io.cloudstic.failure.UsageException;
import io.cloudstic.profile.ProfileFile;
import io.cloudstic.profile.Setting;
import io.cloudstic.restic.file.FileKind;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Parameters;

/**
 * {@code cloudstic complete snapshots|profiles [LINE]}: names for completion scripts, one a line.
 * Snapshots are named by listing them, which needs no password. Nothing is asked, nothing fails
 * aloud, and after a moment what is known by then is all there is.
 */
final class CompleteCommand extends Command {
  private static final int SHORT_ID = 8;
  private static final int MOST_NAMES = 2_000;

  /** Whoever pressed the tab key waits no longer. */
  private static final long PATIENCE_MILLIS = 3_000;

  @Parameters(index = "0", paramLabel = "snapshots|profiles")
  String kind;

  @Parameters(index = "1", arity = "0..1", paramLabel = "[LINE]")
  String line = "";

  @Override
  ExitCode run(CommandContext context) throws InterruptedException {
    List<String> words = List.of(line.strip().split("\\s+"));
    String config = flag(words, "config", null);
    global.configDir = config == null ? global.configDir : Path.of(config);
    String profile = flag(words, "profile", null);
    global.store = flag(words, "store", null);
    Set<String> names = new ConcurrentSkipListSet<>();
    CountDownLatch done = new CountDownLatch(1);
    Thread search = new Thread(() -> search(context, profile, names, done), "cloudstic-complete");
    search.setDaemon(true);
    search.start();
    done.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    new TreeSet<>(names).stream().limit(MOST_NAMES).forEach(context.console().out()::println);
    context.console().out().flush();
    return ExitCode.DONE;
  }

  private void search(
      CommandContext context, String profile, Set<String> names, CountDownLatch done) {
    try {
      ProfileFile profiles = new ProfileFile(context.settings().configDir(global.configDir));
      if (profile != null && global.store == null && kind.equals("snapshots")) {
        global.store = profiles.find(profile).value(Setting.STORE).orElse(null);
      }
      switch (kind) {
        case "snapshots" -> snapshots(context, names);
        case "profiles" -> profiles.all().forEach(each -> names.add(each.name()));
        default -> throw new UsageException("complete " + kind, null);
      }
    } catch (CloudsticException e) {
      // A store that cannot be reached has no names to offer.
      return;
    } finally {
      done.countDown();
    }
  }

  private static void snapshots(CommandContext context, Set<String> names) {
    try (StoreAccess access = StoreAccess.open(context)) {
      access
          .store()
          .list(
              FileKind.SNAPSHOT.prefix(),
              file ->
                  FileKind.SNAPSHOT
                      .idOf(file.key())
                      .ifPresent(id -> names.add(id.hex().substring(0, SHORT_ID))));
    }
    if (!names.isEmpty()) {
      names.add("latest");
    }
  }

  /** The value of a flag on the line that is completed, in either form. */
  private static String flag(List<String> words, String name, String otherwise) {
    for (int i = 0; i < words.size(); i++) {
      String word = Arguments.flagName(words.get(i));
      if (word.equals(name) && i + 1 < words.size()) {
        return words.get(i + 1);
      }
      if (word.startsWith(name + "=")) {
        return word.substring(name.length() + 1);
      }
    }
    return otherwise;
  }
}
