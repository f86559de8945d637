package io.cloudstic.backup.camel;

import io.cloudstic.backup.FileEntry;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Opens the entry in the body, which becomes the stream of its content. */
public final class OpenEntry implements Processor {
  @Override
  public void process(Exchange exchange) throws Exception {
    FileEntry entry = exchange.getMessage().getMandatoryBody(FileEntry.class);
    exchange.getMessage().setBody(entry.open());
  }
}
