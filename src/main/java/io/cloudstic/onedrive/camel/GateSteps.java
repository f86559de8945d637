package io.cloudstic.onedrive.camel;

import io.cloudstic.onedrive.client.Gate;
import java.io.InputStream;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.http.HttpConstants;
import org.apache.camel.support.SynchronizationAdapter;

/**
 * The three steps by which a call passes a gate: {@code enter} before the request, {@code answered}
 * after it, {@code leave} whatever happens. Stateless; the gate is shared.
 */
public final class GateSteps {
  /** The resource units that a call costs; 1 without it. */
  static final String UNITS = "cloudstic.units";

  private static final String PASS = "cloudstic.pass";

  private final Gate gate;

  /** Steps through this gate. */
  public GateSteps(Gate gate) {
    this.gate = gate;
  }

  /** Waits until a request may be sent. */
  public Processor enter() {
    return exchange ->
        exchange.setProperty(PASS, gate.enter(exchange.getProperty(UNITS, 1, int.class)));
  }

  /**
   * Tells the gate what came. The answer of a good call still streams: its pass is given back when
   * the exchange is done.
   */
  public Processor answered() {
    return exchange -> {
      Gate.Pass pass = exchange.getProperty(PASS, Gate.Pass.class);
      int status = exchange.getMessage().getHeader(HttpConstants.HTTP_RESPONSE_CODE, int.class);
      pass.answered(status, headers(exchange));
      if (status < 400) {
        exchange.removeProperty(PASS);
        if (exchange.getMessage().getBody() instanceof InputStream body) {
          exchange.getMessage().setBody(new MeteredBody(body, pass));
        }
        exchange.getExchangeExtension().addOnCompletion(new GiveBack(pass));
      }
    };
  }

  /** Gives back the pass of a call that has failed. */
  public Processor leave() {
    return exchange -> {
      Gate.Pass pass = (Gate.Pass) exchange.removeProperty(PASS);
      if (pass != null) {
        pass.close();
      }
    };
  }

  private static Map<String, String> headers(Exchange exchange) {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    exchange
        .getMessage()
        .getHeaders()
        .forEach((name, value) -> headers.put(name, String.valueOf(value)));
    return headers;
  }

  private static final class GiveBack extends SynchronizationAdapter {
    private final Gate.Pass pass;

    GiveBack(Gate.Pass pass) {
      this.pass = pass;
    }

    @Override
    public void onDone(Exchange exchange) {
      pass.close();
    }
  }
}
