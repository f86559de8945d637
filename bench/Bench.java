import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs cloudstic and restic in turn over the same data and prints both figures and their ratio.
 *
 * <p>Every figure is of a whole cold process: wall time, processor time, the peak of its memory, and
 * what it left in the repository. The median of the runs is shown. Memory and processor time are
 * polled from /proc, so this runs on Linux.
 */
public class Bench {
  record Figures(double wall, double cpu, double memory, double written) {}

  private final Path home;
  private final Path work;
  private final int runs;
  private final Map<String, String> environment = new HashMap<>();

  Bench(Path home, Path work, int runs) {
    this.home = home.toAbsolutePath().normalize();
    this.work = work.toAbsolutePath();
    this.runs = runs;
    environment.put("CLOUDSTIC_PASSWORD", "bench");
    environment.put("RESTIC_PASSWORD", "bench");
    environment.put("CLOUDSTIC_CACHE_DIR", this.work.resolve("cache").toString());
    environment.put("CLOUDSTIC_CONFIG_DIR", this.work.resolve("config").toString());
    environment.put("RESTIC_CACHE_DIR", this.work.resolve("restic-cache").toString());
  }

  public static void main(String[] args) throws Exception {
    List<String> steps = new ArrayList<>();
    int runs = 3;
    int snapshots = 1_000;
    Path work = Path.of(System.getProperty("java.io.tmpdir"), "cloudstic-bench");
    for (int i = 1; i < args.length; i++) {
      switch (args[i]) {
        case "-runs" -> runs = Integer.parseInt(args[++i]);
        case "-snapshots" -> snapshots = Integer.parseInt(args[++i]);
        case "-work" -> work = Path.of(args[++i]);
        default -> steps.add(args[i]);
      }
    }
    Files.createDirectories(work);
    Bench bench = new Bench(Path.of(args[0]), work, runs);
    bench.run("warm up the build", bench.cloudstic("version"));
    for (String step : steps.isEmpty() ? List.of("start", "big", "small", "drive") : steps) {
      switch (step) {
        case "big" -> bench.engine("big", bench.big());
        case "small" -> bench.engine("small", bench.small());
        case "start" -> bench.start();
        case "drive" -> bench.drive();
        case "years" -> bench.years(snapshots);
        default -> throw new IllegalArgumentException("no such step: " + step);
      }
    }
  }

  // ---- steps

  /** A first backup, one without changes, and a restore of a plain directory. */
  private void engine(String name, Path data) throws Exception {
    List<Figures> ours = new ArrayList<>();
    List<Figures> theirs = new ArrayList<>();
    List<Figures> oursAgain = new ArrayList<>();
    List<Figures> theirsAgain = new ArrayList<>();
    List<Figures> oursBack = new ArrayList<>();
    List<Figures> theirsBack = new ArrayList<>();
    for (int i = 0; i < runs; i++) {
      Path mine = fresh("repo-cloudstic");
      Path restics = fresh("repo-restic");
      Path target = work.resolve("restored");
      run("init", cloudstic("init", "-store", "local:" + mine));
      run("init", List.of("restic", "-r", restics.toString(), "init"));
      List<String> backup =
          cloudstic("backup", "-store", "local:" + mine, "-source", "local:" + data, "-quiet");
      List<String> resticBackup =
          List.of("restic", "-q", "-r", restics.toString(), "backup", data.toString());
      ours.add(measure("backup", backup, mine));
      theirs.add(measure("backup", resticBackup, restics));
      oursAgain.add(measure("backup again", backup, mine));
      theirsAgain.add(measure("backup again", resticBackup, restics));
      delete(target);
      oursBack.add(
          measure(
              "restore",
              cloudstic("restore", "-store", "local:" + mine, "-output", target.toString(), "-quiet"),
              mine));
      delete(target);
      theirsBack.add(
          measure(
              "restore",
              List.of("restic", "-q", "-r", restics.toString(), "restore", "latest", "--target", target.toString()),
              restics));
      delete(target);
    }
    show(name + ": first backup", ours, theirs);
    show(name + ": nothing changed", oursAgain, theirsAgain);
    show(name + ": restore", oursBack, theirsBack);
  }

  /** Commands that should feel immediate. */
  private void start() throws Exception {
    Path mine = fresh("repo-start");
    run("init", cloudstic("init", "-store", "local:" + mine));
    List<Figures> help = new ArrayList<>();
    List<Figures> list = new ArrayList<>();
    List<Figures> resticHelp = new ArrayList<>();
    List<Figures> resticList = new ArrayList<>();
    for (int i = 0; i < Math.max(5, runs); i++) {
      help.add(measure("help", cloudstic("-help"), mine));
      resticHelp.add(measure("help", List.of("restic", "help"), mine));
      list.add(measure("list", cloudstic("list", "-store", "local:" + mine), mine));
      resticList.add(measure("list", List.of("restic", "-r", mine.toString(), "snapshots"), mine));
    }
    show("start: help", help, resticHelp);
    show("start: list", list, resticList);
  }

  /** A simulated OneDrive of 100,000 items: the first backup, then ones without changes. */
  private void drive() throws Exception {
    Process simulator =
        builder(cloudstic("simulate", "-files", "90000"))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (var lines = simulator.inputReader()) {
      Pattern export = Pattern.compile("export (\\w+)=(\\S+)");
      for (String line = lines.readLine();
          !environment.containsKey("ONEDRIVE_CLIENT_ID");
          line = lines.readLine()) {
        Matcher matcher = export.matcher(line);
        if (matcher.find()) {
          environment.put(matcher.group(1), matcher.group(2));
        }
      }
      signIn();
      Path mine = fresh("repo-drive");
      run("init", cloudstic("init", "-store", "local:" + mine));
      List<String> backup =
          cloudstic("backup", "-store", "local:" + mine, "-source", "onedrive-changes", "-quiet");
      show("drive: first backup", List.of(measure("first", backup, mine)), List.of());
      List<Figures> again = new ArrayList<>();
      for (int i = 0; i < runs; i++) {
        again.add(measure("again", backup, mine));
      }
      show("drive: nothing changed", again, List.of());
    } finally {
      simulator.destroy();
    }
  }

  /** A repository of many snapshots and about a thousand times as many blobs: see Years.java. */
  private void years(int snapshots) throws Exception {
    Path made = work.resolve("years-" + snapshots);
    if (!Files.exists(made.resolve("config.complete"))) {
      delete(made);
      String jars = home.resolve("target/cloudstic.jar") + ":" + home.resolve("target/lib") + "/*";
      String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
      String source = home.resolve("bench/Years.java").toString();
      run(
          "make the repository",
          List.of(java, "-cp", jars, source, made.toString(), Integer.toString(snapshots)));
      Files.createFile(made.resolve("config.complete"));
    }
    String store = "local:" + made;
    List<String> ids = snapshotIds(made);
    String last = ids.get(ids.size() - 1);
    String before = ids.get(ids.size() - 2);
    beside("list", made, List.of("list", "-store", store), List.of("snapshots"));
    beside("ls", made, List.of("ls", "-store", store, last), List.of("ls", last));
    if (knows("diff")) {
      beside(
          "diff", made, List.of("diff", "-store", store, before, last), List.of("diff", before, last));
    }
    beside(
        "forget -dry-run",
        made,
        List.of("forget", "-store", store, "-keep-daily", "30", "-keep-monthly", "12", "-dry-run"),
        List.of("forget", "--keep-daily", "30", "--keep-monthly", "12", "--dry-run"));
    beside("check", made, List.of("check", "-store", store), List.of("check"));
    beside(
        "prune -dry-run",
        made,
        List.of("prune", "-store", store, "-dry-run"),
        List.of("prune", "--dry-run"));
    prune(made, snapshots);
  }

  private List<String> snapshotIds(Path repository) throws Exception {
    Process process =
        builder(List.of("restic", "-r", repository.toString(), "snapshots", "--json")).start();
    String json = new String(process.getInputStream().readAllBytes());
    List<String> ids = new ArrayList<>();
    Matcher id = Pattern.compile("\"id\":\"([0-9a-f]{64})\"").matcher(json);
    while (id.find()) {
      ids.add(id.group(1));
    }
    return ids;
  }

  private boolean knows(String command) throws Exception {
    return builder(cloudstic("help", command))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor()
        == 0;
  }

  private void beside(String what, Path repository, List<String> ours, List<String> theirs)
      throws Exception {
    List<String> restic = new ArrayList<>(List.of("restic", "-r", repository.toString()));
    restic.addAll(theirs);
    List<Figures> mine = new ArrayList<>();
    List<Figures> restics = new ArrayList<>();
    for (int i = 0; i < runs; i++) {
      mine.add(measure(what, cloudstic(ours.toArray(String[]::new)), repository));
      restics.add(measure(what, restic, repository));
    }
    show("years: " + what, mine, restics);
  }

  /** Half of the snapshots are forgotten, and each program prunes a copy of what is left. */
  private void prune(Path made, int snapshots) throws Exception {
    List<Figures> ours = new ArrayList<>();
    List<Figures> theirs = new ArrayList<>();
    Path forgotten = work.resolve("years-forgotten");
    delete(forgotten);
    copy(made, forgotten);
    String half = Integer.toString(Math.max(1, snapshots / 2));
    run(
        "forget",
        List.of("restic", "-q", "-r", forgotten.toString(), "forget", "--keep-last", half));
    Path copy = work.resolve("years-copy");
    for (int i = 0; i < runs; i++) {
      delete(copy);
      copy(forgotten, copy);
      ours.add(measure("prune", cloudstic("prune", "-store", "local:" + copy), copy));
      delete(copy);
      copy(forgotten, copy);
      theirs.add(measure("prune", List.of("restic", "-r", copy.toString(), "prune"), copy));
    }
    show("years: prune", ours, theirs);
    delete(copy);
    delete(forgotten);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (var files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  /** Follows the address that the sign-in prints, as a browser would; the simulator agrees. */
  private void signIn() throws Exception {
    Process login = builder(cloudstic("auth", "login")).start();
    try (var lines = login.errorReader()) {
      String address = lines.readLine();
      while (!address.startsWith("http")) {
        address = lines.readLine();
      }
      HttpClient.newBuilder()
          .followRedirects(HttpClient.Redirect.ALWAYS)
          .build()
          .send(
              HttpRequest.newBuilder(URI.create(address)).build(),
              HttpResponse.BodyHandlers.discarding());
      if (login.waitFor() != 0) {
        throw new IllegalStateException("the sign-in ended with " + login.exitValue());
      }
    }
  }

  // ---- data

  /** 1 GiB in 300 files: half random, half words. */
  private Path big() throws IOException {
    Path data = work.resolve("big");
    if (Files.exists(data.resolve("complete"))) {
      return data;
    }
    Random random = new Random(1);
    byte[][] words = words(random);
    for (int i = 0; i < 150; i++) {
      int size = (int) ((512L << 20) / 150 * (0.2 + 1.6 * random.nextDouble()));
      byte[] noise = new byte[size];
      random.nextBytes(noise);
      write(data.resolve("noise" + i % 10).resolve("file" + i + ".bin"), noise);
      write(data.resolve("text" + i % 10).resolve("file" + i + ".txt"), text(random, words, size));
    }
    Files.createFile(data.resolve("complete"));
    return data;
  }

  /** 20,000 texts of up to 16 KiB. */
  private Path small() throws IOException {
    Path data = work.resolve("small");
    if (Files.exists(data.resolve("complete"))) {
      return data;
    }
    Random random = new Random(2);
    byte[][] words = words(random);
    for (int i = 0; i < 20_000; i++) {
      write(
          data.resolve("folder" + i / 100).resolve("file" + i + ".txt"),
          text(random, words, 1 + random.nextInt(16 << 10)));
    }
    Files.createFile(data.resolve("complete"));
    return data;
  }

  private static byte[][] words(Random random) {
    byte[][] words = new byte[4000][];
    for (int i = 0; i < words.length; i++) {
      words[i] = new byte[2 + random.nextInt(8)];
      for (int j = 0; j < words[i].length; j++) {
        words[i][j] = (byte) ('a' + random.nextInt(26));
      }
    }
    return words;
  }

  private static byte[] text(Random random, byte[][] words, int size) {
    byte[] text = new byte[size];
    Arrays.fill(text, (byte) ' ');
    for (int at = 0; at < size; ) {
      byte[] word = words[random.nextInt(words.length)];
      int length = Math.min(word.length, size - at);
      System.arraycopy(word, 0, text, at, length);
      at += length + 1;
    }
    return text;
  }

  private static void write(Path file, byte[] content) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, content);
  }

  // ---- processes

  private List<String> cloudstic(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(home.resolve("cloudstic").toString());
    command.addAll(Arrays.asList(arguments));
    return command;
  }

  private void run(String what, List<String> command) throws Exception {
    Process process = start(command);
    if (process.waitFor() != 0) {
      throw new IllegalStateException(what + " ended with " + process.exitValue());
    }
  }

  private Process start(List<String> command) throws IOException {
    return builder(command)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private ProcessBuilder builder(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    return builder;
  }

  private Figures measure(String what, List<String> command, Path repository) throws Exception {
    long before = size(repository);
    long began = System.nanoTime();
    Process process = start(command);
    Path status = Path.of("/proc", Long.toString(process.pid()));
    double memory = 0;
    double cpu = 0;
    while (process.isAlive()) {
      try {
        memory = Math.max(memory, peak(Files.readString(status.resolve("status"))));
        cpu = Math.max(cpu, ticks(Files.readString(status.resolve("stat"))) / 100.0);
      } catch (IOException | UncheckedIOException e) {
        break;
      }
      Thread.sleep(5);
    }
    int code = process.waitFor();
    double wall = (System.nanoTime() - began) / 1e9;
    if (code != 0) {
      throw new IllegalStateException(what + " ended with " + code + ": " + command);
    }
    return new Figures(wall, cpu, memory, (size(repository) - before) / 1048576.0);
  }

  private static double peak(String status) {
    Matcher matcher = Pattern.compile("VmHWM:\\s+(\\d+) kB").matcher(status);
    return matcher.find() ? Long.parseLong(matcher.group(1)) / 1024.0 : 0;
  }

  private static double ticks(String stat) {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
  }

  private Path fresh(String name) throws IOException {
    Path directory = work.resolve(name);
    delete(directory);
    delete(work.resolve("cache"));
    return directory;
  }

  private static long size(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return 0;
    }
    try (var files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }

  private static void delete(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path dir, IOException failure) throws IOException {
            Files.delete(dir);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  // ---- results

  private static void show(String title, List<Figures> ours, List<Figures> theirs) {
    System.out.println(title);
    row("wall s", ours.stream().mapToDouble(Figures::wall), theirs.stream().mapToDouble(Figures::wall));
    row("cpu s", ours.stream().mapToDouble(Figures::cpu), theirs.stream().mapToDouble(Figures::cpu));
    row("peak MiB", ours.stream().mapToDouble(Figures::memory), theirs.stream().mapToDouble(Figures::memory));
    row("written MiB", ours.stream().mapToDouble(Figures::written), theirs.stream().mapToDouble(Figures::written));
  }

  private static void row(String name, java.util.stream.DoubleStream ours, java.util.stream.DoubleStream theirs) {
    double mine = median(ours.toArray());
    double restics = median(theirs.toArray());
    String compared =
        Double.isNaN(restics) || restics == 0
            ? ""
            : String.format(Locale.ROOT, "  restic %8.2f  ratio %5.2f", restics, mine / restics);
    System.out.printf(Locale.ROOT, "  %-12s %8.2f%s%n", name, mine, compared);
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return values.length == 0 ? Double.NaN : values[values.length / 2];
  }
}
