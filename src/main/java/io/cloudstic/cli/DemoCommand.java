package io.cloudstic.cli;

import io.cloudstic.failure.CloudsticException;
import io.cloudstic.failure.ExitCode;
import io.cloudstic.failure.UsageException;
import io.cloudstic.simulator.Simulator;
import io.cloudstic.simulator.SimulatorOptions;
import io.cloudstic.simulator.drive.BytesContent;
import io.cloudstic.simulator.drive.DriveModel;
import io.cloudstic.simulator.drive.GeneratedContent;
import io.cloudstic.simulator.drive.Item;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Parameters;

/** {@code cloudstic demo}: a whole backup and restore on a simulated OneDrive. */
@picocli.CommandLine.Command(
    footer = {
      "cloudstic demo          in a temporary directory, which stays",
      "cloudstic demo /tmp/it  in this directory, which must be empty"
    })
final class DemoCommand extends Command {
  private static final int FILES = 300;

  @Parameters(
      arity = "0..1",
      paramLabel = "[DIR]",
      description = "an empty directory to work in; a new temporary one by default")
  Path directory;

  @Override
  ExitCode run(CommandContext context) throws Exception {
    context.refuseJson("demo", "a story");
    Path where = place();
    try (Simulator simulator = Simulator.start(SimulatorOptions.lifelike().files(FILES))) {
      DemoStage stage = DemoStage.set(context, simulator, where);
      stage.say(
          "A simulated OneDrive with "
              + simulator.model().liveItems()
              + " items, and an empty store.");
      stage.cloudstic("init");
      stage.say("The first backup reads everything.");
      stage.cloudstic("backup", "-source", "onedrive-changes");
      stage.say("Somebody works in the drive:");
      edit(simulator.model()).forEach(line -> stage.say("  " + line));
      stage.say("The next backup asks for the changes only.");
      stage.cloudstic("backup", "-source", "onedrive-changes");
      stage.cloudstic("list");
      stage.say("Back again, into an empty directory:");
      stage.cloudstic("restore", "latest", "-output", where.resolve("restored").toString());
      stage.cloudstic("check", "-read-data");
      compare(stage, simulator.model(), where.resolve("restored"));
      stage.say("");
      stage.say("Everything stays in " + where + ". Look into it with the same variables:");
      stage.exports().forEach(line -> stage.say("  " + line));
      stage.say("  cloudstic ls latest");
      stage.say("  restic -r " + where.resolve("repository") + " snapshots");
    }
    return ExitCode.DONE;
  }

  private Path place() throws IOException {
    if (directory == null) {
      return Files.createTempDirectory("cloudstic-demo-");
    }
    Files.createDirectories(directory);
    try (var entries = Files.list(directory)) {
      if (entries.findAny().isPresent()) {
        throw new UsageException(directory + " is not empty", "name an empty or new directory");
      }
    }
    return directory.toAbsolutePath().normalize();
  }

  /** One edit of each kind; returns what was done, for people. */
  private static List<String> edit(DriveModel drive) {
    List<Item> files = drive.live().stream().filter(DemoCommand::isPlainFile).toList();
    Item folder =
        drive.children(drive.root()).stream()
            .filter(item -> item.isFolder() && item.childCount() > 0)
            .findFirst()
            .orElseThrow();
    Item edited = files.get(0);
    Item deleted = files.get(1);
    Item moved = files.stream().filter(file -> !file.isWithin(folder)).skip(2).findFirst().get();
    String before = folder.path();
    String from = moved.path();
    String gone = deleted.path();
    String changed = edited.path();
    drive.put("/Demo/letter.txt", "Dear reader, this file is new.\n");
    drive.edit(edited, new GeneratedContent(99, 3_000_000, true));
    drive.delete(deleted);
    drive.move(moved, drive.folder("/Demo"));
    drive.rename(folder, folder.name() + " (renamed)");
    drive.put("/Demo/empty.txt", new BytesContent(new byte[0]));
    return List.of(
        "new:     /Demo/letter.txt, /Demo/empty.txt",
        "changed: " + changed,
        "deleted: " + gone,
        "moved:   " + from + " -> " + moved.path(),
        "renamed: " + before + " -> " + folder.path() + ", with all that is in it");
  }

  private static boolean isPlainFile(Item item) {
    return item.isFile() && item.content() != null && item.served() == item.content();
  }

  private static void compare(DemoStage stage, DriveModel drive, Path restored) throws IOException {
    DriveComparison comparison = DriveComparison.of(drive, restored);
    if (!comparison.differences().isEmpty()) {
      throw new CloudsticException(
          ExitCode.FAILED,
          "the restored files differ from the drive: " + comparison.differences().get(0),
          "this is a fault of the program: please report it",
          null);
    }
    stage.say(
        String.format(
            "Compared with the drive: %d files and %d folders, %s, equal byte for byte.",
            comparison.files(), comparison.folders(), Units.bytes(comparison.bytes())));
  }
}
