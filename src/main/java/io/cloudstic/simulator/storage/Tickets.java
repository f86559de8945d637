package io.cloudstic.simulator.storage;

import io.cloudstic.simulator.drive.DriveModel;
import io.cloudstic.simulator.drive.Item;
import io.cloudstic.simulator.graph.DownloadUrls;
import io.cloudstic.simulator.wire.Seal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes pre-authenticated URLs and reads them again; they are sealed, not remembered. Thread-safe.
 */
public final class Tickets implements DownloadUrls {
  /** Where the tickets are taken. */
  static final String PATH = "/personal/user_contoso_com/_layouts/15/download.aspx";

  private final String origin;
  private final Seal seal;
  private final Clock clock;
  private final Duration life;
  private final AtomicLong epoch;
  private volatile int expiredStatus = 401;
  private final Map<String, DriveModel> drives = new ConcurrentHashMap<>();

  /** What a ticket says. */
  record Ticket(Item file, DriveModel drive, boolean expired) {}

  /**
   * Tickets for this origin.
   *
   * @param origin such as {@code http://127.0.0.2:4711}
   * @param life after which a URL answers 401
   */
  public Tickets(String origin, long seed, Clock clock, Duration life) {
    this.origin = origin;
    this.seal = new Seal(seed, "ticket", clock.millis() << 20);
    this.clock = clock;
    this.life = life;
    this.epoch = new AtomicLong(clock.millis());
  }

  /** All URLs given so far answer with this status from now on. */
  public void revoke(int status) {
    expiredStatus = status;
    epoch.incrementAndGet();
  }

  /** What a URL that has expired is answered with. */
  int expiredStatus() {
    return expiredStatus;
  }

  @Override
  public String of(DriveModel drive, Item file) {
    drives.putIfAbsent(drive.driveId(), drive);
    long ends = clock.instant().plus(life).toEpochMilli();
    String ticket = seal.close(epoch.get() + " " + ends + " " + drive.driveId() + " " + file.id());
    return origin
        + PATH
        + "?UniqueId="
        + drive.guid(file)
        + "&Translate=false&tempauth="
        + ticket
        + "&ApiVersion=2.0";
  }

  /** Nothing when it is not ours. */
  Optional<Ticket> read(String ticket) {
    return Optional.ofNullable(ticket).flatMap(seal::open).flatMap(this::readOpened);
  }

  private Optional<Ticket> readOpened(String text) {
    String[] parts = text.split(" ", 4);
    boolean revoked = Long.parseLong(parts[0]) != epoch.get();
    Instant ends = Instant.ofEpochMilli(Long.parseLong(parts[1]));
    boolean expired = revoked || ends.isBefore(clock.instant());
    DriveModel drive = drives.get(parts[2]);
    return Optional.ofNullable(drive)
        .flatMap(known -> known.byId(parts[3]))
        .map(file -> new Ticket(file, drive, expired));
  }
}
