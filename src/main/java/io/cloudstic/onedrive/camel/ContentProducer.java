package io.cloudstic.onedrive.camel;

import io.cloudstic.onedrive.DriveItem;
import io.cloudstic.onedrive.client.FileContent;
import io.cloudstic.onedrive.scan.DriveFile;
import java.io.InputStream;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultProducer;
import org.apache.camel.support.SynchronizationAdapter;
import org.apache.camel.util.IOHelper;

/**
 * {@code onedrive:content}: the stream of a file's content. Nothing is asked for before it is read,
 * and it is closed with the exchange. The {@link FileContent} stays in the exchange: when reading
 * fails because the file has changed, a redelivery of this step takes the next round.
 */
final class ContentProducer extends DefaultProducer {
  private final OneDriveEndpoint endpoint;

  ContentProducer(OneDriveEndpoint endpoint) {
    super(endpoint);
    this.endpoint = endpoint;
  }

  @Override
  public void process(Exchange exchange) {
    Message message = exchange.getMessage();
    FileContent content = exchange.getProperty(OneDriveConstants.CONTENT, FileContent.class);
    if (content == null || !content.isBegunAgain()) {
      content = content(message);
      exchange.setProperty(OneDriveConstants.CONTENT, content);
    }
    InputStream stream = content.open();
    exchange
        .getExchangeExtension()
        .addOnCompletion(
            new SynchronizationAdapter() {
              @Override
              public void onDone(Exchange done) {
                IOHelper.close(stream);
              }
            });
    message.setBody(stream);
  }

  private FileContent content(Message message) {
    if (message.getBody() instanceof DriveFile file) {
      // Of a scan, whose files carry their path for people and their facts for the catalogue.
      message.setBody(file.item());
    }
    DriveItem item = message.getBody(DriveItem.class);
    return endpoint
        .client()
        .downloads()
        .of(endpoint.driveId(message), item == null ? ItemProducer.find(endpoint, message) : item);
  }
}
