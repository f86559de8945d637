package io.cloudstic.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudstic.failure.ExitCode;
import io.cloudstic.failure.UsageException;
import io.cloudstic.onedrive.auth.Auth;
import java.time.temporal.ChronoUnit;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cloudstic auth login|status|logout}. */
@picocli.CommandLine.Command(
    footer = {
      "cloudstic auth login                in the browser of this machine",
      "cloudstic auth login -device-code   where there is no browser",
      "cloudstic auth login -write         before restore -to onedrive:",
      "cloudstic auth status",
      "cloudstic auth logout"
    })
final class AuthCommand extends Command {
  @Parameters(arity = "1", paramLabel = "login|status|logout")
  String action;

  @Option(
      names = "-device-code",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = "BOOL",
      description = {
        "sign in by typing a code into any browser, as is done by itself where this",
        "machine has none; false: by an address that is opened or pasted only"
      })
  Boolean deviceCode;

  @Option(
      names = "-write",
      description = "with login: ask for the right to change files, for restore -to onedrive:")
  boolean write;

  @Override
  ExitCode run(CommandContext context) {
    Auth auth = write ? SignIns.writing(context) : SignIns.auth(context);
    return switch (action) {
      case "login" -> {
        auth.login(way());
        show(context, auth.status());
        yield ExitCode.DONE;
      }
      case "status" -> {
        Auth.Status status = auth.status();
        show(context, status);
        yield status.signedIn() ? ExitCode.DONE : ExitCode.SIGN_IN_NEEDED;
      }
      case "logout" -> {
        Auth.SignedOut out = auth.logout();
        if (global.json) {
          ObjectNode document = Json.object();
          document.put("was_signed_in", out.wasSignedIn());
          document.put("token_file", out.tokenFile().toString());
          context.printJson(document);
        } else {
          print(
              context,
              out.wasSignedIn() ? "Signed out; removed " + out.tokenFile() : "Was not signed in");
        }
        yield ExitCode.DONE;
      }
      default ->
          throw new UsageException(
              "auth " + action + " is unknown", "one of: auth login, auth status, auth logout");
    };
  }

  private Auth.Way way() {
    if (deviceCode == null) {
      return Auth.Way.SUITABLE;
    }
    return deviceCode ? Auth.Way.DEVICE_CODE : Auth.Way.BROWSER;
  }

  private void show(CommandContext context, Auth.Status status) {
    if (global.json) {
      context.printJson(json(status));
      return;
    }
    print(context, status.signedIn() ? "Signed in" : "Not signed in: run cloudstic auth login");
    print(
        context,
        "Client id:   "
            + status.clientId().orElse("none")
            + " ("
            + status.clientIdSource().words()
            + ")");
    print(context, "Tenant:      " + status.tenant());
    if (status.appOnly()) {
      print(context, "Kind:        app-only");
    } else {
      print(context, "Token file:  " + status.tokenFile());
    }
    status
        .expiry()
        .ifPresent(
            expiry ->
                print(
                    context,
                    "Access ends: "
                        + expiry.truncatedTo(ChronoUnit.SECONDS)
                        + (status.renewable() ? ", renewed by itself" : "")));
  }

  private static ObjectNode json(Auth.Status status) {
    ObjectNode document = Json.object();
    document.put("signed_in", status.signedIn());
    document.put("app_only", status.appOnly());
    status.clientId().ifPresent(id -> document.put("client_id", id));
    document.put("client_id_source", status.clientIdSource().words());
    document.put("tenant", status.tenant());
    document.put("token_file", status.tokenFile().toString());
    document.put("renewable", status.renewable());
    status.expiry().ifPresent(expiry -> document.put("expiry", expiry.toString()));
    status.lastRenewed().ifPresent(renewed -> document.put("last_renewed", renewed.toString()));
    return document;
  }

  private static void print(CommandContext context, String line) {
    context.console().out().println(line);
    context.console().out().flush();
  }
}
