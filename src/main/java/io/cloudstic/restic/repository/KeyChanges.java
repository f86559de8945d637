package io.cloudstic.restic.repository;

import io.cloudstic.failure.CloudsticException;
import io.cloudstic.failure.ExitCode;
import io.cloudstic.failure.UsageException;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.RepositoryEnvironment;
import io.cloudstic.restic.RepositoryException;
import io.cloudstic.restic.crypto.KdfCost;
import io.cloudstic.restic.crypto.KeyFile;
import io.cloudstic.restic.crypto.MasterKey;
import java.util.List;
import java.util.Locale;

/**
 * Adds and removes the passwords of an open repository. Each password is a key file of its own that
 * seals the same master key, so that nothing else is written anew. Not thread-safe.
 *
 * <p>A key file is opened with its password, from the store, before it counts as added; the one
 * that the repository was opened with is never removed but by {@link #replaceOwn}.
 */
public final class KeyChanges {
  private final Repository repository;
  private final KeyRing keys;

  /** Changes of this repository's keys. */
  public KeyChanges(Repository repository) {
    this.repository = repository;
    this.keys = repository.keys();
  }

  /**
   * Whose key it is, for information.
   *
   * @param username who
   * @param hostname where
   */
  public record Owner(String username, String hostname) {
    /** This process. */
    public static Owner of(RepositoryEnvironment environment) {
      return new Owner(environment.username(), environment.hostname());
    }
  }

  /**
   * Adds a key; a shared lock is enough.
   *
   * @param password not empty
   * @return the name of the key file, which is durable and was opened
   * @throws CloudsticException when there are so many keys that no program would try another
   */
  public Id add(char[] password, KdfCost cost, Owner owner) {
    if (keys.ids().size() >= KeyRing.MAX_TRIED) {
      throw tooMany();
    }
    return save(password, cost, owner);
  }

  /**
   * Adds a key for a new password and then removes the one that the repository was opened with;
   * wants an exclusive lock. Whatever fails, one of the two passwords opens the repository.
   *
   * @return the name of the new key file
   */
  public Id replaceOwn(char[] password, KdfCost cost, Owner owner) {
    if (keys.ids().size() > KeyRing.MAX_TRIED) {
      throw tooMany();
    }
    Id added = save(password, cost, owner);
    Id old = repository.keyId();
    try {
      keys.remove(old);
    } catch (CloudsticException e) {
      throw new RepositoryException(
          e.exitCode(),
          "the new password opens the repository, but so does the old one: its key "
              + old.brief()
              + " could not be removed: "
              + e.getMessage(),
          "remove it with the new password: cloudstic key remove " + old.brief(),
          e);
    }
    return added;
  }

  /**
   * Removes a key; wants an exclusive lock.
   *
   * @throws UsageException when it is the one that the repository was opened with
   */
  public void remove(Id key) {
    if (key.equals(repository.keyId())) {
      throw new UsageException(
          "the key " + key.brief() + " is in use: it opened the repository just now",
          "open it with another password to remove this one, or change it: cloudstic key passwd");
    }
    keys.remove(key);
  }

  /**
   * The key whose name begins like that.
   *
   * @throws UsageException when there is none, or there are several
   */
  public Id find(String prefix) {
    String wanted = prefix.toLowerCase(Locale.ROOT);
    List<Id> fitting = keys.ids().stream().filter(id -> id.hex().startsWith(wanted)).toList();
    if (fitting.size() == 1 && !wanted.isEmpty()) {
      return fitting.get(0);
    }
    throw new UsageException(
        fitting.isEmpty()
            ? "there is no key '" + prefix + "'"
            : fitting.size() + " keys begin with '" + prefix + "'",
        fitting.isEmpty() ? "see them with: cloudstic key list" : "give more digits of its id");
  }

  private Id save(char[] password, KdfCost cost, Owner owner) {
    RepositoryEnvironment environment = repository.environment();
    KeyFile file =
        KeyFile.create(
            repository.key(),
            password,
            cost,
            environment.clock().instant().atZone(environment.clock().getZone()).toOffsetDateTime(),
            owner.username(),
            owner.hostname(),
            environment.random());
    Id id = keys.save(file);
    if (!opens(id, password)) {
      keys.remove(id);
      throw new RepositoryException(
          ExitCode.FAILED,
          "the new key " + id.brief() + " does not open the repository; it was removed again",
          "nothing has changed; try again, and check the memory of this machine",
          null);
    }
    return id;
  }

  /** From the store, with all that the next program will do: nobody wants to learn it later. */
  private boolean opens(Id id, char[] password) {
    try (MasterKey opened = keys.load(id).file().open(password).orElse(null)) {
      return opened != null && opened.isSameAs(repository.key());
    } catch (RepositoryException e) {
      return false;
    }
  }

  private static CloudsticException tooMany() {
    return new RepositoryException(
        ExitCode.FAILED,
        "the repository has "
            + KeyRing.MAX_TRIED
            + " keys or more, and no program tries more than that",
        "remove those that nobody needs: cloudstic key list, cloudstic key remove ID",
        null);
  }
}
