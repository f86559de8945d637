package io.cloudstic.simulator;

import io.cloudstic.simulator.drive.DriveModel;
import io.cloudstic.simulator.drive.GeneratedContent;
import io.cloudstic.simulator.drive.Item;
import io.cloudstic.simulator.drive.Trait;
import io.cloudstic.simulator.wire.Effect;
import io.cloudstic.simulator.wire.Effect.DownloadFault;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Moods of the storage host and of single files. In most of them an ordinary day goes by between
 * the runs, and one file, {@link #TROUBLED}, is edited besides.
 */
final class ContentScripts {
  /** The file that the trouble is with, where it is with one. */
  static final String TROUBLED = "/Trouble/file.bin";

  private static final String STORAGE = "^storage GET";
  private static final int NEIGHBOURS = 5;

  private ContentScripts() {}

  /** All URLs given so far expire at the first download of each run. */
  static Script expired(int status) {
    return day()
        .beginning(
            simulator -> {
              Effect expire = new Effect.Before(() -> simulator.expireDownloadUrls(status));
              for (int run = 1; run <= 3; run++) {
                simulator.faults().on(STORAGE).when(during(simulator, run)).once().then(expire);
              }
            });
  }

  /** All files are odd in this way, those too that come later. */
  static Script all(Trait trait) {
    Consumer<DriveModel> mark =
        drive ->
            drive.live().stream()
                .filter(Item::isFile)
                .forEach(file -> drive.oddities().mark(file, trait));
    return stage()
        .beginning(simulator -> mark.accept(simulator.model()))
        .edit(
            drive -> {
              ordinaryDay(drive);
              mark.accept(drive);
            });
  }

  static Script dropped() {
    return day()
        .and(
            Script.faults(
                (faults, runs) ->
                    faults
                        .on(STORAGE)
                        .times(3)
                        .then(new Effect.Reset())
                        .on(STORAGE)
                        .fromMatch(4)
                        .times(3)
                        .then(new Effect.Cut(700))));
  }

  static Script stalled() {
    Effect stall = new Effect.Stall(1_000, Duration.ofHours(1));
    return day().and(Script.faults((faults, runs) -> faults.on(STORAGE).times(3).then(stall)));
  }

  /** Connections break, and ranges are answered wrongly for ever. */
  static Script ranges(DownloadFault fault) {
    return day()
        .beginning(
            simulator ->
                simulator
                    .faults()
                    .on(STORAGE + ".*" + guid(simulator))
                    .times(2)
                    .then(new Effect.Cut(20_000))
                    .on(STORAGE)
                    .then(new Effect.Download(fault)));
  }

  /** The first downloads of each run bring something else. */
  static Script other(DownloadFault fault, int times) {
    return day()
        .beginning(
            simulator -> {
              for (int run = 1; run <= 3; run++) {
                simulator
                    .faults()
                    .on(STORAGE)
                    .when(during(simulator, run))
                    .times(times)
                    .then(new Effect.Download(fault));
              }
            });
  }

  /** Downloads give other bytes than the metadata speak of, always the same. */
  static Script served(long bytes) {
    return stage()
        .beginning(simulator -> serve(simulator.model(), bytes))
        .edit(ContentScripts::ordinaryDay);
  }

  private static void serve(DriveModel drive, long bytes) {
    Item file = drive.at(TROUBLED);
    long size = bytes == 0 ? file.content().size() : bytes;
    drive.oddities().serve(file, new GeneratedContent(77, size, false));
  }

  /**
   * A file changes while it is read, the connection breaking meanwhile.
   *
   * @param requests for its content in the first run that this happens to, resumed ones included
   */
  static Script changing(int requests) {
    return day()
        .beginning(
            simulator -> {
              DriveModel drive = simulator.model();
              Item file = drive.at(TROUBLED);
              AtomicInteger version = new AtomicInteger(10);
              Runnable edit =
                  () -> {
                    int next = version.incrementAndGet();
                    drive.edit(file, new GeneratedContent(next, 80_000 + next, false));
                  };
              simulator
                  .faults()
                  .on(STORAGE + ".*" + guid(simulator))
                  .when(during(simulator, 1))
                  .times(requests)
                  .then(new Effect.During(10_000, edit), new Effect.Cut(20_000));
            });
  }

  /** The changed file has this oddity in the second run, and none in the third. */
  static Script passing(Trait trait) {
    return stage()
        .edit(
            2,
            drive -> {
              busyDay(drive);
              drive.oddities().mark(drive.at(TROUBLED), trait);
            })
        .edit(3, drive -> drive.oddities().unmark(drive.at(TROUBLED), trait));
  }

  /** The changed file is listed in the second run, but nobody gets it; then it is deleted. */
  static Script gone() {
    return stage()
        .edit(
            2,
            drive -> {
              busyDay(drive);
              drive.oddities().mark(drive.at(TROUBLED), Trait.VANISHED);
            })
        .edit(3, drive -> drive.delete(drive.at(TROUBLED)));
  }

  /**
   * The changed file is refused for all of the second run, and given out in the third.
   *
   * @param code of Graph's error for its content
   */
  static Script refused(int status, String code) {
    return day()
        .beginning(
            simulator -> {
              BooleanSupplier second = during(simulator, 2);
              String id = simulator.model().at(TROUBLED).id().replace("!", "(!|%21)");
              simulator
                  .faults()
                  .on(STORAGE + ".*" + guid(simulator))
                  .when(second)
                  .then(Effect.html(status))
                  .on("^graph GET .*items/" + id + "/content")
                  .when(second)
                  .then(Effect.graphError(status, code, "Not now."));
            });
  }

  /** A busy day, and nothing odd about anything yet. */
  private static Script day() {
    return stage().edit(ContentScripts::busyDay);
  }

  private static Script stage() {
    return Script.stage(
        drive -> {
          Scenes.ordinaryStage(drive);
          for (int i = 0; i < NEIGHBOURS; i++) {
            drive.put("/Trouble/" + i + ".bin", new GeneratedContent(100 + i, 40_000 + i, false));
          }
          drive.put(TROUBLED, new GeneratedContent(1, 100_000, false));
        });
  }

  private static void ordinaryDay(DriveModel drive) {
    Scenes.ordinaryDay(drive);
  }

  private static void busyDay(DriveModel drive) {
    Scenes.ordinaryDay(drive);
    drive.edit(drive.at(TROUBLED), new GeneratedContent(2, 90_000, false));
  }

  private static String guid(Simulator simulator) {
    return simulator.model().guid(simulator.model().at(TROUBLED));
  }

  private static BooleanSupplier during(Simulator simulator, int run) {
    return () -> simulator.runs().number() == run;
  }
}
