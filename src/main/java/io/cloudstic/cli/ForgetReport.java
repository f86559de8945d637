package io.cloudstic.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudstic.restic.snapshot.GroupKey;
import io.cloudstic.restic.snapshot.Snapshot;
import io.cloudstic.restic.tree.TerminalText;
import io.cloudstic.retention.Interval;
import io.cloudstic.retention.JudgedGroup;
import io.cloudstic.retention.KeepPolicy;
import io.cloudstic.retention.Verdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Shows what is forgotten and what is kept, for what reasons, in restic's forms. */
final class ForgetReport {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());

  private final CommandContext context;
  private final boolean dryRun;

  ForgetReport(CommandContext context, boolean dryRun) {
    this.context = context;
    this.dryRun = dryRun;
  }

  /** The rules, before they are applied. */
  void policy(KeepPolicy policy) {
    out().println("Applying policy: " + TerminalText.escape(policy.describe()));
    out().println();
  }

  void result(List<JudgedGroup> groups) throws IOException {
    if (context.global().json) {
      JsonArray array = context.console().jsonArray();
      json(groups).forEach(array::add);
      return;
    }
    groups.forEach(this::print);
    int removed = groups.stream().mapToInt(group -> group.removed().size()).sum();
    out()
        .printf(
            "%s %d snapshot%s%n",
            dryRun ? "Would forget" : "Forgot", removed, removed == 1 ? "" : "s");
    out().flush();
  }

  /** Ends the document, which so far also takes what fails after the snapshots are gone. */
  void end() {
    JsonArray array = context.console().openArray();
    if (array != null) {
      array.end();
    }
  }

  private void print(JudgedGroup group) {
    if (!group.key().isEmpty()) {
      out().println("snapshots for " + TerminalText.escape(group.key().text()) + ":");
      out().println();
    }
    table("keep", group.kept());
    table("forget", group.verdicts().stream().filter(verdict -> !verdict.kept()).toList());
  }

  /** Oldest first, as people read a history; a line for each reason. */
  private void table(String what, List<Verdict> newestFirst) {
    if (newestFirst.isEmpty()) {
      return;
    }
    List<Verdict> verdicts = new ArrayList<>(newestFirst);
    Collections.reverse(verdicts);
    List<String[]> rows = new ArrayList<>();
    rows.add(new String[] {"ID", "Time", "Host", "Tags", "Reasons", "Paths"});
    for (Verdict verdict : verdicts) {
      Snapshot snapshot = verdict.snapshot();
      rows.add(
          new String[] {
            snapshot.id().brief(),
            TIME.format(snapshot.time()),
            TerminalText.escape(snapshot.hostname()),
            TerminalText.escape(String.join(",", snapshot.tags())),
            verdict.kept() ? TerminalText.escape(verdict.reasons().get(0)) : "",
            TerminalText.escape(String.join(", ", snapshot.paths()))
          });
      verdict.reasons().stream()
          .skip(1)
          .forEach(more -> rows.add(new String[] {"", "", "", "", TerminalText.escape(more), ""}));
    }
    int count = verdicts.size();
    out().println(what + " " + count + (count == 1 ? " snapshot:" : " snapshots:"));
    Table.print(out(), rows);
    out().println();
  }

  /** The document of {@code restic forget --json}. */
  private static ArrayNode json(List<JudgedGroup> groups) throws IOException {
    ArrayNode document = Json.array();
    for (JudgedGroup group : groups) {
      GroupKey key = group.key();
      ObjectNode one = document.addObject();
      one.set("tags", GroupJson.strings(emptyAsNull(key.tags())));
      one.put("host", key.host() == null ? "" : key.host());
      one.set("paths", GroupJson.strings(emptyAsNull(key.paths())));
      one.set("keep", snapshots(group.kept().stream().map(Verdict::snapshot).toList()));
      one.set("remove", snapshots(group.removed()));
      one.set("reasons", reasons(group.kept()));
    }
    return document;
  }

  private static List<String> emptyAsNull(List<String> words) {
    return words == null || words.isEmpty() ? null : words;
  }

  private static ArrayNode snapshots(List<Snapshot> snapshots) throws IOException {
    if (snapshots.isEmpty()) {
      return null;
    }
    ArrayNode array = Json.array();
    for (Snapshot snapshot : snapshots) {
      array.add(SnapshotJson.of(snapshot));
    }
    return array;
  }

  private static ArrayNode reasons(List<Verdict> kept) throws IOException {
    if (kept.isEmpty()) {
      return null;
    }
    ArrayNode array = Json.array();
    for (Verdict verdict : kept) {
      ObjectNode one = array.addObject();
      one.set("snapshot", SnapshotJson.of(verdict.snapshot()));
      one.set("matches", GroupJson.strings(verdict.reasons()));
      ObjectNode counters = one.putObject("counters");
      for (Interval interval : Interval.values()) {
        int left = verdict.left().getOrDefault(interval, 0);
        if (left != 0) {
          counters.put(interval.word(), left);
        }
      }
    }
    return array;
  }

  private PrintWriter out() {
    return context.console().out();
  }
}
