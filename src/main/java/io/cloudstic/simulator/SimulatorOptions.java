package io.cloudstic.simulator;

import io.cloudstic.simulator.drive.AccountType;
import io.cloudstic.simulator.graph.FeedShape;
import io.cloudstic.simulator.graph.Limits;
import io.cloudstic.simulator.signin.Rotation;
import io.cloudstic.simulator.wire.Line;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;

/**
 * How a simulator is set up, filled in by chained calls and read once at its start. What is not set
 * is as the service is on an ordinary day: a business account, Microsoft's published limits, ragged
 * and repetitive feeds. Not thread-safe.
 */
public final class SimulatorOptions {
  AccountType accountType = AccountType.BUSINESS;
  boolean migrated;
  long seed = 1;
  Clock clock = Clock.systemUTC();
  int files;
  Path directory;
  int port;
  FeedShape shape = FeedShape.LIFELIKE;
  Limits limits = Limits.DOCUMENTED;
  Line line = Line.IDEAL;
  Duration downloadUrlLife = Duration.ofHours(1);
  Duration deltaTokenLife = Duration.ofDays(30);
  Duration accessTokenLife = Duration.ofSeconds(3599);
  Duration refreshTokenLife = Duration.ofDays(90);
  Rotation rotation = Rotation.KEEP_OLD;
  String clientId;
  String clientSecret;
  String tenant;
  int devicePolls = 1;
  final Set<Mood> moods = EnumSet.noneOf(Mood.class);
  String userPrincipalName = "megan.bowen@contoso.example";

  /** Everything as on an ordinary day, and an empty drive. */
  public static SimulatorOptions lifelike() {
    return new SimulatorOptions();
  }

  /** Personal or business. */
  public SimulatorOptions accountType(AccountType type) {
    accountType = type;
    return this;
  }

  /** Whether a personal account has the ids of the migrated service. */
  public SimulatorOptions migrated(boolean yes) {
    migrated = yes;
    return this;
  }

  /** Decides everything that looks random. */
  public SimulatorOptions seed(long value) {
    seed = value;
    return this;
  }

  /** The simulator's time: of changes, expiries and throttling. */
  public SimulatorOptions clock(Clock value) {
    clock = value;
    return this;
  }

  /** How many files to generate, with a ninth as many folders; 0 for none. */
  public SimulatorOptions files(int count) {
    files = count;
    return this;
  }

  /** A directory to show as the drive, changes included; null for none. */
  public SimulatorOptions directory(Path path) {
    directory = path;
    return this;
  }

  /** The port of Graph; sign-in and storage get the next two. 0 takes any. */
  public SimulatorOptions port(int value) {
    port = value;
    return this;
  }

  /** How ragged feeds and listings are. */
  public SimulatorOptions shape(FeedShape value) {
    shape = value;
    return this;
  }

  /** How much is allowed before Graph throttles. */
  public SimulatorOptions limits(Limits value) {
    limits = value;
    return this;
  }

  /** Latency and bandwidth. */
  public SimulatorOptions line(Line value) {
    line = value;
    return this;
  }

  /** After which a download URL answers 401. */
  public SimulatorOptions downloadUrlLife(Duration value) {
    downloadUrlLife = value;
    return this;
  }

  /** After which a delta link answers 410. */
  public SimulatorOptions deltaTokenLife(Duration value) {
    deltaTokenLife = value;
    return this;
  }

  /** After which an access token answers 401. */
  public SimulatorOptions accessTokenLife(Duration value) {
    accessTokenLife = value;
    return this;
  }

  /** After which a refresh token is dead. */
  public SimulatorOptions refreshTokenLife(Duration value) {
    refreshTokenLife = value;
    return this;
  }

  /** What a refresh does to refresh tokens. */
  public SimulatorOptions rotation(Rotation value) {
    rotation = value;
    return this;
  }

  /** The only registered application; null for any. */
  public SimulatorOptions clientId(String value) {
    clientId = value;
    return this;
  }

  /** What an application without a user must show; null for any. */
  public SimulatorOptions clientSecret(String value) {
    clientSecret = value;
    return this;
  }

  /** The only tenant of the registration; null for every tenant that fits the account. */
  public SimulatorOptions tenant(String value) {
    tenant = value;
    return this;
  }

  /** Polls of the device flow that find the user not yet done. */
  public SimulatorOptions devicePolls(int count) {
    devicePolls = count;
    return this;
  }

  /** What it plays besides; sets some of the other options, so it comes after them. */
  public SimulatorOptions moods(Collection<Mood> more) {
    moods.addAll(more);
    more.forEach(mood -> mood.script().set(this));
    return this;
  }

  /** Whose account it is. */
  public SimulatorOptions userPrincipalName(String value) {
    userPrincipalName = value;
    return this;
  }
}
