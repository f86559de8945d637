package io.cloudstic.simulator.graph;

import io.cloudstic.simulator.drive.DriveModel;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Whose drives there are; a user's first drive is the default one. Thread-safe. */
final class Users {
  private record Owned(Profile owner, DriveModel drive) {}

  private final Profile signedIn;
  private final List<Owned> drives = new CopyOnWriteArrayList<>();

  Users(Profile signedIn) {
    this.signedIn = signedIn;
  }

  /** Gives a user one more drive. */
  void add(Profile owner, DriveModel drive) {
    drives.add(new Owned(owner, drive));
  }

  /** The user of this object id or principal name; whoever signed in for null. */
  Optional<Profile> find(String name) {
    if (name == null || is(signedIn, name)) {
      return Optional.of(signedIn);
    }
    return drives.stream().map(Owned::owner).filter(owner -> is(owner, name)).findFirst();
  }

  private static boolean is(Profile profile, String name) {
    return profile.id().equalsIgnoreCase(name)
        || profile.userPrincipalName().equalsIgnoreCase(name);
  }

  /** The drives of a user. */
  List<DriveModel> drivesOf(Profile owner) {
    return drives.stream().filter(one -> one.owner().equals(owner)).map(Owned::drive).toList();
  }

  /** The drive of this id, in any spelling. */
  Optional<DriveModel> drive(String id) {
    return drives.stream().map(Owned::drive).filter(drive -> drive.isDriveId(id)).findFirst();
  }

  /** Whose drive it is. */
  Profile ownerOf(DriveModel drive) {
    return drives.stream()
        .filter(one -> one.drive() == drive)
        .map(Owned::owner)
        .findFirst()
        .orElse(signedIn);
  }
}
