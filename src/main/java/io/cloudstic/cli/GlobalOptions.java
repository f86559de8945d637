package io.cloudstic.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The flags that every command takes. */
final class GlobalOptions {
  @Option(
      names = "-store",
      paramLabel = "URI",
      description = {
        "where the repository is: local:PATH, s3:BUCKET[/PREFIX] or route:NAME",
        "(or CLOUDSTIC_STORE; local:./backup_store by default)"
      })
  String store;

  @Option(
      names = "-password",
      paramLabel = "PASSWORD",
      description = {
        "the repository's password (or CLOUDSTIC_PASSWORD; as a flag it is visible to other users)"
      })
  String password;

  @Option(
      names = "-password-file",
      paramLabel = "FILE",
      description = "read the repository's password from this file (or CLOUDSTIC_PASSWORD_FILE)")
  Path passwordFile;

  @Option(
      names = "-password-command",
      paramLabel = "COMMAND",
      description = {
        "run this command and take its output as the password (or CLOUDSTIC_PASSWORD_COMMAND)"
      })
  String passwordCommand;

  @Option(
      names = "-config",
      paramLabel = "DIR",
      description = "configuration directory: token, password, profiles (or CLOUDSTIC_CONFIG_DIR)")
  Path configDir;

  @Option(
      names = "-cache-dir",
      paramLabel = "DIR",
      description = {
        "cache directory, all of which can be deleted at any time (or CLOUDSTIC_CACHE_DIR)"
      })
  Path cacheDir;

  @Option(names = "-no-cache", description = "keep nothing between runs but the repository")
  boolean noCache;

  @Option(
      names = "-profile",
      paramLabel = "NAME",
      description = "settings by name for flags that are not given; see: cloudstic profile -help")
  String profile;

  @Option(names = "-verbose", description = "say more")
  boolean verbose;

  @Option(names = "-quiet", description = "say nothing but results and errors")
  boolean quiet;

  @Option(names = "-json", description = "results as JSON on standard output")
  boolean json;

  @Option(names = "-debug", description = "log what happens inside, with stack traces")
  boolean debug;

  @Option(names = "-no-color", description = "no colours")
  boolean noColor;

  @Option(
      names = "-no-lock",
      description = "read without a lock: for a repository that cannot be written to")
  boolean noLock;

  @Option(
      names = "-retry-lock",
      paramLabel = "DURATION",
      description = {
        "wait so long for a lock of somebody else, such as 5m; 0 by default, but for locks",
        "that are held for a moment only"
      })
  String retryLock;

  @Option(names = "-no-prompt", description = "ask nothing: fail where an answer is needed")
  boolean noPrompt;
}
