package org.tlsrpt.collector.api;

import java.util.List;
import java.util.stream.Stream;

/** What the description of the API says about every call there is, in the order it shows them. */
final class ApiCalls {

  static final List<ApiCall> ALL =
      Stream.of(
              ApiCallsForSenders.ALL,
              ApiCallsForReaders.ALL,
              ApiCallsForOperators.ALL,
              ApiCallsForKeys.ALL)
          .flatMap(List::stream)
          .toList();

  private ApiCalls() {}
}
