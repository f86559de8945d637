package io.cloudstic.backup;

import io.cloudstic.failure.UsageException;
import io.cloudstic.onedrive.Account;
import io.cloudstic.onedrive.Drive;
import io.cloudstic.onedrive.DriveIds;
import io.cloudstic.onedrive.Graph;
import io.cloudstic.onedrive.GraphException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Finds the drive that the user means: the account's own, or one by its id or its name. The account
 * is that of {@code -user}, else whoever signed in, else, where an app signed in as itself, the
 * owner of the drive.
 */
final class DriveChoice {
  /** Graph's ways to say that there is no such thing, or none for us. */
  private static final Set<Integer> NOT_THERE = Set.of(400, 403, 404);

  private final Graph graph;
  private final String user;
  private final boolean appOnly;

  /**
   * A choice.
   *
   * @param user an object id or user principal name, or null for whoever is signed in
   * @param appOnly whether an app is signed in, for which there is no {@code /me}
   */
  DriveChoice(Graph graph, String user, boolean appOnly) {
    this.graph = graph;
    this.user = user;
    this.appOnly = appOnly;
  }

  /**
   * What was chosen.
   *
   * @param account whose name the snapshot carries
   * @param drive the drive
   * @param another what the snapshot calls the drive; null for the account's own
   */
  record Chosen(Account account, Drive drive, String another) {}

  /**
   * The drive and its account.
   *
   * @param wanted an id or a name, or null for the account's own
   * @throws UsageException when no drive, or more than one, is called so: it names the candidates
   */
  Chosen of(String wanted) {
    if (user == null && appOnly) {
      if (wanted == null) {
        throw new UsageException(
            "an app signs in (ONEDRIVE_CLIENT_SECRET or ONEDRIVE_CLIENT_CERTIFICATE is set), and an"
                + " app has no drive",
            "name whose drive it is with -user, or the drive with -drive-id");
      }
      Drive drive = byId(wanted, List.of());
      return new Chosen(owner(drive), drive, DriveIds.of(drive).drive());
    }
    Account account = user == null ? graph.account() : null;
    Drive own = wanted == null ? ownDrive() : unlessAbsent(this::callOwnDrive);
    Drive drive = wanted == null ? own : named(wanted, own);
    boolean another = own == null || !DriveIds.of(own).isThisDrive(drive.id());
    return new Chosen(
        account != null ? account : ofUser(own), drive, another ? label(wanted, drive) : null);
  }

  /**
   * As the user called it, in the drive's own spelling, so that spellings share their snapshots.
   */
  private static String label(String wanted, Drive drive) {
    DriveIds ids = DriveIds.of(drive);
    return ids.isThisDrive(wanted) || drive.name() == null ? ids.drive() : drive.name();
  }

  private Drive callOwnDrive() {
    return user == null ? graph.drive() : graph.driveOf(user);
  }

  private Drive ownDrive() {
    try {
      return callOwnDrive();
    } catch (GraphException e) {
      boolean unknown = user != null && (e.status() == 400 || e.status() == 404);
      throw unknown ? unknownUser(e) : e;
    }
  }

  private Drive named(String wanted, Drive own) {
    List<Drive> drives = drives(own);
    for (Drive drive : drives) {
      if (DriveIds.of(drive).isThisDrive(wanted)) {
        return drive;
      }
    }
    List<Drive> fitting = those(drives, drive -> wanted.equals(drive.name()));
    if (fitting.isEmpty()) {
      fitting = those(drives, drive -> wanted.equalsIgnoreCase(drive.name()));
    }
    if (fitting.size() > 1) {
      throw new UsageException(
          "several drives are called " + wanted, "name one by its id: " + names(fitting));
    }
    // Drives of others are in no list, but may be named by their id.
    return fitting.isEmpty() ? byId(wanted, drives) : fitting.get(0);
  }

  private static List<Drive> those(List<Drive> drives, Predicate<Drive> fitting) {
    return drives.stream().filter(fitting).toList();
  }

  /** The account's drives; the list may leave out the own one (rclone#4068). */
  private List<Drive> drives(Drive own) {
    List<Drive> listed = unlessAbsent(() -> user == null ? graph.drives() : graph.drivesOf(user));
    List<Drive> drives = new ArrayList<>();
    if (own != null) {
      drives.add(own);
    }
    for (Drive drive : listed == null ? List.<Drive>of() : listed) {
      if (own == null || !DriveIds.of(own).isThisDrive(drive.id())) {
        drives.add(drive);
      }
    }
    return drives;
  }

  private Drive byId(String wanted, List<Drive> candidates) {
    try {
      return graph.drive(wanted);
    } catch (GraphException e) {
      if (!NOT_THERE.contains(e.status())) {
        throw e;
      }
      throw new UsageException(
          "there is no drive called " + wanted + ", or it may not be read: " + e.getMessage(),
          candidates.isEmpty()
              ? "look the drive's id up, and give it to -drive-id; an app needs the permission"
                  + " Files.Read.All or Sites.Read.All"
              : "the drives there are: " + names(candidates),
          e);
    }
  }

  /** The account of {@code -user}; an app may not be allowed to read users, so the drive helps. */
  private Account ofUser(Drive own) {
    try {
      return graph.user(user);
    } catch (GraphException e) {
      if (!NOT_THERE.contains(e.status())) {
        throw e;
      }
      if (own == null && e.status() != 403) {
        throw unknownUser(e);
      }
    }
    String id = own == null || own.ownerId() == null ? user : own.ownerId();
    boolean principal = user.contains("@") || own == null || own.owner() == null;
    return new Account(id, principal ? user : own.owner());
  }

  private UsageException unknownUser(GraphException e) {
    return new UsageException(
        "there is no user " + user + ", or the user has no OneDrive: " + e.getMessage(),
        "give -user the user principal name (ann@contoso.com) or the object id",
        e);
  }

  /** Whose drive it is: a user, or a group or site, which has no principal name. */
  private Account owner(Drive drive) {
    String id = drive.ownerId();
    Account account = id == null ? null : unlessAbsent(() -> graph.user(id));
    if (account != null) {
      return account;
    }
    String name = drive.owner() == null ? drive.name() : drive.owner();
    return new Account(id == null ? drive.id() : id, name == null ? drive.id() : name);
  }

  /** The answer, or null when there is no such thing for us. */
  private static <T> T unlessAbsent(Supplier<T> call) {
    try {
      return call.get();
    } catch (GraphException e) {
      if (NOT_THERE.contains(e.status())) {
        return null;
      }
      throw e;
    }
  }

  private static String names(List<Drive> drives) {
    return drives.stream()
        .map(drive -> (drive.name() == null ? "" : drive.name() + " ") + "(" + drive.id() + ")")
        .collect(Collectors.joining(", "));
  }
}
