package io.cloudstic.onedrive.camel;

import java.util.Arrays;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;

/** Makes the endpoints {@code onedrive:OPERATION}. */
@Component("onedrive")
public class OneDriveComponent extends DefaultComponent {
  @Metadata(
      autowired = true,
      description = "The signed-in client. One in the registry is found by itself")
  private OneDriveClient client;

  /** The signed-in client. */
  public OneDriveClient getClient() {
    return client;
  }

  /** The signed-in client. */
  public void setClient(OneDriveClient client) {
    this.client = client;
  }

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters)
      throws Exception {
    OneDriveConfiguration configuration = new OneDriveConfiguration();
    configuration.setOperation(operation(remaining));
    Endpoint endpoint = new OneDriveEndpoint(uri, this, configuration);
    setProperties(endpoint, parameters);
    return endpoint;
  }

  private static OneDriveOperation operation(String name) {
    try {
      return OneDriveOperation.valueOf(name);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "onedrive: has no operation '%s', but %s"
              .formatted(name, Arrays.toString(OneDriveOperation.values())));
    }
  }
}
