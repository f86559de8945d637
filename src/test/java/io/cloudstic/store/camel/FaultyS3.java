package io.cloudstic.store.camel;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.s3.DelegatingS3Client;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Request;

/** An S3 client whose calls fail as queued, before or after they had effect. */
final class FaultyS3 extends DelegatingS3Client {
  private final Map<Class<?>, Queue<Function<Object, Object>>> faults = new ConcurrentHashMap<>();
  private final Map<Class<?>, Integer> calls = new ConcurrentHashMap<>();

  FaultyS3(S3Client client) {
    super(client);
  }

  /** The next call of this kind fails without effect. */
  void before(Class<? extends S3Request> kind, RuntimeException fault) {
    queue(kind)
        .add(
            call -> {
              throw fault;
            });
  }

  /** The next call of this kind does something else instead. */
  void around(Class<? extends S3Request> kind, Runnable instead) {
    queue(kind)
        .add(
            call -> {
              instead.run();
              return null;
            });
  }

  /** The next call of this kind has its effect and fails then. */
  void after(Class<? extends S3Request> kind, RuntimeException fault) {
    queue(kind)
        .add(
            call -> {
              ((Runnable) call).run();
              throw fault;
            });
  }

  /** The answer to the next call of this kind is changed. */
  @SuppressWarnings("unchecked")
  <T> void answer(Class<? extends S3Request> kind, UnaryOperator<T> change) {
    queue(kind)
        .add(
            call -> {
              Call<?> made = (Call<?>) call;
              made.run();
              return change.apply((T) made.result);
            });
  }

  /** How often this kind was called. */
  int calls(Class<? extends S3Request> kind) {
    return calls.getOrDefault(kind, 0);
  }

  /** The faults that nobody met. */
  List<Class<?>> left() {
    List<Class<?>> left = new ArrayList<>();
    faults.forEach((kind, queue) -> queue.forEach(fault -> left.add(kind)));
    return left;
  }

  static S3Exception answer(int status, String code) {
    return (S3Exception)
        S3Exception.builder()
            .statusCode(status)
            .awsErrorDetails(
                AwsErrorDetails.builder().errorCode(code).errorMessage("on purpose").build())
            .build();
  }

  @Override
  @SuppressWarnings("unchecked")
  protected <T extends S3Request, R> R invokeOperation(T request, Function<T, R> operation) {
    calls.merge(request.getClass(), 1, Integer::sum);
    Function<Object, Object> fault = queue(request.getClass()).poll();
    Call<R> call = new Call<>(() -> operation.apply(request));
    if (fault != null) {
      return (R) fault.apply(call);
    }
    call.run();
    return call.result;
  }

  private Queue<Function<Object, Object>> queue(Class<?> kind) {
    return faults.computeIfAbsent(kind, k -> new ConcurrentLinkedQueue<>());
  }

  private static final class Call<R> implements Runnable {
    private final java.util.function.Supplier<R> operation;
    private R result;

    Call(java.util.function.Supplier<R> operation) {
      this.operation = operation;
    }

    @Override
    public void run() {
      result = operation.get();
    }
  }
}
