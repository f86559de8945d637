package io.cloudstic.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudstic.failure.ExitCode;
import io.cloudstic.onedrive.auth.Auth;
import io.cloudstic.onedrive.catalogue.LedgerEntry;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.snapshot.Snapshot;
import io.cloudstic.restic.tree.TerminalText;
import io.cloudstic.status.Pending;
import io.cloudstic.status.SourceState;
import io.cloudstic.status.Space;
import io.cloudstic.store.StoreUri;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What {@code status} found, as text and as JSON, and what it means.
 *
 * @param pending for each source, in their order; null where there is no feed
 * @param signIn null where none is needed, or nothing can be said of it
 * @param damaged snapshots that cannot be read
 * @param allowed how old a newest snapshot may be; null for any age
 */
record StatusReport(
    StoreUri store,
    Id repository,
    Space space,
    List<SourceState> sources,
    List<Pending> pending,
    Auth.Status signIn,
    Set<Id> damaged,
    Duration allowed,
    Instant now) {
  private static final int SHOWN = 10;

  /** A sign-in ends when it was not used for 90 days; this is early enough to say so. */
  private static final Duration UNUSED = Duration.ofDays(60);

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());

  /** The worst of what was found. */
  ExitCode exitCode() {
    if (!damaged.isEmpty()) {
      return ExitCode.DAMAGED;
    }
    if (sources.isEmpty() || sources.stream().anyMatch(this::isOverdue)) {
      return ExitCode.FAILED;
    }
    if (signIn != null && !signIn.signedIn()) {
      return ExitCode.SIGN_IN_NEEDED;
    }
    boolean unread = sources.stream().anyMatch(source -> source.unread() > 0);
    return unread ? ExitCode.INCOMPLETE : ExitCode.DONE;
  }

  private boolean isOverdue(SourceState source) {
    return allowed != null && source.age(now).compareTo(allowed) > 0;
  }

  /** What needs somebody's attention, in sentences. */
  private List<String> attention() {
    List<String> found = new ArrayList<>();
    damaged.forEach(
        id -> found.add("snapshot " + id.brief() + " is damaged, run: cloudstic check"));
    if (sources.isEmpty()) {
      found.add(
          damaged.isEmpty()
              ? "there is no snapshot yet: cloudstic backup"
              : "there is no snapshot that can be read");
    }
    for (SourceState source : sources) {
      if (isOverdue(source)) {
        found.add(
            name(source) + " is overdue: its newest snapshot is " + age(source.age(now)) + " old");
      }
      if (source.unread() > 0) {
        found.add(
            "%d file%s of %s could not be read"
                .formatted(source.unread(), source.unread() == 1 ? "" : "s", name(source)));
      }
    }
    if (signIn != null && !signIn.signedIn()) {
      found.add("sign-in is needed: cloudstic auth login");
    } else if (isUnused()) {
      found.add("the sign-in was not used for 60 days, and ends after 90: run a backup");
    }
    return found;
  }

  private boolean isUnused() {
    return signIn != null
        && !signIn.appOnly()
        && signIn.lastRenewed().filter(time -> time.plus(UNUSED).isBefore(now)).isPresent();
  }

  void print(CommandContext context) {
    if (context.global().json) {
      context.printJson(json());
    } else if (!context.global().quiet) {
      text(context.console().out());
    } else {
      attention().forEach(line -> context.console().out().println(TerminalText.escape(line)));
      context.console().out().flush();
    }
  }

  private void text(PrintWriter out) {
    line(out, "Repository", store.text() + ", " + repository.brief());
    line(
        out,
        "Space",
        "%s in %d packs%s"
            .formatted(
                Units.bytes(space.packBytes() + space.otherBytes()),
                space.packs(),
                free().isPresent() ? ", " + Units.bytes(free().getAsLong()) + " free" : ""));
    line(out, "Verified", verified());
    if (signIn != null) {
      line(out, "Sign-in", signIn.signedIn() ? "good" : "needed");
    }
    for (int i = 0; i < sources.size(); i++) {
      out.println();
      source(out, sources.get(i), pending.get(i));
    }
    out.println();
    List<String> attention = attention();
    if (attention.isEmpty()) {
      out.println("All is well");
    }
    attention.forEach(text -> out.println("Attention: " + TerminalText.escape(text)));
    out.flush();
  }

  private String verified() {
    long never = space.verified().never();
    if (space.packs() == 0) {
      return "nothing to verify";
    }
    String oldest =
        space
            .verified()
            .oldest()
            .map(
                time ->
                    "the oldest "
                        + age(Duration.between(time, now))
                        + " ago ("
                        + TIME.format(time)
                        + ")")
            .orElse("none by this machine: cloudstic check -read-data-subset 5%");
    return never == 0
        ? "all packs, " + oldest
        : "%d of %d packs, %s".formatted(space.packs() - never, space.packs(), oldest);
  }

  private void source(PrintWriter out, SourceState source, Pending ahead) {
    Snapshot latest = source.latest();
    out.println(TerminalText.escape(name(source)));
    line(
        out,
        "  Last run",
        "%s, %s ago, snapshot %s%s"
            .formatted(
                TIME.format(latest.time().toInstant()),
                age(source.age(now)),
                latest.id().brief(),
                isOverdue(source) ? " (overdue)" : ""));
    if (source.unread() > 0) {
      line(
          out,
          "  Complete",
          source.complete() == null
              ? "never"
              : TIME.format(source.complete().time().toInstant())
                  + ", snapshot "
                  + source.complete().id().brief());
    }
    if (ahead != null) {
      line(out, "  Pending", words(ahead));
    }
    if (source.unread() > 0) {
      line(out, "  Unread", Long.toString(source.unread()));
      source.lineage().ledger().stream()
          .limit(SHOWN)
          .forEach(
              entry ->
                  out.println(
                      TerminalText.escape(
                          "    %s: %s (%d attempts)"
                              .formatted(entry.path(), entry.reason(), entry.attempts()))));
    }
  }

  private static String words(Pending ahead) {
    if (ahead.unknown() != null) {
      return "unknown: " + ahead.unknown();
    }
    if (ahead.items() == 0) {
      return "nothing";
    }
    return "%d files, %d folders, %d deletions in the drive%s"
        .formatted(
            ahead.files(), ahead.folders(), ahead.deleted(), ahead.more() ? ", and more" : "");
  }

  private static void line(PrintWriter out, String name, String value) {
    out.println(TerminalText.escape(String.format("%-12s%s", name, value)));
  }

  private static String name(SourceState source) {
    return source.latest().hostname() + " " + String.join(", ", source.latest().paths());
  }

  /** In the largest unit that leaves a number of more than one. */
  private static String age(Duration age) {
    if (age.toDays() > 1) {
      return age.toDays() + " days";
    }
    if (age.toHours() > 1) {
      return age.toHours() + " hours";
    }
    return age.toMinutes() > 1 ? age.toMinutes() + " minutes" : age.toSeconds() + " seconds";
  }

  /** On the disk of a local repository. */
  private OptionalLong free() {
    if (store instanceof StoreUri.Local local) {
      try {
        return OptionalLong.of(Files.getFileStore(local.path()).getUsableSpace());
      } catch (IOException e) {
        return OptionalLong.empty();
      }
    }
    return OptionalLong.empty();
  }

  private ObjectNode json() {
    ObjectNode document = Json.object();
    document.put("status", exitCode() == ExitCode.DONE ? "ok" : "attention");
    document.put("exit_code", exitCode().code());
    ArrayNode attention = document.putArray("attention");
    attention().forEach(attention::add);
    ObjectNode place = document.putObject("repository");
    place.put("store", store.text());
    place.put("id", repository.hex());
    place.put("packs", space.packs());
    place.put("size", space.packBytes() + space.otherBytes());
    free().ifPresent(bytes -> place.put("free", bytes));
    ArrayNode unreadable = document.putArray("damaged_snapshots");
    damaged.forEach(id -> unreadable.add(id.hex()));
    ObjectNode verified = document.putObject("verified");
    verified.put("packs", space.verified().packs());
    verified.put("never", space.verified().never());
    put(verified, "oldest", space.verified().oldest());
    if (signIn != null) {
      ObjectNode signed = document.putObject("sign_in");
      signed.put("signed_in", signIn.signedIn());
      put(signed, "last_renewed", signIn.lastRenewed());
    }
    ArrayNode all = document.putArray("sources");
    for (int i = 0; i < sources.size(); i++) {
      json(all.addObject(), sources.get(i), pending.get(i));
    }
    return document;
  }

  private void json(ObjectNode json, SourceState source, Pending ahead) {
    Snapshot latest = source.latest();
    json.put("hostname", latest.hostname());
    latest.paths().forEach(json.putArray("paths")::add);
    json.put("snapshot_id", latest.id().hex());
    json.put("time", latest.time().toString());
    json.put("age_seconds", source.age(now).toSeconds());
    json.put("overdue", isOverdue(source));
    if (source.complete() != null) {
      json.put("last_complete_id", source.complete().id().hex());
      json.put("last_complete_time", source.complete().time().toString());
    }
    if (source.lineage() != null) {
      json.put("source_type", source.lineage().sourceType());
      put(json, "last_full_scan", Optional.ofNullable(source.lineage().lastFull()));
    }
    json.put("files_failed", source.unread());
    ArrayNode failures = json.putArray("failures");
    if (source.lineage() != null) {
      source.lineage().ledger().forEach(entry -> json(failures.addObject(), entry));
    }
    if (ahead != null) {
      ObjectNode feed = json.putObject("pending");
      if (ahead.unknown() != null) {
        feed.put("unknown", ahead.unknown());
      } else {
        feed.put("items", ahead.items());
        feed.put("files", ahead.files());
        feed.put("folders", ahead.folders());
        feed.put("deleted", ahead.deleted());
        feed.put("more", ahead.more());
      }
    }
  }

  private static void json(ObjectNode json, LedgerEntry entry) {
    json.put("item_id", entry.itemId());
    json.put("path", entry.path());
    json.put("reason", entry.reason());
    json.put("attempts", entry.attempts());
    put(json, "first_failed", Optional.ofNullable(entry.firstFailed()));
  }

  private static void put(ObjectNode json, String name, Optional<Instant> time) {
    time.ifPresent(known -> json.put(name, known.toString()));
  }
}
