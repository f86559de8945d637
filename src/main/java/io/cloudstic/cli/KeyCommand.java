package io.cloudstic.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudstic.failure.ExitCode;
import io.cloudstic.failure.UsageException;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.RepositoryException;
import io.cloudstic.restic.crypto.KdfCost;
import io.cloudstic.restic.repository.KeyChanges;
import io.cloudstic.restic.repository.KeyRing;
import io.cloudstic.restic.repository.Repository;
import io.cloudstic.restic.tree.TerminalText;
import io.cloudstic.store.ObjectNotFoundException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cloudstic key list|add|remove|passwd}. */
@picocli.CommandLine.Command(
    footer = {
      "cloudstic key list",
      "cloudstic key add                              asks twice for one more password",
      "cloudstic key add -new-password-file FILE -user backup -host nas",
      "cloudstic key remove 7d1c3f22",
      "cloudstic key passwd -new-password-file FILE   changes the password that is used here"
    })
final class KeyCommand extends Command {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

  @Parameters(index = "0", paramLabel = "list|add|remove|passwd")
  String action;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "[ID]",
      description = "the key to remove: the beginning of its id, as key list shows it")
  String name;

  @Option(
      names = "-new-password-file",
      paramLabel = "FILE",
      description = "read the new password from this file")
  Path newPasswordFile;

  @Option(names = "-user", paramLabel = "NAME", description = "the user that the new key names")
  String user;

  @Option(names = "-host", paramLabel = "NAME", description = "the host that the new key names")
  String host;

  @Override
  ExitCode run(CommandContext context) {
    boolean adds = action.equals("add") || action.equals("passwd");
    if (adds ? name != null : newPasswordFile != null || user != null || host != null) {
      throw new UsageException(
          adds
              ? "one argument too many for key " + action + ": " + name
              : "-new-password-file, -user and -host are for new keys, not for key " + action,
          "see: cloudstic key -help");
    }
    switch (action) {
      case "list" -> list(context);
      case "add" -> add(context);
      case "remove" -> remove(context);
      case "passwd" -> change(context);
      default ->
          throw new UsageException(
              "key " + action + " is unknown",
              "one of: key list, key add, key remove ID, key passwd");
    }
    return ExitCode.DONE;
  }

  private void list(CommandContext context) {
    if (name != null) {
      throw new UsageException("one argument too many for key list: " + name, null);
    }
    List<KeyRing.NamedKey> keys = new ArrayList<>();
    RepositoryException unusable = null;
    Id own;
    try (RepositoryAccess access = RepositoryAccess.open(context)) {
      own = access.repository().keyId();
      KeyRing ring = access.repository().keys();
      for (Id id : ring.ids()) {
        try {
          keys.add(ring.load(id));
        } catch (ObjectNotFoundException removedMeanwhile) {
          continue;
        } catch (RepositoryException e) {
          unusable = e;
        }
      }
    }
    if (global.json) {
      context.printJson(json(keys, own));
    } else {
      print(context, keys, own);
    }
    if (unusable != null) {
      throw unusable;
    }
  }

  /** As restic shows it, which has short ids and local times without a zone here. */
  private static ArrayNode json(List<KeyRing.NamedKey> keys, Id own) {
    ArrayNode all = Json.array();
    for (KeyRing.NamedKey key : keys) {
      ObjectNode one = all.addObject();
      one.put("current", key.id().equals(own));
      one.put("id", key.id().brief());
      one.put("userName", key.file().username());
      one.put("hostName", key.file().hostname());
      one.put("created", created(key));
      one.put("full_id", key.id().hex());
    }
    return all;
  }

  private static void print(CommandContext context, List<KeyRing.NamedKey> keys, Id own) {
    List<String[]> rows = new ArrayList<>();
    rows.add(new String[] {" ID", "User", "Host", "Created"});
    for (KeyRing.NamedKey key : keys) {
      rows.add(
          new String[] {
            (key.id().equals(own) ? "*" : " ") + key.id().brief(),
            TerminalText.escape(key.file().username()),
            TerminalText.escape(key.file().hostname()),
            created(key)
          });
    }
    Table.print(context.console().out(), rows);
    context.console().out().flush();
  }

  private static String created(KeyRing.NamedKey key) {
    return TIME.format(key.file().created().atZoneSameInstant(ZoneId.systemDefault()));
  }

  private void add(CommandContext context) {
    try (RepositoryAccess access = RepositoryAccess.toAdd(context)) {
      Id added =
          new KeyChanges(access.repository()).add(newPassword(context), cost(), owner(access));
      report(context, "added", added, "Added key " + added.brief());
    }
  }

  private void remove(CommandContext context) {
    if (name == null) {
      throw new UsageException(
          "key remove needs the id of a key", "see the ids with: cloudstic key list");
    }
    try (RepositoryAccess access = RepositoryAccess.exclusively(context)) {
      KeyChanges changes = new KeyChanges(access.repository());
      Id removed = changes.find(name);
      changes.remove(removed);
      report(context, "removed", removed, "Removed key " + removed.brief());
    }
  }

  private void change(CommandContext context) {
    char[] password;
    try (RepositoryAccess access = RepositoryAccess.exclusively(context)) {
      Repository repository = access.repository();
      password = newPassword(context);
      Id added = new KeyChanges(repository).replaceOwn(password, cost(), owner(access));
      report(
          context,
          "changed",
          added,
          "Changed the password: key " + repository.keyId().brief() + " is now " + added.brief());
    }
    remarkOnSaved(context, password);
  }

  /** The file for unattended jobs is not written over: it may be for another repository. */
  private static void remarkOnSaved(CommandContext context, char[] password) {
    SavedPassword saved = context.passwords().saved();
    if (saved.exists() && !Arrays.equals(PasswordFile.read(saved.file(), "saved"), password)) {
      context.remark(
          "%s still holds another password: write the new one there if unattended jobs use it",
          saved.file());
    }
  }

  private char[] newPassword(CommandContext context) {
    return context.passwords().ofNewKey(newPasswordFile);
  }

  private static KdfCost cost() {
    return KdfCost.calibrate(java.time.Clock.systemUTC());
  }

  private KeyChanges.Owner owner(RepositoryAccess access) {
    KeyChanges.Owner own = KeyChanges.Owner.of(access.repository().environment());
    return new KeyChanges.Owner(
        user == null ? own.username() : user, host == null ? own.hostname() : host);
  }

  private void report(CommandContext context, String what, Id key, String text) {
    if (global.json) {
      ObjectNode document = Json.object();
      document.put("message_type", what);
      document.put("id", key.hex());
      context.printJson(document);
    } else {
      context.console().out().println(text);
      context.console().out().flush();
    }
  }
}
