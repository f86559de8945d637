package io.cloudstic.simulator;

import io.cloudstic.simulator.drive.BytesContent;
import io.cloudstic.simulator.drive.DriveModel;
import io.cloudstic.simulator.drive.Item;
import io.cloudstic.simulator.drive.Tombstones;
import io.cloudstic.simulator.wire.Effect;
import java.util.List;

/** What stands in a drive for a mood, and what is done to it between the runs. */
final class Scenes {
  private Scenes() {}

  /** For {@link #ordinaryDay}. */
  static void ordinaryStage(DriveModel drive) {
    drive.put("/Day/plans/2026/one.txt", "one");
    drive.put("/Day/plans/2026/deep/two.txt", "two");
    drive.put("/Day/edited.txt", "before");
    drive.put("/Day/renamed.txt", "renamed");
    drive.put("/Day/gone/with/all.txt", "gone");
    drive.put("/Day/gone alone.txt", "gone alone");
    drive.folder("/Day/empty");
  }

  /** One change of each kind that people make every day. */
  static void ordinaryDay(DriveModel drive) {
    drive.put("/Day/new/letter.txt", "Dear reader");
    drive.edit(drive.at("/Day/edited.txt"), BytesContent.of("after"));
    drive.rename(drive.at("/Day/renamed.txt"), "renamed again.txt");
    drive.rename(drive.at("/Day/plans"), "Pläne");
    drive.move(drive.at("/Day/Pläne/2026"), drive.at("/Day/empty"));
    drive.delete(drive.at("/Day/gone"));
    drive.delete(drive.at("/Day/gone alone.txt"));
  }

  /** Folders in folders with a file in each, for the scenes below. */
  static void tree(DriveModel drive) {
    for (String top : List.of("A", "B", "C")) {
      drive.put("/Scene/" + top + "/file.txt", "in " + top);
      drive.put("/Scene/" + top + "/inner/file.txt", "in inner of " + top);
      drive.put("/Scene/" + top + "/inner/deep/file.txt", "in deep of " + top);
    }
  }

  static void deleteTopOnly(DriveModel drive) {
    drive.delete(drive.at("/Scene/A"), Tombstones.TOP_ONLY);
    drive.delete(drive.at("/Scene/B"), Tombstones.SOME);
  }

  static void deleteUntold(DriveModel drive) {
    drive.delete(drive.at("/Scene/A"), Tombstones.NONE);
    drive.delete(drive.at("/Scene/B/file.txt"), Tombstones.NONE);
  }

  static void moveOutAndDelete(DriveModel drive) {
    drive.changing(
        () -> {
          drive.move(drive.at("/Scene/A/inner/deep"), drive.at("/Scene/C"));
          drive.move(drive.at("/Scene/A/file.txt"), drive.at("/Scene"));
          drive.delete(drive.at("/Scene/A"));
          drive.move(drive.at("/Scene/B/inner"), drive.root());
          drive.delete(drive.at("/Scene/B"), Tombstones.TOP_ONLY);
          return null;
        });
  }

  static void swapFolders(DriveModel drive) {
    drive.swapNames(drive.at("/Scene/A"), drive.at("/Scene/B"));
    drive.swapNames(drive.at("/Scene/C/file.txt"), drive.at("/Scene/C/inner"));
  }

  /** A/inner/deep becomes deep/inner/A; B and C go where they are hard to follow. */
  static void turnUpsideDown(DriveModel drive) {
    drive.changing(
        () -> {
          Item a = drive.at("/Scene/A");
          Item inner = drive.at("/Scene/A/inner");
          Item deep = drive.at("/Scene/A/inner/deep");
          drive.move(deep, drive.root());
          drive.move(inner, deep);
          drive.move(a, inner);
          Item b = drive.at("/Scene/B");
          Item c = drive.at("/Scene/C");
          drive.move(drive.at("/Scene/B/inner"), c, "was B's");
          drive.move(c, b, "under B");
          drive.move(b, a);
          return null;
        });
  }

  static void caseNames(DriveModel drive) {
    drive.put("/Scene/Readme.txt", "one");
    drive.put("/Scene/README.txt", "two");
    drive.put("/Scene/readme.txt", "three");
    drive.put("/Scene/Photos/a.txt", "a");
    drive.put("/Scene/photos/b.txt", "b");
  }

  static void changeCase(DriveModel drive) {
    drive.rename(drive.at("/Scene/README.txt"), "rEADME.txt");
    drive.edit(drive.at("/Scene/readme.txt"), BytesContent.of("three, edited"));
    drive.swapNames(drive.at("/Scene/Photos"), drive.at("/Scene/photos"));
  }

  static void makeFillMove(DriveModel drive) {
    drive.put("/Scene/A/made/file.txt", "filled");
    drive.put("/Scene/A/made/more/file.txt", "filled too");
    drive.move(drive.at("/Scene/A/made"), drive.at("/Scene/B"), "made and moved");
    drive.oddities().hush(drive.at("/Scene/B/made and moved/file.txt"));
    drive.oddities().hush(drive.at("/Scene/B/made and moved/more"));
    drive.oddities().hush(drive.at("/Scene/B/made and moved/more/file.txt"));
  }

  static void copyUntold(DriveModel drive) {
    drive.copy(drive.at("/Scene/A"), drive.at("/Scene/B"), "copy of A", false);
  }

  static void copyMeanwhile(Simulator simulator) {
    DriveModel drive = simulator.model();
    simulator
        .faults()
        .on("^graph GET .*delta")
        .fromMatch(2)
        .once()
        .then(
            new Effect.Before(
                () -> drive.copy(drive.at("/Scene/A"), drive.root(), "copy of A", true)));
    simulator
        .faults()
        .on("^graph GET .*delta")
        .when(() -> simulator.runs().reached(2))
        .once()
        .then(
            new Effect.Before(
                () -> drive.copy(drive.at("/Scene/B"), drive.root(), "copy of B", false)));
  }

  static void recreate(DriveModel drive) {
    recreate(drive, Tombstones.ALL);
  }

  static void recreateUntold(DriveModel drive) {
    recreate(drive, Tombstones.NONE);
  }

  private static void recreate(DriveModel drive, Tombstones tombstones) {
    drive.delete(drive.at("/Scene/A"), tombstones);
    drive.put("/Scene/A/file.txt", "in the new A");
    drive.delete(drive.at("/Scene/B/file.txt"), tombstones);
    drive.put("/Scene/B/file.txt", "the new file");
    drive.delete(drive.at("/Scene/C/inner"), tombstones);
    drive.put("/Scene/C/inner", "a file where a folder was");
  }

  static void bin(DriveModel drive) {
    drive.delete(drive.at("/Scene/A"));
    drive.delete(drive.at("/Scene/B/inner"));
  }

  static void unbin(DriveModel drive) {
    drive.restore(deleted(drive, "A"), false);
    drive.restore(deleted(drive, "inner"), true);
  }

  private static Item deleted(DriveModel drive, String name) {
    return drive.changedSince(0).stream()
        .filter(item -> item.isDeleted() && item.name().equals(name))
        .filter(item -> !item.parent().isDeleted())
        .findFirst()
        .orElseThrow();
  }

  static void circle(DriveModel drive, boolean everywhere) {
    drive.oddities().misplace(drive.at("/Scene/A"), drive.at("/Scene/B").id(), everywhere);
    drive.oddities().misplace(drive.at("/Scene/B"), drive.at("/Scene/A").id(), everywhere);
  }

  static void unknownParent(DriveModel drive, boolean everywhere) {
    drive.oddities().misplace(drive.at("/Scene/A/inner"), "no-such-folder", everywhere);
    drive.oddities().misplace(drive.put("/Scene/B/new.txt", "new"), "none-either", everywhere);
  }

  static void vanish(DriveModel drive) {
    drive.changing(
        () -> {
          Item stays = drive.at("/Scene/C/file.txt");
          drive.move(stays, drive.root(), "all that is left.txt");
          for (Item item : drive.children(drive.root())) {
            if (item != stays) {
              drive.delete(item);
            }
          }
          return null;
        });
  }

  static void encrypt(DriveModel drive) {
    drive.changing(
        () -> {
          for (Item item : drive.live()) {
            if (item.isFile()) {
              drive.edit(item, BytesContent.of("pay us " + item.ordinal()));
              drive.rename(item, item.name() + ".locked");
            }
          }
          return null;
        });
  }
}
