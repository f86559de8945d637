package io.cloudstic.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudstic.backup.BackupEngine;
import io.cloudstic.backup.BackupProgress;
import io.cloudstic.backup.BackupRequest;
import io.cloudstic.backup.BackupSession;
import io.cloudstic.backup.BackupSummary;
import io.cloudstic.backup.DriveSource;
import io.cloudstic.backup.DriveSources;
import io.cloudstic.backup.FileEntry;
import io.cloudstic.backup.RateLimit;
import io.cloudstic.backup.SourceSpec;
import io.cloudstic.onedrive.catalogue.ItemFacts;
import io.cloudstic.onedrive.catalogue.Mark;
import io.cloudstic.onedrive.client.ContentChangedException;
import io.cloudstic.onedrive.client.Downloads;
import io.cloudstic.onedrive.client.GraphClient;
import io.cloudstic.onedrive.client.GraphSettings;
import io.cloudstic.onedrive.client.Http;
import io.cloudstic.onedrive.client.Reply;
import io.cloudstic.onedrive.client.Request;
import io.cloudstic.onedrive.client.RetryRule;
import io.cloudstic.onedrive.rules.PatternLine;
import io.cloudstic.onedrive.scan.ScanLimits;
import io.cloudstic.restic.BlobType;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.RepositoryEnvironment;
import io.cloudstic.restic.ResticProgram;
import io.cloudstic.restic.chunk.Chunk;
import io.cloudstic.restic.chunk.Chunks;
import io.cloudstic.restic.crypto.KdfCost;
import io.cloudstic.restic.repository.Repository;
import io.cloudstic.restic.snapshot.SnapshotFilter;
import io.cloudstic.restic.tree.TreeWalk;
import io.cloudstic.restic.write.FileContent;
import io.cloudstic.restore.Restore;
import io.cloudstic.restore.RestoreListener;
import io.cloudstic.restore.RestoreRequest;
import io.cloudstic.run.Stop;
import io.cloudstic.simulator.Simulator;
import io.cloudstic.store.LocalStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Backups of a simulated drive into a local repository without routes, waits or processes: all else
 * is the program's own. A run costs some hundredths of a second, so that tests can afford many.
 */
final class DirectBackup {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final char[] PASSWORD = "direct".toCharArray();
  private static final int ATTEMPTS = 8;

  private final Simulator simulator;
  private final Path directory;
  private final String token;
  private final Random random = new Random(1);
  private Duration later = Duration.ZERO;
  private boolean full;
  private int restores;

  DirectBackup(Simulator simulator, Path directory) throws IOException {
    this.simulator = simulator;
    this.directory = directory;
    this.token = new ObjectMapper().readTree(simulator.tokenFile()).path("access_token").asText();
    Repository.init(store(), PASSWORD, environment(), KdfCost.LOWEST).close();
  }

  /** The next runs happen so much later than now. */
  DirectBackup later(Duration time) {
    later = later.plus(time);
    return this;
  }

  /** The next runs list everything, or do no longer. */
  DirectBackup full(boolean yes) {
    full = yes;
    return this;
  }

  /** Loses the cache. */
  void forget() throws IOException {
    Files.createDirectories(cache());
    try (var files = Files.walk(cache())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.delete(file);
      }
    }
  }

  /** One run; a failure is thrown. */
  BackupSummary run(String source, String... patterns) throws Exception {
    BackupEngine engine =
        new BackupEngine(
            this::open,
            session -> sources(session).begin(session),
            new BackupProgress(),
            RateLimit.none(),
            new Stop(),
            "cloudstic test");
    BackupRequest request =
        new BackupRequest(
            SourceSpec.parse(source),
            null,
            Stream.of(patterns).map(PatternLine::ofFlag).toList(),
            false,
            List.of(),
            false,
            full,
            false,
            true);
    try (BackupSession session = engine.open(request)) {
      Iterator<FileEntry> files = session.begin(engine.drive(session));
      while (files.hasNext()) {
        FileEntry file = files.next();
        try {
          session.stored(file, store(file, session));
        } catch (Exception e) {
          session.failed(file, e);
        }
      }
      return session.commit();
    }
  }

  private static FileContent store(FileEntry file, BackupSession session) throws IOException {
    for (int attempt = 0; ; attempt++) {
      try (InputStream content = file.open();
          Chunks chunks = session.chunker().cut(content)) {
        ByteArrayOutputStream ids = new ByteArrayOutputStream();
        long length = 0;
        while (chunks.hasNext()) {
          Chunk chunk = chunks.next();
          byte[] id = new byte[Id.LENGTH];
          session
              .writer()
              .save(BlobType.DATA, chunk.buffer(), 0, chunk.length())
              .id()
              .copyTo(id, 0);
          ids.write(id);
          length += chunk.length();
          chunk.release();
        }
        return new FileContent(ids.toByteArray(), length);
      } catch (ContentChangedException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  /** What the newest snapshot holds, restored by this program. */
  FileState restored(BackupSummary summary) throws IOException {
    Path target = directory.resolve("restored-" + restores++);
    try (Repository repository = open()) {
      Id tree = repository.snapshots().find(summary.snapshot().hex(), SnapshotFilter.ALL).tree();
      new Restore(repository, RestoreRequest.of(tree, target), RestoreListener.NONE, new Stop())
          .run();
    }
    return FileState.of(target);
  }

  /** The paths of files that a snapshot marks as not being what Graph announced. */
  Set<String> mismatched(BackupSummary summary) {
    Set<String> paths = new HashSet<>();
    try (Repository repository = open()) {
      TreeWalk.walk(
          tree -> repository.loadBlob(BlobType.TREE, tree),
          repository.snapshots().find(summary.snapshot().hex(), SnapshotFilter.ALL).tree(),
          (path, node) ->
              node.extendedAttributes().stream()
                  .map(attribute -> ItemFacts.fromJson(attribute.value()))
                  .filter(facts -> facts != null && facts.mark() == Mark.MISMATCH)
                  .forEach(facts -> paths.add(path.toString())));
    }
    return paths;
  }

  /** The same by restic. */
  FileState restoredByRestic(BackupSummary summary) throws Exception {
    Path target = directory.resolve("restored-" + restores++);
    new ResticProgram(repository(), new String(PASSWORD), Files.createTempDirectory(directory, "r"))
        .succeed("restore", summary.snapshot().hex(), "--target", target.toString());
    return FileState.of(target);
  }

  private DriveSources sources(BackupSession session) {
    GraphSettings settings = GraphSettings.of(URI.create(simulator.graphUrl()), "test");
    RetryRule rule = new RetryRule(random);
    GraphClient graph = new GraphClient(settings, graphHttp(settings, rule), rule, duration -> {});
    Downloads downloads =
        new Downloads(
            graph,
            request -> send(request, Map.of()),
            settings.trustedHosts(),
            rule,
            duration -> {},
            System::nanoTime,
            settings.userAgent(),
            true);
    ScanLimits usual = ScanLimits.DEFAULT;
    ScanLimits limits =
        new ScanLimits(
            usual.restarts(),
            usual.retries(),
            Duration.ZERO,
            usual.pagesPerPage(),
            usual.idlePages(),
            usual.confirmations(),
            usual.postponed(),
            usual.foldersInFlight(),
            usual.ledgerLookups());
    return new DriveSources(
        graph,
        false,
        downloads,
        new DriveSource.Calls(() -> 0, () -> Duration.ZERO),
        cache(),
        Duration.ofDays(30),
        limits);
  }

  private Http graphHttp(GraphSettings settings, RetryRule rule) {
    return request -> {
      if (!settings.trustedHosts().mayCarryToken(request.url())) {
        throw new AssertionError("the token would have gone to " + request);
      }
      RetryRule.Attempts attempts = new RetryRule.Attempts();
      for (int attempt = 1; ; attempt++) {
        Reply reply = send(request, Map.of("Authorization", "Bearer " + token));
        if (reply.status() < 400 || attempt == ATTEMPTS) {
          return reply;
        }
        Reply error = inMemory(reply);
        if (rule.next(attempts, inMemory(error)).isEmpty()) {
          error.body().reset();
          return error;
        }
      }
    };
  }

  private static Reply inMemory(Reply reply) throws IOException {
    InputStream body = new ByteArrayInputStream(reply.body().readAllBytes());
    return new Reply(reply.status(), reply.headers(), body);
  }

  private static Reply send(Request request, Map<String, String> more) throws IOException {
    HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(request.url()));
    request.headers().forEach(builder::header);
    more.forEach(builder::header);
    try {
      HttpResponse<InputStream> answer =
          HTTP.send(builder.build(), HttpResponse.BodyHandlers.ofInputStream());
      Map<String, String> headers = new HashMap<>();
      answer.headers().map().forEach((name, values) -> headers.put(name, values.get(0)));
      return new Reply(answer.statusCode(), headers, answer.body());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private Repository open() {
    return Repository.open(store(), PASSWORD, environment());
  }

  private LocalStore store() {
    return new LocalStore(repository());
  }

  private RepositoryEnvironment environment() {
    Clock clock = Clock.fixed(Instant.now().plus(later), ZoneOffset.UTC);
    return RepositoryEnvironment.system(clock, duration -> {});
  }

  Path repository() {
    return directory.resolve("repository");
  }

  private Path cache() {
    return directory.resolve("cache");
  }
}
