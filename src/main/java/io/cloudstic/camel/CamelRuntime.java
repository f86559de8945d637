package io.cloudstic.camel;

import io.cloudstic.failure.CloudsticException;
import io.cloudstic.store.ObjectStore;
import io.cloudstic.store.StoreUri;
import io.cloudstic.store.camel.RouteStore;
import io.cloudstic.store.camel.StoreBinding;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.StartupSummaryLevel;
import org.apache.camel.main.Main;
import org.apache.camel.model.RedeliveryPolicyDefinition;
import org.apache.camel.model.errorhandler.DefaultErrorHandlerDefinition;

/**
 * A Camel context with the routes that a command needs.
 *
 * <p>{@link Builder#start()} refuses wrong routes before any of them touches a disk or a network: a
 * file that does not parse, an unknown component or endpoint option, a {@code direct:} endpoint
 * that nothing begins at. Unless the runtime serves, routes that begin elsewhere than at an
 * endpoint inside the program (a timer, a poll) are loaded and checked, but not started.
 *
 * <p>One runtime belongs to one command; {@link #stop()} may be called from any thread.
 */
public final class CamelRuntime implements AutoCloseable {
  /** How long routes may take to finish what they are at when the runtime stops. */
  private static final long STOP_SECONDS = 1;

  /** The same where a schedule runs: a backup that was stopped still removes its lock. */
  private static final long SERVING_STOP_SECONDS = 60;

  private final Main main;
  private final ProducerTemplate template;
  private final StoreBinding binding;

  private CamelRuntime(Main main, StoreBinding binding) {
    this.main = main;
    this.binding = binding;
    this.template = main.getCamelContext().createProducerTemplate();
  }

  /** A runtime of these files and settings, to be told what else it needs. */
  public static Builder builder(RouteFiles files, Properties properties) {
    return new Builder(files, properties);
  }

  /** The started context. */
  public CamelContext context() {
    return main.getCamelContext();
  }

  /** Sends to the routes; thread-safe. */
  public ProducerTemplate template() {
    return template;
  }

  /**
   * The store that the runtime was made for, once it is known to be reachable. Its caller closes
   * it.
   *
   * @throws io.cloudstic.store.StoreException when it cannot be reached
   * @throws IllegalStateException when the runtime was made for none
   */
  public ObjectStore store() {
    if (binding == null) {
      throw new IllegalStateException("this runtime has no store");
    }
    binding.check().run();
    return new RouteStore(context(), binding.name());
  }

  /**
   * Stops the routes: what is under way may finish for a second, then it fails. Returns within two
   * seconds. May be repeated.
   */
  public synchronized void stop() {
    template.stop();
    stop(main, binding);
  }

  @Override
  public void close() {
    stop();
  }

  private static void stop(Main main, StoreBinding binding) {
    main.stop();
    if (binding != null) {
      for (AutoCloseable resource : binding.resources()) {
        try {
          resource.close();
        } catch (Exception e) {
          // The store was used to its end; a connection that does not close harms nothing.
          continue;
        }
      }
    }
  }

  /** What a runtime is made of. Not thread-safe. */
  public static final class Builder {
    private final RouteFiles files;
    private final Properties properties = new Properties();
    private final Set<String> wanted = new TreeSet<>();
    private final Set<String> required = new TreeSet<>();
    private final Map<String, Object> beans = new TreeMap<>();
    private StoreBinding binding;
    private boolean serving;

    private Builder(RouteFiles files, Properties properties) {
      this.files = files;
      this.properties.putAll(properties);
    }

    /** Loads these of the files that ship, named without {@code .camel.yaml}. */
    public Builder routes(String... names) {
      wanted.addAll(List.of(names));
      return this;
    }

    /** Refuses to start unless a route begins at each of these endpoints ({@code direct:…}). */
    public Builder require(String... endpoints) {
      required.addAll(List.of(endpoints));
      return this;
    }

    /** Gives the routes a bean to refer to by name. */
    public Builder bean(String name, Object bean) {
      beans.put(name, bean);
      return this;
    }

    /** Sets a property over those of the files. */
    public Builder property(String key, String value) {
      properties.setProperty(key, value);
      return this;
    }

    /** Loads the routes of this store, which {@link CamelRuntime#store()} then opens. */
    public Builder store(StoreUri uri, Map<String, String> environment) {
      return store(StoreBinding.of(uri, environment, properties::getProperty));
    }

    /** Loads the routes that the binding asks for. */
    public Builder store(StoreBinding bound) {
      binding = bound;
      routes(binding.routeFiles().toArray(String[]::new));
      require(binding.endpoints().toArray(String[]::new));
      beans.putAll(binding.beans());
      binding.properties().forEach(properties::setProperty);
      return this;
    }

    /** Also starts the routes that begin at a schedule, a poll or a listener. */
    public Builder serving() {
      serving = true;
      return this;
    }

    /**
     * Checks the routes and starts them.
     *
     * @throws io.cloudstic.failure.UsageException when a route is wrong: file, line and reason
     */
    public CamelRuntime start() {
      List<String> locations = files.locations(wanted);
      RouteSource source = new RouteSource(locations);
      Main main = prepare(locations);
      try {
        main.init();
        new RouteCheck(main.getCamelContext(), source, files.where()).check(required);
        leaveTellingToTheCaller(main.getCamelContext());
        InnerRoutes.startOnly(main.getCamelContext(), serving);
        main.start();
        main.getCamelContext()
            .getShutdownStrategy()
            .setTimeout(serving ? SERVING_STOP_SECONDS : STOP_SECONDS);
        main.getCamelContext().getShutdownStrategy().setTimeUnit(TimeUnit.SECONDS);
        return new CamelRuntime(main, binding);
      } catch (Exception e) {
        CloudsticException failure = RouteFailure.of(e, main.getCamelContext(), source);
        try {
          stop(main, binding);
        } catch (RuntimeException second) {
          failure.addSuppressed(second);
        }
        throw failure;
      }
    }

    /** A failure reaches the caller, who says it once; Camel would log it with a trace as well. */
    private static void leaveTellingToTheCaller(CamelContext context) {
      DefaultErrorHandlerDefinition quiet = new DefaultErrorHandlerDefinition();
      quiet.setRedeliveryPolicy(new RedeliveryPolicyDefinition().logExhausted(false));
      context.getCamelContextExtension().setErrorHandlerFactory(quiet);
    }

    private Main prepare(List<String> locations) {
      Main main = new Main();
      main.setDefaultPropertyPlaceholderLocation("false");
      main.setInitialProperties(properties);
      main.configure()
          .withRoutesIncludePattern(String.join(",", locations))
          .withRoutesCollectorEnabled(true)
          .withSourceLocationEnabled(true)
          .withAutoConfigurationLogSummary(false)
          .withUseMdcLogging(false)
          .withJmxEnabled(false);
      main.configure().setStartupSummaryLevel(StartupSummaryLevel.Off);
      beans.forEach(main::bind);
      return main;
    }
  }
}
