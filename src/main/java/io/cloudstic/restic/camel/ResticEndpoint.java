package io.cloudstic.restic.camel;

import org.apache.camel.Category;
import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.support.DefaultEndpoint;

/** Back up into encrypted, deduplicated repositories in the restic format. */
@UriEndpoint(
    firstVersion = "1.0.0",
    scheme = "restic",
    title = "restic repository",
    syntax = "restic:operation",
    producerOnly = true,
    remote = false,
    category = {Category.FILE, Category.CLOUD})
public class ResticEndpoint extends DefaultEndpoint {
  @UriParam private final ResticConfiguration configuration;

  /** An endpoint of this configuration, which becomes its own. */
  public ResticEndpoint(String uri, Component component, ResticConfiguration configuration) {
    super(uri, component);
    this.configuration = configuration;
  }

  /** The options. */
  public ResticConfiguration getConfiguration() {
    return configuration;
  }

  @Override
  public Producer createProducer() {
    return configuration.getOperation().producer(this);
  }

  @Override
  public Consumer createConsumer(Processor processor) {
    throw new UnsupportedOperationException("nothing comes from: restic: is for to:");
  }
}
