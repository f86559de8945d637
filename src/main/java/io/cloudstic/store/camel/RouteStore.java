package io.cloudstic.store.camel;

import io.cloudstic.failure.StoppedException;
import io.cloudstic.store.Keys;
import io.cloudstic.store.ObjectExistsException;
import io.cloudstic.store.ObjectInfo;
import io.cloudstic.store.ObjectNotFoundException;
import io.cloudstic.store.ObjectStore;
import io.cloudstic.store.StoreException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Message;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.util.ObjectHelper;

/**
 * A store made of the seven routes {@code direct:NAME-put}, {@code -create}, {@code -get}, {@code
 * -range}, {@code -size}, {@code -list} and {@code -delete}, which a user can read and change:
 *
 * <table>
 * <caption>What a route gets and gives</caption>
 * <tr><th>route</th><th>in</th><th>out</th></tr>
 * <tr><td>put</td><td>{@code CloudsticKey}, body {@code byte[]}</td><td></td></tr>
 * <tr><td>create</td><td>the same</td><td>{@link ObjectExistsException} when the key is taken</td></tr>
 * <tr><td>get</td><td>{@code CloudsticKey}</td><td>the bytes</td></tr>
 * <tr><td>range</td><td>{@code CloudsticKey}, {@code CloudsticRangeStart}, {@code
 * CloudsticRangeEnd} (inclusive), {@code CloudsticRangeLength}</td><td>the bytes</td></tr>
 * <tr><td>size</td><td>{@code CloudsticKey}</td><td>a number, or nothing</td></tr>
 * <tr><td>list</td><td>{@code CloudsticPrefix}, {@code CloudsticAfter}</td><td>a page: a list of
 * {@link ObjectInfo}, empty at the end; or an {@link ObjectPage}</td></tr>
 * <tr><td>delete</td><td>{@code CloudsticKey}</td><td></td></tr>
 * </table>
 *
 * <p>A missing object is an {@link ObjectNotFoundException} or whatever {@link StoreFaults} knows
 * to mean the same. Thread-safe: each call runs on the caller's thread.
 */
public final class RouteStore implements ObjectStore {
  /** The name of the routes that ship. */
  public static final String DEFAULT_NAME = "store";

  /** The last parts of the routes' names. */
  public static final List<String> OPERATIONS =
      List.of("put", "create", "get", "range", "size", "list", "delete");

  private final CamelContext context;
  private final ProducerTemplate template;
  private final String name;

  /** The store behind {@code direct:store-*} of a started context. */
  public RouteStore(CamelContext context) {
    this(context, DEFAULT_NAME);
  }

  /** The store behind {@code direct:NAME-*} of a started context. */
  public RouteStore(CamelContext context, String name) {
    this.context = context;
    this.name = name;
    this.template = context.createProducerTemplate();
  }

  @Override
  public void put(String key, byte[] data) {
    send("put", Keys.check(key), Map.of(StoreHeaders.KEY, key), data);
  }

  @Override
  public void create(String key, byte[] data) {
    Exchange done = exchange(Map.of(StoreHeaders.KEY, Keys.check(key)), data);
    template.send("direct:" + name + "-create", done);
    if (done.getException() == null) {
      return;
    }
    RuntimeException failure = failure("create", key, done.getException());
    if (failure instanceof ObjectExistsException
        && StoreFaults.wasTriedAgain(done)
        && holds(key, data)) {
      // An earlier try was stored although its answer was lost: the object is ours.
      return;
    }
    throw failure;
  }

  @Override
  public byte[] get(String key) {
    return bytes("get", key, send("get", Keys.check(key), Map.of(StoreHeaders.KEY, key), null));
  }

  @Override
  public byte[] getRange(String key, long offset, int length) {
    Keys.check(key);
    if (offset < 0 || length < 0) {
      throw new IllegalArgumentException("not a range: " + length + " bytes from " + offset);
    }
    if (length == 0) {
      return emptyRange(key, offset);
    }
    Map<String, Object> headers =
        Map.of(
            StoreHeaders.KEY, key,
            StoreHeaders.RANGE_START, offset,
            StoreHeaders.RANGE_END, offset + length - 1,
            StoreHeaders.RANGE_LENGTH, length);
    return checkedRange(
        key, offset, length, bytes("range", key, send("range", key, headers, null)));
  }

  @Override
  public OptionalLong size(String key) {
    Object size;
    try {
      size = send("size", Keys.check(key), Map.of(StoreHeaders.KEY, key), null).getBody();
    } catch (ObjectNotFoundException e) {
      return OptionalLong.empty();
    }
    if (size == null) {
      return OptionalLong.empty();
    }
    if (size instanceof OptionalLong known) {
      return known;
    }
    if (size instanceof Number number) {
      return OptionalLong.of(number.longValue());
    }
    throw wrongAnswer("size", size);
  }

  @Override
  public void list(String prefix, Consumer<ObjectInfo> sink) {
    Keys.checkPrefix(prefix);
    Map<String, Object> headers = new HashMap<>();
    headers.put(StoreHeaders.PREFIX, prefix);
    headers.put(StoreHeaders.AFTER, "");
    String last = "";
    Object next;
    do {
      ObjectPage page = page(send("list", prefix, headers, null).getBody());
      for (ObjectInfo info : page.objects()) {
        // Others may keep things here too, such as folder markers of an S3 browser; and pages may
        // overlap.
        if (info.key().startsWith(prefix) && Keys.isKey(info.key()) && !info.key().equals(last)) {
          sink.accept(info);
        }
        last = info.key();
      }
      next = page.next();
      if (next != null && next.equals(headers.put(StoreHeaders.NEXT, next))) {
        throw new StoreException(
            "direct:" + name + "-list gives the same page again after \"" + last + '"',
            "let the route begin its page after the key in the header " + StoreHeaders.AFTER,
            null);
      }
      headers.put(StoreHeaders.AFTER, last);
    } while (next != null);
  }

  /** A route may answer with a mere list, whose last key is where the next one begins. */
  private ObjectPage page(Object answer) {
    if (answer instanceof ObjectPage page) {
      return page;
    }
    if (!(answer instanceof List<?> objects)) {
      throw wrongAnswer("list", answer);
    }
    List<ObjectInfo> infos = new ArrayList<>(objects.size());
    for (Object object : objects) {
      if (!(object instanceof ObjectInfo info)) {
        throw wrongAnswer("list", object);
      }
      infos.add(info);
    }
    return new ObjectPage(infos, infos.isEmpty() ? null : infos.get(infos.size() - 1).key());
  }

  @Override
  public void delete(String key) {
    try {
      send("delete", Keys.check(key), Map.of(StoreHeaders.KEY, key), null);
    } catch (ObjectNotFoundException e) {
      // Some services say so; what was wanted is the case.
      return;
    }
  }

  /** Lets go of the template; the routes belong to the context. */
  @Override
  public void close() {
    template.stop();
  }

  private boolean holds(String key, byte[] data) {
    try {
      return Arrays.equals(get(key), data);
    } catch (ObjectNotFoundException e) {
      return false;
    }
  }

  private Message send(String operation, String key, Map<String, Object> headers, byte[] body) {
    Exchange exchange = exchange(headers, body);
    template.send("direct:" + name + "-" + operation, exchange);
    if (exchange.getException() != null) {
      throw failure(operation, key, exchange.getException());
    }
    return exchange.getMessage();
  }

  private RuntimeException failure(String operation, String key, Throwable fault) {
    // It would have been tried again, or taken on: a busy pool of a user's route rejects as well.
    boolean unlessStopped =
        PassingFault.mayPass(fault)
            || ObjectHelper.getException(RejectedExecutionException.class, fault) != null;
    if (unlessStopped && (context.isStopping() || context.isStopped())) {
      return new StoppedException();
    }
    return StoreFaults.translate(operation, key, fault);
  }

  private Exchange exchange(Map<String, Object> headers, byte[] body) {
    Exchange exchange = new DefaultExchange(context, ExchangePattern.InOut);
    exchange.getIn().setHeaders(new HashMap<>(headers));
    exchange.getIn().setBody(body);
    return exchange;
  }

  private byte[] bytes(String operation, String key, Message answer) {
    if (answer.getBody() == null) {
      throw wrongAnswer(operation, null);
    }
    try {
      return answer.getMandatoryBody(byte[].class);
    } catch (InvalidPayloadException e) {
      throw StoreFaults.translate(operation, key, e);
    }
  }

  private byte[] emptyRange(String key, long offset) {
    long size = size(key).orElseThrow(() -> new ObjectNotFoundException(key, null));
    if (offset > size) {
      throw new StoreException(
          "cannot read from " + offset + " of " + key + ": it has " + size + " bytes", null, null);
    }
    return new byte[0];
  }

  private static byte[] checkedRange(String key, long offset, int length, byte[] data) {
    if (data.length != length) {
      throw new StoreException(
          "cannot read "
              + length
              + " bytes from "
              + offset
              + " of "
              + key
              + ": the object ends after "
              + data.length
              + " of them",
          null,
          null);
    }
    return data;
  }

  private StoreException wrongAnswer(String operation, Object answer) {
    String type = answer == null ? "nothing" : "a " + answer.getClass().getName();
    return new StoreException(
        "direct:" + name + "-" + operation + " answered with " + type,
        "see docs/routes.md for what a store route has to answer",
        null);
  }
}
