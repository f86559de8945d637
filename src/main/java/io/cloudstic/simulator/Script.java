package io.cloudstic.simulator;

import io.cloudstic.simulator.drive.DriveModel;
import io.cloudstic.simulator.graph.FeedShape;
import io.cloudstic.simulator.graph.Quirk;
import io.cloudstic.simulator.wire.Faults;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * What a mood does: to the set-up before the simulator starts, to drive and fault plan when it has
 * started, and to the drive between the runs of a client. Filled in by chained calls. A script
 * without edits of its own has those of {@link Scenes#ordinaryDay} before the second run.
 */
final class Script {
  private final List<Consumer<SimulatorOptions>> settings = new ArrayList<>();
  private final List<Consumer<Simulator>> beginnings = new ArrayList<>();
  private final Map<Integer, Consumer<DriveModel>> edits = new TreeMap<>();

  /** Feeds and listings are odd in these ways. */
  static Script quirk(Quirk... quirks) {
    return shape(shape -> shape.with(quirks));
  }

  /** Feeds and listings have another shape. */
  static Script shape(UnaryOperator<FeedShape> change) {
    return new Script().settings(options -> options.shape(change.apply(options.shape)));
  }

  /** These things go wrong. */
  static Script faults(BiConsumer<Faults, Runs> plan) {
    return new Script().beginning(simulator -> plan.accept(simulator.faults(), simulator.runs()));
  }

  /** The drive has this too, from the beginning. */
  static Script stage(Consumer<DriveModel> scene) {
    return new Script().beginning(simulator -> scene.accept(simulator.model()));
  }

  /** Does what the other one does as well. */
  Script and(Script other) {
    settings.addAll(other.settings);
    beginnings.addAll(other.beginnings);
    edits.putAll(other.edits);
    return this;
  }

  /** Changes the set-up before the start. */
  Script settings(Consumer<SimulatorOptions> change) {
    settings.add(change);
    return this;
  }

  /** Happens once, when the simulator has started and nobody has called yet. */
  Script beginning(Consumer<Simulator> action) {
    beginnings.add(action);
    return this;
  }

  /** Happens to the drive between the first run and the second. */
  Script edit(Consumer<DriveModel> edit) {
    return edit(2, edit);
  }

  /** Happens to the drive right before a run, counted from 1. */
  Script edit(int beforeRun, Consumer<DriveModel> edit) {
    edits.put(beforeRun, edit);
    return this;
  }

  void set(SimulatorOptions options) {
    settings.forEach(change -> change.accept(options));
  }

  void begin(Simulator simulator) {
    DriveModel drive = simulator.model();
    boolean mirror = simulator.mirrorsDirectory();
    Map<Integer, Consumer<DriveModel>> all =
        edits.isEmpty() ? Map.of(2, Scenes::ordinaryDay) : edits;
    if (edits.isEmpty() && !mirror) {
      Scenes.ordinaryStage(drive);
    }
    beginnings.forEach(action -> action.accept(simulator));
    if (!mirror) {
      simulator
          .runs()
          .onBegin(
              run -> {
                if (all.containsKey(run)) {
                  all.get(run).accept(drive);
                }
              });
    }
  }

  /** Whether it changes the drive itself, which a directory's mirror cannot bear. */
  boolean needsOwnDrive() {
    return !edits.isEmpty();
  }
}
