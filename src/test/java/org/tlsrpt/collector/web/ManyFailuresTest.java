package org.tlsrpt.collector.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.web.servlet.ModelAndView;
import org.tlsrpt.collector.store.FailureGroup;
import org.tlsrpt.collector.store.FailureGroupQueries;
import org.tlsrpt.collector.store.Reach;
import org.tlsrpt.collector.store.ReportQueries;

/** More failures than can be grouped before the time of a statement is over. */
class ManyFailuresTest {

  private static final LocalDate DAY = LocalDate.of(2026, 3, 1);
  private static final List<FailureGroup> NEWEST =
      List.of(
          new FailureGroup(Arrays.asList("certificate-expired", null, null, null), 5, 1, DAY, DAY));

  private final FailureGroupQueries queries = mock(FailureGroupQueries.class);
  private final FailuresPage page = new FailuresPage(mock(ReportQueries.class), queries);

  static Stream<DataAccessException> tooSlow() {
    return Stream.of(
        new QueryTimeoutException("the statements before took all the time"),
        new UncategorizedSQLException("", "", new SQLException("canceled", "57014")));
  }

  @ParameterizedTest
  @MethodSource("tooSlow")
  void groupsTheNewestAloneAndSaysSo(DataAccessException slow) {
    when(queries.groups(any(), any(), any(), anyInt())).thenThrow(slow);
    when(queries.ofNewest(any(), any(), anyInt())).thenReturn(NEWEST);

    assertThat(groups().getModel())
        .containsEntry("groups", NEWEST)
        .containsEntry("newestAlone", true)
        .containsEntry("sort", "sessions");
  }

  @Test
  void saysNothingOfTheKindOtherwise() {
    when(queries.groups(any(), any(), any(), anyInt())).thenReturn(NEWEST);

    assertThat(groups().getModel())
        .containsEntry("newestAlone", false)
        .containsEntry("sort", "last");
  }

  @Test
  void doesNotAskOnceMoreWhenTheDatabaseIsAway() {
    when(queries.groups(any(), any(), any(), anyInt()))
        .thenThrow(new DataAccessResourceFailureException("away"));

    assertThatThrownBy(this::groups).isInstanceOf(DataAccessResourceFailureException.class);
  }

  private ModelAndView groups() {
    return page.show(new LinkedMultiValueMap<>(), "groups", "last", "1", new Reach.Everything());
  }
}
