package io.cloudstic.restic.camel;

import org.apache.camel.RuntimeCamelException;
import org.apache.camel.spi.Configurer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriParams;
import org.apache.camel.spi.UriPath;

/** The options of an endpoint. */
@UriParams
@Configurer
public class ResticConfiguration implements Cloneable {
  @UriPath(description = "What to do with the message")
  @Metadata(required = true)
  private ResticOperation operation;

  /** What to do with the message. */
  public ResticOperation getOperation() {
    return operation;
  }

  /** What to do with the message. */
  public void setOperation(ResticOperation operation) {
    this.operation = operation;
  }

  /** A copy for one endpoint. */
  public ResticConfiguration copy() {
    try {
      return (ResticConfiguration) clone();
    } catch (CloneNotSupportedException e) {
      throw new RuntimeCamelException(e);
    }
  }
}
