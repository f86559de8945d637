package io.cloudstic.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudstic.cli.SharedScene.Made;
import io.cloudstic.restic.ResticProgram;
import io.cloudstic.run.Stop;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** Turns that both take at once, or that end before they are done. */
final class CompanyTurns {
  private static final int LOCKED = 11;
  private static final int STOPPED = 130;

  private final SharedScene scene;
  private final Random random;

  CompanyTurns(SharedScene scene) {
    this.scene = scene;
    this.random = scene.random;
  }

  /**
   * One command, of which it is known what it does to the snapshots.
   *
   * @param adds whether there is a new one afterwards
   * @param subject the snapshot that it takes away or writes anew, or null
   * @param stays whether the subject is there afterwards, under another id
   */
  private record Move(List<String> arguments, boolean adds, String subject, boolean stays) {
    static Move harmless(String... arguments) {
      return new Move(List.of(arguments), false, null, false);
    }
  }

  /** A move of one of the two that concerns no other snapshot than this. */
  private Move move(boolean ours, SharedRepository repository, String id) throws IOException {
    String target = repository.scratch().resolve("target-" + ours + random.nextInt()).toString();
    String[] backup =
        ours
            ? new String[] {"backup", "--source", "local:" + scene.data}
            : new String[] {"backup", scene.data.toString(), "--force"};
    return switch (random.nextInt(10)) {
      case 0, 1, 2 -> new Move(List.of(backup), true, null, false);
      case 3 -> new Move(List.of("forget", id), false, id, false);
      case 4 -> new Move(List.of("tag", "--add", "new" + random.nextInt(), id), false, id, true);
      case 5 -> Move.harmless("prune", "--max-unused", "0");
      case 6 -> Move.harmless("check", "--read-data");
      case 7 -> Move.harmless("restore", id, ours ? "--output" : "--target", target);
      case 8 -> Move.harmless("ls", id);
      default -> Move.harmless("find", "*.txt");
    };
  }

  /** Both at the same time. Whoever is kept out by the other's lock says so, and does nothing. */
  void atOnce(SharedRepository repository, boolean patient) throws Exception {
    List<String> ids = new ArrayList<>(repository.snapshots().keySet());
    Collections.shuffle(ids, random);
    Made made = scene.changedFiles();
    Move ours = move(true, repository, ids.get(0));
    Move theirs = move(false, repository, ids.get(ids.size() - 1));
    if (ids.size() == 1 && ours.subject() != null) {
      theirs = Move.harmless("check");
    } else if (ids.size() == 1 && theirs.subject() != null) {
      ours = Move.harmless("stats");
    }
    scene.tell("at once: " + ours.arguments() + " and restic " + theirs.arguments());
    List<String> arguments = new ArrayList<>(ours.arguments());
    if (patient) {
      arguments.addAll(List.of("--retry-lock", "2m"));
    }
    String[] command = theirs.arguments().toArray(String[]::new);
    ResticProgram restic = repository.restic();
    CompletableFuture<ResticProgram.Result> company =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return restic.run(command);
              } catch (IOException | InterruptedException e) {
                throw new CompletionException(e);
              }
            });
    TimeUnit.MILLISECONDS.sleep(random.nextInt(300));
    Workplace.Run run = repository.ours(new Stop(), arguments);
    ResticProgram.Result result = company.get();

    assertThat(run.exit()).as(run.err()).isIn(patient ? List.of(0) : List.of(0, LOCKED));
    if (result.exit() != 0) {
      assertThat(result.all()).contains("already locked");
    }
    List<Move> moves = new ArrayList<>();
    if (run.exit() == 0) {
      moves.add(ours);
    }
    if (result.exit() == 0) {
      moves.add(theirs);
    }
    expect(repository, moves, made);
    assertThat(repository.files("locks")).isEmpty();
  }

  private void expect(SharedRepository repository, List<Move> moves, Made made) throws Exception {
    Map<String, String> expected = new TreeMap<>();
    repository.snapshots().keySet().forEach(id -> expected.put(repository.time(id) + id, id));
    int more = 0;
    for (Move move : moves) {
      more += move.adds() ? 1 : 0;
      if (move.subject() != null) {
        String time = repository.time(move.subject());
        expected.remove(time + move.subject());
        if (move.stays()) {
          expected.put(time + "another", "another");
        }
      }
    }
    Map<String, JsonNode> before = repository.snapshots();
    Map<String, String> actual = new TreeMap<>();
    int added = 0;
    for (String id : repository.look(random.nextBoolean()).keySet()) {
      String time = repository.time(id);
      if (before.containsKey(id)) {
        actual.put(time + id, id);
      } else if (scene.knows(time)) {
        actual.put(time + "another", "another");
      } else {
        scene.know(time, made);
        added++;
      }
    }
    assertThat(actual).isEqualTo(expected);
    assertThat(added).isEqualTo(more);
  }

  /** Ctrl-C at any moment. */
  void stopOurs(SharedRepository repository, boolean more) throws Exception {
    Made made = scene.changedFiles();
    SharedRepository source = scene.other(repository);
    List<String> arguments =
        switch (random.nextInt(4)) {
          case 0 -> List.of("backup", "--source", "local:" + scene.data);
          case 1 -> List.of("prune", "--max-unused", "0", "--grace", "0", "--repack-small");
          case 2 -> List.of("repair", "index", "--read-all-packs", "--apply");
          default ->
              List.of(
                  "copy",
                  "--from-store",
                  "local:" + source.place(),
                  "--from-password",
                  source.password());
        };
    int delay = random.nextInt(400);
    scene.tell(true, String.join(" ", arguments) + " stopped after " + delay + " ms");
    Stop stop = new Stop();
    Thread stopper =
        new Thread(
            () -> {
              try {
                TimeUnit.MILLISECONDS.sleep(delay);
                stop.ask();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    stopper.start();
    Workplace.Run run = repository.ours(stop, arguments);
    stopper.join();
    assertThat(run.exit()).as(run.err()).isIn(0, STOPPED);
    assertThat(repository.files("locks")).isEmpty();
    repository.succeed(false, List.of("check"));

    Map<String, JsonNode> before = repository.snapshots();
    Map<String, JsonNode> after = repository.look(random.nextBoolean());
    assertThat(after.keySet()).containsAll(before.keySet());
    for (String id : after.keySet()) {
      String time = repository.time(id);
      if (!scene.knows(time)) {
        assertThat(arguments).contains("backup");
        scene.know(time, made);
      } else if (!before.containsKey(id)) {
        assertThat(arguments).contains("copy");
      }
    }
  }

  /** A killed restic leaves packs and its lock, which somebody removes. */
  void killRestic(SharedRepository repository, boolean ours) throws Exception {
    scene.tell("restic is killed; unlock by " + (ours ? "cloudstic" : "restic"));
    Process restic = repository.restic().start("backup", "--stdin", "--pack-size", "4");
    try (OutputStream in = restic.getOutputStream()) {
      byte[] bytes = new byte[1 << 20];
      for (int i = 0; i < 9; i++) {
        random.nextBytes(bytes);
        in.write(bytes);
      }
      in.flush();
      for (int i = 0; i < 3_000 && repository.files("locks").isEmpty(); i++) {
        TimeUnit.MILLISECONDS.sleep(10);
      }
    } finally {
      restic.destroyForcibly().waitFor();
    }
    assertThat(repository.files("locks")).isNotEmpty();
    assertThat(repository.ours(LOCKED, "prune").err()).contains("unlock");
    repository.succeed(true, List.of("find", "a"));
    repository.succeed(ours, List.of("unlock"));
    assertThat(repository.files("locks")).isEmpty();
    scene.expectUnchanged(repository);
  }
}
