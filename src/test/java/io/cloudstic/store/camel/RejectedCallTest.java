package io.cloudstic.store.camel;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudstic.failure.StoppedException;
import io.cloudstic.store.ObjectStore;
import io.cloudstic.store.StoreException;
import java.util.concurrent.RejectedExecutionException;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A store's call that a pool of a user's route rejects")
class RejectedCallTest {
  private static CamelContext started() throws Exception {
    CamelContext context = new DefaultCamelContext();
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            errorHandler(noErrorHandler());
            from("direct:store-put")
                .throwException(new RejectedExecutionException("the pool is full"));
          }
        });
    context.start();
    return context;
  }

  @Test
  @DisplayName("is a failure of the store while the run goes on, for nobody has stopped it")
  void running() throws Exception {
    try (CamelContext context = started();
        ObjectStore store = new RouteStore(context)) {
      assertThatThrownBy(() -> store.put("data/ab/abcd", new byte[1]))
          .isInstanceOf(StoreException.class)
          .hasMessage("the store cannot write data/ab/abcd: the pool is full");
    }
  }

  @Test
  @DisplayName("is the end of a run that is stopped")
  void stopped() throws Exception {
    CamelContext context = started();
    try (ObjectStore store = new RouteStore(context)) {
      context.stop();
      assertThatThrownBy(() -> store.put("data/ab/abcd", new byte[1]))
          .isInstanceOf(StoppedException.class);
    }
  }
}
