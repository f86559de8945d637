package io.cloudstic.simulator;

import com.sun.net.httpserver.HttpServer;
import io.cloudstic.run.Stop;
import io.cloudstic.simulator.drive.DirectoryDrive;
import io.cloudstic.simulator.drive.DriveModel;
import io.cloudstic.simulator.drive.GeneratedDrive;
import io.cloudstic.simulator.graph.GraphServer;
import io.cloudstic.simulator.graph.GraphSettings;
import io.cloudstic.simulator.graph.Profile;
import io.cloudstic.simulator.signin.SignInServer;
import io.cloudstic.simulator.signin.SignInSettings;
import io.cloudstic.simulator.signin.Tokens;
import io.cloudstic.simulator.storage.StorageServer;
import io.cloudstic.simulator.storage.Tickets;
import io.cloudstic.simulator.storage.Uploads;
import io.cloudstic.simulator.wire.Faults;
import io.cloudstic.simulator.wire.Origin;
import io.cloudstic.simulator.wire.Site;
import io.cloudstic.simulator.wire.Statistics;
import java.io.IOException;
import java.net.BindException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A running look-alike: three origins on loopback addresses, and one drive behind them.
 * Thread-safe.
 *
 * <pre>{@code
 * try (Simulator simulator = Simulator.start(SimulatorOptions.lifelike().files(100))) {
 *   simulator.faults().on("graph GET .*delta").once().then(new Effect.Reset());
 *   simulator.model().put("/notes/today.txt", "hello");
 *   // point the client at simulator.graphUrl() and simulator.authorityUrl()
 * }
 * }</pre>
 */
public final class Simulator implements AutoCloseable {
  /** An application id that every simulator accepts, unless another one is prescribed. */
  public static final String CLIENT_ID = "00000000-5c0d-4a1e-9f00-c10d57005100";

  private static final String HOST = "127.0.0.1";

  /** An address of its own, where the system has more than one for loopback. */
  private static final String STORAGE_HOST = "127.0.0.2";

  /** Upload sessions of the real service live for days. */
  private static final Duration UPLOAD_LIFE = Duration.ofDays(7);

  private static final String USER_ID = "48d31887-5fad-4d73-a9f5-3c356e68a038";

  private final SimulatorOptions options;
  private final DriveModel model;
  private final Faults faults;
  private final Runs runs = new Runs();
  private final Statistics statistics = new Statistics();
  private final Stop stop = new Stop();
  private final List<HttpServer> sockets = new ArrayList<>();
  private final List<Origin> origins = new ArrayList<>();
  private final String graphUrl;
  private final String authorityUrl;
  private final String storageUrl;
  private final Tokens tokens;
  private final Tickets tickets;
  private final Uploads uploads;
  private final SignInServer signIn;
  private final GraphServer graph;

  private Simulator(SimulatorOptions options) throws IOException {
    this.options = options;
    this.faults = new Faults(options.seed);
    this.model = new DriveModel(options.accountType, options.seed, options.migrated, options.clock);
    if (options.files > 0) {
      GeneratedDrive.fill(model, options.files);
    }
    if (options.directory != null) {
      DirectoryDrive.show(options.directory, model);
    }
    HttpServer graphSocket = bind(HOST, 0);
    HttpServer signInSocket = bind(HOST, 1);
    String storageHost = STORAGE_HOST;
    HttpServer storageSocket;
    try {
      storageSocket = bind(storageHost, 2);
    } catch (BindException e) {
      storageHost = "localhost";
      storageSocket = bind(storageHost, 2);
    }
    this.graphUrl = url(HOST, graphSocket) + "/v1.0";
    this.authorityUrl = url(HOST, signInSocket);
    this.storageUrl = url(storageHost, storageSocket);
    SignInSettings signInSettings = signInSettings();
    this.tokens = new Tokens(signInSettings);
    this.tickets = new Tickets(storageUrl, options.seed, options.clock, options.downloadUrlLife);
    this.uploads = new Uploads(storageUrl, options.seed, options.clock, UPLOAD_LIFE);
    this.signIn = new SignInServer(signInSettings, tokens);
    this.graph = new GraphServer(graphSettings(), model, tokens, tickets, uploads, statistics);
    if (!options.moods.isEmpty()) {
      runs.watch(faults);
    }
    options.moods.forEach(mood -> mood.script().begin(this));
    serve(graphSocket, HOST, graph);
    serve(signInSocket, HOST, signIn);
    serve(storageSocket, storageHost, new StorageServer(tickets, uploads, statistics));
  }

  /**
   * Starts to listen.
   *
   * @throws IOException when a port is taken, or the directory cannot be read
   */
  public static Simulator start(SimulatorOptions options) throws IOException {
    return new Simulator(options);
  }

  private HttpServer bind(String host, int offset) throws IOException {
    try {
      HttpServer socket = Origin.bind(host, options.port == 0 ? 0 : options.port + offset);
      sockets.add(socket);
      return socket;
    } catch (IOException e) {
      if (!host.equals(STORAGE_HOST)) {
        close();
      }
      throw e;
    }
  }

  private static String url(String host, HttpServer socket) {
    return "http://" + host + ":" + socket.getAddress().getPort();
  }

  private void serve(HttpServer socket, String host, Site site) {
    origins.add(Origin.serve(socket, host, site, faults, statistics, options.line, stop));
  }

  private SignInSettings signInSettings() {
    return new SignInSettings(
        authorityUrl,
        options.accountType,
        options.clientId,
        options.clientSecret,
        options.tenant,
        options.rotation,
        options.accessTokenLife,
        options.refreshTokenLife,
        options.devicePolls,
        options.seed,
        options.clock);
  }

  private GraphSettings graphSettings() {
    return new GraphSettings(
        graphUrl,
        new Profile(USER_ID, options.userPrincipalName),
        options.shape,
        options.limits,
        options.deltaTokenLife,
        options.seed,
        options.clock);
  }

  /** What {@code CLOUDSTIC_GRAPH_URL} has to be; ends in {@code /v1.0}. */
  public String graphUrl() {
    return graphUrl;
  }

  /** What {@code CLOUDSTIC_AUTHORITY_URL} has to be. */
  public String authorityUrl() {
    return authorityUrl;
  }

  /** Where the bytes are; clients learn it from download URLs only. */
  public String storageUrl() {
    return storageUrl;
  }

  /** What {@code ONEDRIVE_CLIENT_ID} has to be. */
  public String clientId() {
    return options.clientId == null ? CLIENT_ID : options.clientId;
  }

  /** Decides everything that looks random. */
  public long seed() {
    return options.seed;
  }

  /** The drive that is served; change it at any time. */
  public DriveModel model() {
    return model;
  }

  /** What goes wrong. */
  public Faults faults() {
    return faults;
  }

  /** How often the client came; counted only for moods. */
  public Runs runs() {
    return runs;
  }

  boolean mirrorsDirectory() {
    return options.directory != null;
  }

  /** What the client did. */
  public Statistics statistics() {
    return statistics;
  }

  /** Another drive of the user; shortcuts of {@link #model} can point into it. */
  public DriveModel addDrive(long seed, String name) {
    DriveModel drive = new DriveModel(options.accountType, seed, options.migrated, options.clock);
    graph.addDrive(drive.named(name));
    return drive;
  }

  /**
   * Another user of the same organisation with a drive; an app may read it, and shortcuts of {@link
   * #model} can point into it.
   *
   * @param id the object id
   */
  public DriveModel addUser(String id, String userPrincipalName, long seed) {
    DriveModel drive = new DriveModel(options.accountType, seed, options.migrated, options.clock);
    graph.addDrive(drive, new Profile(id, userPrincipalName));
    return drive;
  }

  /** The access and refresh tokens, to be expired and revoked. */
  public Tokens tokens() {
    return tokens;
  }

  /** The users, to be made to decline. */
  public SignInServer signIn() {
    return signIn;
  }

  /** All delta and next links given so far answer 410 from now on. */
  public void expireDeltaTokens() {
    graph.expireDeltaTokens();
  }

  /** All download URLs given so far answer 401 from now on. */
  public void expireDownloadUrls() {
    expireDownloadUrls(401);
  }

  /** All download URLs given so far answer so from now on. */
  public void expireDownloadUrls(int status) {
    tickets.revoke(status);
  }

  /** A token file as a sign-in would leave it, for those who want to skip that step. */
  public String tokenFile() {
    return new TokenFile(tokens, clientId()).toJson(TokenFile.READ);
  }

  /** The same of a sign-in that may change files. */
  public String writingTokenFile() {
    return new TokenFile(tokens, clientId()).toJson(TokenFile.WRITE);
  }

  /** Upload sessions that were begun and not ended. */
  public Uploads uploads() {
    return uploads;
  }

  /** Ends at once; whoever waits for an answer loses the connection. */
  @Override
  public void close() {
    stop.ask();
    origins.forEach(Origin::close);
    sockets.forEach(socket -> socket.stop(0));
  }
}
