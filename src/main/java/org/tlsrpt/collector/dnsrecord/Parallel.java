package org.tlsrpt.collector.dnsrecord;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Work beside the work: waiting for the network costs a virtual thread and nothing else. */
final class Parallel {

  private Parallel() {}

  /** Starts what ends by itself; {@code join()} gives its result. */
  static <T> CompletableFuture<T> start(Supplier<T> work) {
    return CompletableFuture.supplyAsync(work, task -> Thread.startVirtualThread(task));
  }
}
