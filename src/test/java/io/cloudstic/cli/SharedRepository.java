package io.cloudstic.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.cloudstic.restic.EmptyRepository;
import io.cloudstic.restic.ResticProgram;
import io.cloudstic.restic.TestEnvironment;
import io.cloudstic.restic.crypto.KdfCost;
import io.cloudstic.restic.repository.KeyChanges;
import io.cloudstic.restic.repository.Repository;
import io.cloudstic.run.Stop;
import io.cloudstic.store.LocalStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/** One repository that restic and this program work on, and the snapshots that were seen in it. */
final class SharedRepository {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path place;
  private final Path scratch;
  private final Workplace workplace;
  private String password;
  private Map<String, JsonNode> snapshots = Map.of();

  /** Makes an empty one. */
  SharedRepository(Path place, Workplace workplace, String password, int version)
      throws IOException {
    this.place = place;
    this.workplace = workplace;
    this.password = password;
    this.scratch = Files.createDirectories(place.resolveSibling(place.getFileName() + "-scratch"));
    EmptyRepository.make(place, password, version);
  }

  Path place() {
    return place;
  }

  String password() {
    return password;
  }

  /** Where files of a test may lie. */
  Path scratch() {
    return scratch;
  }

  ResticProgram restic() {
    return new ResticProgram(place, password, scratch);
  }

  /** Runs a command of this program here, whatever its exit code. */
  Workplace.Run ours(Stop stop, Collection<String> arguments) {
    List<String> all = new ArrayList<>(arguments);
    all.addAll(List.of("--store", "local:" + place, "--password", password));
    return workplace.run(stop, all.toArray(String[]::new));
  }

  /** Runs a command of this program here, which must end so. */
  Workplace.Run ours(int exit, String... arguments) {
    Workplace.Run run = ours(new Stop(), List.of(arguments));
    assertThat(run.exit())
        .as("exit code of %s: %s%s", List.of(arguments), run.out(), run.err())
        .isEqualTo(exit);
    return run;
  }

  /** Runs a command that both programs spell alike, which must succeed; its standard output. */
  String succeed(boolean ours, Collection<String> arguments) throws Exception {
    String[] all = arguments.toArray(String[]::new);
    return ours ? ours(0, all).out() : new String(restic().succeed(all), StandardCharsets.UTF_8);
  }

  /** The same with JSON in the output: a document, or several of them as one list. */
  JsonNode json(boolean ours, Collection<String> arguments) throws Exception {
    List<String> all = new ArrayList<>(arguments);
    all.add("--json");
    ArrayNode documents = JSON.createArrayNode();
    JsonParser parser = JSON.createParser(succeed(ours, all));
    for (JsonNode next; (next = JSON.readTree(parser)) != null; ) {
      documents.add(next);
    }
    return documents.size() == 1 ? documents.get(0) : documents;
  }

  JsonNode json(boolean ours, String... arguments) throws Exception {
    return json(ours, List.of(arguments));
  }

  /** What was seen last, by id. */
  Map<String, JsonNode> snapshots() {
    return snapshots;
  }

  /** Looks again; the snapshots by id, as one of the programs shows them. */
  Map<String, JsonNode> look(boolean ours) throws Exception {
    Map<String, JsonNode> seen = new TreeMap<>();
    json(ours, "snapshots").forEach(snapshot -> seen.put(snapshot.path("id").asText(), snapshot));
    snapshots = seen;
    return seen;
  }

  /** The id of one that was seen last. */
  String any(Random random) {
    return List.copyOf(snapshots.keySet()).get(random.nextInt(snapshots.size()));
  }

  /** The time of one that was seen last, which outlives tags and copies. */
  String time(String id) {
    return snapshots.get(id).path("time").asText();
  }

  /**
   * From now on this is the password, and a cheap one: programs choose keys that take seconds of
   * every run.
   */
  void cheapPassword(String current, String next) {
    try (Repository repository =
        Repository.open(new LocalStore(place), current.toCharArray(), TestEnvironment.create())) {
      new KeyChanges(repository)
          .replaceOwn(
              next.toCharArray(), KdfCost.LOWEST, KeyChanges.Owner.of(TestEnvironment.create()));
    }
    password = next;
  }

  /** The files of a kind that lie there, such as of {@code index}. */
  List<Path> files(String kind) throws IOException {
    Path directory = place.resolve(kind);
    if (!Files.exists(directory)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
