package io.cloudstic.restic.camel;

import java.util.Arrays;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;

/** Makes the endpoints {@code restic:OPERATION}. */
@Component("restic")
public class ResticComponent extends DefaultComponent {

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters)
      throws Exception {
    ResticConfiguration configuration = new ResticConfiguration();
    configuration.setOperation(operation(remaining));
    Endpoint endpoint = new ResticEndpoint(uri, this, configuration);
    setProperties(endpoint, parameters);
    return endpoint;
  }

  private static ResticOperation operation(String name) {
    try {
      return ResticOperation.valueOf(name);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "restic: has no operation '%s', but %s"
              .formatted(name, Arrays.toString(ResticOperation.values())));
    }
  }
}
