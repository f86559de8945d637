package io.cloudstic.restic;

import io.cloudstic.run.Sleeper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;

/**
 * What a repository is given from outside: time, sleep, randomness, and who we are in locks, keys
 * and snapshots.
 *
 * @param clock the wall clock; lock ages are measured with it, since laptops sleep
 * @param sleeper waits, and is woken by the wish to stop
 * @param random keys, salts and IVs; thread-safe
 * @param hostname this machine, as restic on it would write it
 * @param username the user of this process
 * @param pid this process
 * @param uid the user's number, 0 where there is none
 * @param gid the group's number, 0 where there is none
 * @param lockWait how long to wait for locks of others
 */
public record RepositoryEnvironment(
    Clock clock,
    Sleeper sleeper,
    SecureRandom random,
    String hostname,
    String username,
    long pid,
    long uid,
    long gid,
    LockWait lockWait) {

  /** This process on this machine. */
  public static RepositoryEnvironment system(Clock clock, Sleeper sleeper) {
    return new RepositoryEnvironment(
        clock,
        sleeper,
        new SecureRandom(),
        systemHostname(),
        System.getProperty("user.name", ""),
        ProcessHandle.current().pid(),
        ownerOfThisProcess("unix:uid"),
        ownerOfThisProcess("unix:gid"),
        LockWait.NONE);
  }

  /** The same, waiting so for locks of others. */
  public RepositoryEnvironment withLockWait(LockWait wait) {
    return new RepositoryEnvironment(
        clock, sleeper, random, hostname, username, pid, uid, gid, wait);
  }

  /** The kernel's own name first: restic compares lock hosts with it, and a resolver may differ. */
  private static String systemHostname() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    } catch (IOException notLinux) {
      String windows = System.getenv("COMPUTERNAME");
      return windows != null && !windows.isBlank() ? windows : resolvedHostname();
    }
  }

  private static String resolvedHostname() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  /** From /proc; elsewhere 0, which is how restic writes "not known". */
  private static long ownerOfThisProcess(String attribute) {
    try {
      return Integer.toUnsignedLong((Integer) Files.getAttribute(Path.of("/proc/self"), attribute));
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException notLinux) {
      return 0;
    }
  }
}
