package io.cloudstic.cli;

import io.cloudstic.failure.UsageException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The commands by name, in the order in which help shows them; each is made only when it runs. */
final class Catalog {
  /** A command and the line that the overview shows of it. */
  record Entry(String summary, Supplier<Command> maker) {}

  private static final Map<String, Entry> COMMANDS = new LinkedHashMap<>();
  private static final Map<String, String> ALIASES =
      Map.of("snapshots", "list", "break-lock", "unlock");

  static {
    add("init", "make a repository", InitCommand::new);
    add("backup", "back up a OneDrive or a directory", BackupCommand::new);
    add(
        "restore",
        "restore a snapshot to a directory, a .zip file or OneDrive",
        RestoreCommand::new);
    add("list", "list the snapshots", ListCommand::new);
    add("ls", "list the files and folders of a snapshot", LsCommand::new);
    add("diff", "show what changed between two snapshots", DiffCommand::new);
    add("find", "search for names in all snapshots", FindCommand::new);
    add("history", "show what became of a file or folder in all snapshots", HistoryCommand::new);
    add("dump", "print a file of a snapshot, or a folder as tar or ZIP", DumpCommand::new);
    add("check", "check the repository", CheckCommand::new);
    add("repair", "mend a damaged repository", RepairCommand::new);
    add("forget", "forget snapshots, by rules or by name", ForgetCommand::new);
    add("prune", "remove the data that no snapshot needs", PruneCommand::new);
    add("stats", "show how large the repository and its snapshots are", StatsCommand::new);
    add("cat", "print an object of the repository", CatCommand::new);
    add("copy", "copy snapshots into another repository", CopyCommand::new);
    add("tag", "change the tags of snapshots", TagCommand::new);
    add("key", "list, add, remove or change passwords", KeyCommand::new);
    add("unlock", "remove stale locks", UnlockCommand::new);
    add("status", "how the backups are: one screen, and an exit code", StatusCommand::new);
    add("doctor", "try whatever a backup needs, and say what to mend", DoctorCommand::new);
    add("auth", "sign in to OneDrive, show or forget the sign-in", AuthCommand::new);
    add("profile", "list, show, make or remove profiles", ProfileCommand::new);
    add("explain", "say why a path is in the backup or not", ExplainCommand::new);
    add("routes", "check, list or draw the routes", RoutesCommand::new);
    add("serve", "run backups on a schedule", ServeCommand::new);
    add("simulate", "serve a OneDrive look-alike on this machine", SimulateCommand::new);
    add("demo", "show a backup and a restore on a simulated OneDrive", DemoCommand::new);
    add("completion", "print a completion script for a shell", CompletionCommand::new);
    add("version", "print the version", VersionCommand::new);
    add("help", "show the help of a command", HelpCommand::new);
  }

  /** What completion scripts call; in no overview. */
  private static final String COMPLETE = "complete";

  private static final String COMPLETE_SUMMARY = "names for completion scripts";

  private Catalog() {}

  private static void add(String name, String summary, Supplier<Command> maker) {
    COMMANDS.put(name, new Entry(summary, maker));
  }

  /** The command of this name, also one that only scripts call; null when there is none. */
  static Entry find(String name) {
    return name.equals(COMPLETE)
        ? new Entry(COMPLETE_SUMMARY, CompleteCommand::new)
        : COMMANDS.get(name);
  }

  /** All commands for people, without aliases. */
  static Map<String, Entry> commands() {
    return COMMANDS;
  }

  /** What to say of a name that no command has. */
  static UsageException unknown(String name) {
    return new UsageException(
        "unknown command: " + name,
        Arguments.closest(name, names())
            .map(near -> "did you mean: cloudstic " + near)
            .orElse("see: cloudstic help"));
  }

  /** All names by which a command can be called. */
  static List<String> names() {
    return Stream.concat(COMMANDS.keySet().stream(), ALIASES.keySet().stream()).sorted().toList();
  }

  /** A command's name and its aliases. */
  static List<String> namesOf(String command) {
    return Stream.concat(
            Stream.of(command),
            ALIASES.entrySet().stream()
                .filter(alias -> alias.getValue().equals(command))
                .map(Map.Entry::getKey))
        .toList();
  }

  /** The name that an alias stands for, or the name itself. */
  static String canonical(String name) {
    return ALIASES.getOrDefault(name, name);
  }
}
