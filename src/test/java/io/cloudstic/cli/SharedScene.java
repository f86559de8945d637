package io.cloudstic.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudstic.simulator.Simulator;
import io.cloudstic.simulator.SimulatorOptions;
import io.cloudstic.simulator.graph.Limits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Where restic and this program take turns: two repositories, a directory and a drive that change,
 * and what must be in the snapshots that were made of them.
 */
final class SharedScene implements AutoCloseable {
  /** What a snapshot holds, below a folder of its tree. */
  record Made(FileState files, String below) {}

  final Random random;
  final Workplace workplace;
  final SharedRepository first;
  final SharedRepository second;
  final Path data;

  private final String place;
  private final Simulator simulator;
  private final ChangingFiles files;
  private final List<String> told = new ArrayList<>();

  /** By the time of the snapshot, which outlives tags and copies. */
  private final Map<String, Made> made = new HashMap<>();

  SharedScene(long seed, Path directory) throws Exception {
    place = directory.toString();
    random = new Random(seed);
    files = new ChangingFiles(random);
    data = Files.createDirectories(directory.resolve("data"));
    Files.createDirectories(data.resolve("empty"));
    simulator = Simulator.start(SimulatorOptions.lifelike().limits(Limits.NONE).seed(seed));
    workplace = Workplace.empty(directory.resolve("work")).on(simulator);
    int version = 1 + (int) (seed % 2);
    first = new SharedRepository(directory.resolve("first"), workplace, "the first", version);
    second =
        new SharedRepository(
            directory.resolve("second"), workplace, "the other", 1 + random.nextInt(2));
    tell("a repository of version " + version);
  }

  /** Notes what was done, for the message of a failure. */
  void tell(String what) {
    told.add(what.replaceAll("\\b([0-9a-f]{8})[0-9a-f]{56}\\b", "$1").replace(place, ""));
  }

  void tell(boolean ours, String what) {
    tell((ours ? "cloudstic " : "restic ") + what);
  }

  String told() {
    return String.join("; ", told);
  }

  SharedRepository other(SharedRepository one) {
    return one == first ? second : first;
  }

  /** Changes the directory; what it holds now. */
  Made changedFiles() throws Exception {
    files.change(data);
    return new Made(FileState.of(data), data.toString().substring(1));
  }

  /** Changes the drive; what it holds now. */
  Made changedDrive() {
    files.change(simulator.model());
    return new Made(FileState.of(simulator.model()), "");
  }

  String anyTag() {
    return "t" + random.nextInt(3);
  }

  /** One time in so many. */
  boolean oneIn(int many) {
    return random.nextInt(many) == 0;
  }

  /** All snapshots from before are still there, and so many new ones, which hold this. */
  void expectAdded(SharedRepository repository, int count, Made state) throws Exception {
    Map<String, JsonNode> before = repository.snapshots();
    Map<String, JsonNode> after = repository.look(random.nextBoolean());
    assertThat(after.keySet()).containsAll(before.keySet());
    List<String> added = after.keySet().stream().filter(id -> !before.containsKey(id)).toList();
    assertThat(added).hasSize(count);
    for (String id : added) {
      assertThat(made.put(repository.time(id), state)).as("time of %s", id).isNull();
    }
  }

  /** Exactly these snapshots are there. */
  void expectOnly(SharedRepository repository, Iterable<String> ids) throws Exception {
    assertThat(repository.look(random.nextBoolean()).keySet())
        .containsExactlyInAnyOrderElementsOf(ids);
  }

  /** The same snapshots are there as before. */
  void expectUnchanged(SharedRepository repository) throws Exception {
    expectOnly(repository, repository.snapshots().keySet());
  }

  /** What a snapshot must hold. */
  Made made(String time) {
    return made.get(time);
  }

  /** Whether this is the time of a snapshot that was made here. */
  boolean knows(String time) {
    return made.containsKey(time);
  }

  /** A snapshot of what was just looked at turned up. */
  void know(String time, Made state) {
    made.put(time, state);
  }

  /** Restores a snapshot, which must be what it was made of. */
  void restore(SharedRepository repository, boolean ours, String id) throws Exception {
    Path target = Files.createTempDirectory(repository.scratch(), "restored");
    List<String> arguments = new ArrayList<>(List.of("restore", id));
    arguments.addAll(List.of(ours ? "--output" : "--target", target.toString()));
    if (oneIn(4)) {
      arguments.add("--verify");
    }
    repository.succeed(ours, arguments);
    expect(repository, id, target);
  }

  /** A directory holds what a snapshot must hold. */
  void expect(SharedRepository repository, String id, Path target) throws Exception {
    Made expected = made(repository.time(id));
    assertThat(expected.files().differences(FileState.of(target.resolve(expected.below()))))
        .as("restored from %s", id)
        .isEmpty();
  }

  @Override
  public void close() {
    simulator.close();
  }
}
