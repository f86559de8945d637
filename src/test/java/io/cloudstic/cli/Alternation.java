package io.cloudstic.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Turns of restic and of this program, drawn by lot. */
final class Alternation {
  /** What one of the two does to a repository. */
  @FunctionalInterface
  interface Turn {
    void take(SharedRepository repository, boolean ours) throws Exception;
  }

  private final SharedScene scene;
  private final Random random;
  private final Agreement agreement;
  private final SnapshotTurns snapshots;
  private final TreeMap<Integer, Turn> lots = new TreeMap<>();
  private int tickets;

  Alternation(SharedScene scene) throws Exception {
    this.scene = scene;
    this.random = scene.random;
    this.agreement = new Agreement(random);
    this.snapshots = new SnapshotTurns(scene);
    CareTurns care = new CareTurns(scene);
    CompanyTurns company = new CompanyTurns(scene);
    add(8, snapshots::backUp);
    add(4, snapshots::backUpDrive);
    add(6, snapshots::forget);
    add(3, snapshots::tag);
    add(5, snapshots::copy);
    add(5, care::prune);
    add(2, care::check);
    add(2, care::changeKeys);
    add(3, care::repairIndex);
    add(1, care::rewriteNothing);
    add(1, care::upgrade);
    add(3, this::restore);
    add(1, this::restoreInPlace);
    add(5, this::ask);
    add(7, company::atOnce);
    add(3, company::stopOurs);
    add(2, company::killRestic);
  }

  private void add(int count, Turn turn) {
    lots.put(tickets, turn);
    tickets += count;
  }

  /** Takes so many turns, and judges the result. */
  void play(int turns) throws Exception {
    for (int i = 0; i < turns; i++) {
      SharedRepository repository = scene.oneIn(4) ? scene.second : scene.first;
      Turn turn =
          repository.snapshots().isEmpty()
              ? snapshots::backUp
              : lots.floorEntry(random.nextInt(tickets)).getValue();
      turn.take(repository, random.nextBoolean());
    }
    scene.tell("the end");
    judge(scene.first);
    judge(scene.second);
  }

  private void restore(SharedRepository repository, boolean ours) throws Exception {
    String id = repository.any(random);
    scene.tell(ours, "restore of " + id.substring(0, 8));
    scene.restore(repository, ours, id);
    scene.expectUnchanged(repository);
  }

  /** A directory that held another snapshot, or something else. */
  private void restoreInPlace(SharedRepository repository, boolean ours) throws Exception {
    String id = repository.any(random);
    scene.tell(true, "restore of " + id.substring(0, 8) + " in place of another");
    Path target = Files.createDirectories(scene.first.scratch().resolve("in place"));
    repository.ours(0, "restore", id, "--output", target.toString(), "--delete");
    scene.expect(repository, id, target);
  }

  private void ask(SharedRepository repository, boolean ours) throws Exception {
    scene.tell("both are asked");
    scene.tell(agreement.ask(repository));
  }

  private void judge(SharedRepository repository) throws Exception {
    scene.expectUnchanged(repository);
    repository.succeed(true, List.of("check", "--read-data"));
    repository.succeed(false, List.of("check", "--read-data"));
    for (String id : Map.copyOf(repository.snapshots()).keySet()) {
      scene.restore(repository, true, id);
      scene.restore(repository, false, id);
    }
  }
}
