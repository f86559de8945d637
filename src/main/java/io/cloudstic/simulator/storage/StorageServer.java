package io.cloudstic.simulator.storage;

import io.cloudstic.simulator.drive.Content;
import io.cloudstic.simulator.drive.GeneratedContent;
import io.cloudstic.simulator.drive.Item;
import io.cloudstic.simulator.drive.Trait;
import io.cloudstic.simulator.wire.Call;
import io.cloudstic.simulator.wire.Effect;
import io.cloudstic.simulator.wire.Effect.DownloadFault;
import io.cloudstic.simulator.wire.Reply;
import io.cloudstic.simulator.wire.Site;
import io.cloudstic.simulator.wire.Statistics;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/**
 * The storage host: gives bytes to whoever has a ticket that is still good, whole or in part, and
 * refuses everybody who shows a bearer token. Thread-safe.
 */
public final class StorageServer implements Site {
  private static final int BUFFER = 32 * 1024;

  private final Tickets tickets;
  private final Uploads uploads;
  private final Statistics statistics;

  /** Serves the files that these tickets name. */
  public StorageServer(Tickets tickets, Uploads uploads, Statistics statistics) {
    this.tickets = tickets;
    this.uploads = uploads;
    this.statistics = statistics;
  }

  @Override
  public String name() {
    return "storage";
  }

  @Override
  public Reply answer(Call call) {
    if (call.header("authorization") != null) {
      statistics.tokenAtStorage();
      return Reply.html(401, "<h1>401 Unauthorized</h1>");
    }
    Optional<Reply> scripted = call.scripted();
    if (scripted.isPresent()) {
      return scripted.get();
    }
    if (call.target().getRawPath().equals(Uploads.PATH)) {
      return uploads.answer(call);
    }
    if (!call.method().equals("GET") || !call.target().getRawPath().equals(Tickets.PATH)) {
      return Reply.html(404, "<h1>404 Not Found</h1>");
    }
    Optional<Tickets.Ticket> ticket = tickets.read(call.query().get("tempauth"));
    boolean expired = ticket.map(Tickets.Ticket::expired).orElse(true);
    if (expired || fault(call, DownloadFault.EXPIRED)) {
      int status = expired ? tickets.expiredStatus() : 401;
      return Reply.html(status, "<h1>" + status + "</h1>").with("WWW-Authenticate", "Bearer");
    }
    return file(call, ticket.get());
  }

  private Reply file(Call call, Tickets.Ticket ticket) {
    Item file = ticket.file();
    if (file.isDeleted() || !file.isFile() || file.has(Trait.VANISHED)) {
      return Reply.html(404, "<h1>404 Not Found</h1>");
    }
    if (file.has(Trait.MALWARE)) {
      return Reply.html(403, "<h1>This file is infected</h1>")
          .with("X-Virus-Infected", "Trojan:Win32/Simulated");
    }
    if (file.has(Trait.LOCKED) || file.has(Trait.UNAVAILABLE)) {
      return Reply.html(file.has(Trait.LOCKED) ? 423 : 503, "<h1>Not now</h1>");
    }
    if (fault(call, DownloadFault.HTML)) {
      return Reply.html(200, "<!DOCTYPE html><html><body>Sign in to your account</body></html>");
    }
    file.downloaded();
    Content content =
        fault(call, DownloadFault.OTHER_BYTES)
            ? new GeneratedContent(file.ordinal() ^ 0x0DDL, file.served().size(), false)
            : file.served();
    return bytes(call, file, content);
  }

  private Reply bytes(Call call, Item file, Content content) {
    String validator = "\"{" + file.id() + "}," + file.contentVersion() + "\"";
    long size = content.size();
    String condition = call.header("if-range");
    boolean wholeWanted =
        fault(call, DownloadFault.RANGE_IGNORED)
            || condition != null && !condition.equals(validator);
    Optional<Slice> asked =
        wholeWanted ? Optional.empty() : Slice.parse(call.header("range"), size);
    String match = call.header("if-match");
    if (match != null && !match.equals(validator) && !match.equals("*")) {
      return Reply.empty(412);
    }
    boolean refused = fault(call, DownloadFault.RANGE_REFUSED) && call.header("range") != null;
    if (refused || asked.isPresent() && !asked.get().fits(size)) {
      return Reply.empty(416).with("Content-Range", "bytes */" + size);
    }
    Slice whole = new Slice(0, size - 1);
    Slice slice = asked.orElse(whole);
    if (fault(call, DownloadFault.RANGE_SHIFTED) && slice.from() > 0) {
      slice = new Slice(slice.from() - 1, slice.to());
    }
    Reply reply =
        Reply.of(
            asked.isPresent() ? 206 : 200, "application/octet-stream", new Bytes(content, slice));
    if (asked.isPresent()) {
      reply.with("Content-Range", "bytes " + slice.from() + "-" + slice.to() + "/" + size);
    }
    return reply.with("Accept-Ranges", "bytes").with("ETag", validator);
  }

  private static boolean fault(Call call, DownloadFault fault) {
    return call.has(new Effect.Download(fault));
  }

  /** A slice of a content, read while it is sent. */
  private record Bytes(Content content, Slice slice) implements Reply.Body {
    @Override
    public long length() {
      return slice.length();
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      byte[] buffer = new byte[(int) Math.min(BUFFER, slice.length())];
      try (InputStream in = content.open(slice.from())) {
        for (long left = slice.length(); left > 0; ) {
          int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
          if (count < 0) {
            throw new EOFException("the file became shorter while it was sent");
          }
          out.write(buffer, 0, count);
          left -= count;
        }
      }
    }
  }
}
