package io.cloudstic.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudstic.failure.ExitCode;
import io.cloudstic.failure.UsageException;
import io.cloudstic.profile.Profile;
import io.cloudstic.profile.ProfileFile;
import io.cloudstic.profile.ProfileText;
import io.cloudstic.profile.Setting;
import io.cloudstic.restic.tree.TerminalText;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code cloudstic profile list|show|new|remove}. */
@picocli.CommandLine.Command(
    footer = {
      "cloudstic profile list",
      "cloudstic profile new work -source onedrive-changes:/Work -store s3:backup/company \\",
      "  -password-from file:work.txt -schedule '0 30 2 * * ?' -zone Europe/Berlin -keep-daily 7",
      "cloudstic profile show work",
      "cloudstic profile remove work",
      "cloudstic backup -profile work"
    })
final class ProfileCommand extends Command {
  @Parameters(index = "0", paramLabel = "list|show|new|remove")
  String action;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "[NAME]",
      description = "of the profile, for all but list")
  String name;

  @Mixin NewProfileFlags flags = new NewProfileFlags();

  @Override
  ExitCode run(CommandContext context) {
    ProfileFile file = ProfiledArguments.file(context.settings(), global);
    if (!action.equals("list") && name == null) {
      throw new UsageException(
          "profile " + action + " needs a name", "cloudstic profile " + action + " NAME");
    }
    switch (action) {
      case "list" -> list(context, file);
      case "show" -> show(context, file.find(name));
      case "new" -> {
        Profile made = flags.profile(name, global);
        file.add(made);
        report(context, "Made profile " + name + " in " + file.file(), made);
      }
      case "remove" -> {
        Profile removed = file.find(name);
        file.remove(name);
        report(context, "Removed profile " + name + " from " + file.file(), removed);
      }
      default ->
          throw new UsageException(
              "profile " + action + " is unknown",
              "one of: profile list, profile show, profile new, profile remove");
    }
    return ExitCode.DONE;
  }

  private void list(CommandContext context, ProfileFile file) {
    if (name != null) {
      throw new UsageException("one argument too many for profile list: " + name, null);
    }
    List<Profile> profiles = file.all();
    if (global.json) {
      ArrayNode all = Json.array();
      profiles.forEach(profile -> all.add(json(profile)));
      context.printJson(all);
      return;
    }
    List<String[]> rows = new ArrayList<>();
    rows.add(new String[] {"Name", "Source", "Store", "Schedule"});
    for (Profile profile : profiles) {
      rows.add(
          new String[] {
            profile.name(),
            shown(profile, Setting.SOURCE),
            shown(profile, Setting.STORE),
            shown(profile, Setting.SCHEDULE)
          });
    }
    PrintWriter out = context.console().out();
    if (!profiles.isEmpty()) {
      Table.print(out, rows);
      out.println();
    }
    out.printf("%d profile%s%n", profiles.size(), profiles.size() == 1 ? "" : "s");
    out.flush();
  }

  private static String shown(Profile profile, Setting setting) {
    return TerminalText.escape(profile.value(setting).orElse(""));
  }

  /** As it would stand in the file. */
  private void show(CommandContext context, Profile profile) {
    if (global.json) {
      context.printJson(json(profile));
      return;
    }
    ProfileText.of(profile, "")
        .forEach(line -> context.console().out().println(TerminalText.escape(line)));
    context.console().out().flush();
  }

  private void report(CommandContext context, String text, Profile profile) {
    if (global.json) {
      context.printJson(json(profile));
    } else {
      context.console().out().println(text);
      context.console().out().flush();
    }
  }

  private static ObjectNode json(Profile profile) {
    ObjectNode json = Json.object();
    json.put("name", profile.name());
    profile
        .settings()
        .forEach(
            (setting, values) -> {
              if (setting.isList()) {
                values.forEach(json.withArray(setting.key())::add);
              } else {
                json.put(setting.key(), values.get(0));
              }
            });
    if (!profile.retention().isEmpty()) {
      ObjectNode rules = json.putObject("retention");
      for (Map.Entry<String, List<String>> rule : profile.retention().entrySet()) {
        if (rule.getKey().equals("tag")) {
          rule.getValue().forEach(rules.putArray("tag")::add);
        } else {
          rules.put(rule.getKey(), rule.getValue().get(0));
        }
      }
    }
    return json;
  }
}
