package org.tlsrpt.collector.web;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.tlsrpt.collector.store.Dimension;
import org.tlsrpt.collector.store.FailureGroup;
import org.tlsrpt.collector.store.FailureGroupQueries;
import org.tlsrpt.collector.store.FailureItem;
import org.tlsrpt.collector.store.FailureOrder;
import org.tlsrpt.collector.store.Reach;
import org.tlsrpt.collector.store.ReportFilter;
import org.tlsrpt.collector.store.ReportQueries;
import org.tlsrpt.collector.store.SqlFailures;

/** What failed: one by one, or in groups. All that is chosen stands in the address. */
@Controller
class FailuresPage {

  private static final int ON_A_PAGE = 50;
  private static final int LAST_PAGE = 100;
  private static final int MOST_GROUPS = 100;

  private static final String NEWEST = "newest";

  private static final List<Dimension> GROUPED_BY =
      List.of(Dimension.RESULT_TYPE, Dimension.MX, Dimension.ORGANIZATION, Dimension.REASON_CODE);

  private static final Map<String, FailureOrder> ORDERS = orders();
  private static final Map<String, FailureGroup.Order> GROUP_ORDERS = groupOrders();

  private final ReportQueries reports;
  private final FailureGroupQueries groups;

  FailuresPage(ReportQueries reports, FailureGroupQueries groups) {
    this.reports = reports;
    this.groups = groups;
  }

  private static Map<String, FailureOrder> orders() {
    var orders = new LinkedHashMap<String, FailureOrder>();
    orders.put("oldest", FailureOrder.OLDEST);
    orders.put("sessions", FailureOrder.SESSIONS);
    orders.put("domain", FailureOrder.DOMAIN);
    orders.put("organization", FailureOrder.ORGANIZATION);
    orders.put("resultType", FailureOrder.RESULT_TYPE);
    orders.put("mx", FailureOrder.MX);
    return orders;
  }

  private static Map<String, FailureGroup.Order> groupOrders() {
    var orders = new LinkedHashMap<String, FailureGroup.Order>();
    orders.put("sessions", FailureGroup.Order.SESSIONS);
    orders.put("reports", FailureGroup.Order.REPORTS);
    orders.put("first", FailureGroup.Order.FIRST);
    orders.put("last", FailureGroup.Order.LAST);
    return orders;
  }

  /**
   * A part of the table.
   *
   * @param number from 1
   * @param more whether another follows
   * @param end whether more would follow, but not here
   */
  record Part(List<FailureItem> items, int number, boolean more, boolean end) {}

  @GetMapping("/failures")
  ModelAndView show(
      @RequestParam MultiValueMap<String, String> parameters,
      @RequestParam(defaultValue = "") String view,
      @RequestParam(defaultValue = "") String sort,
      @RequestParam(defaultValue = "1") String page,
      Reach reach) {
    var filters = Filters.of(parameters);
    var grouped = view.equals("groups");
    var model =
        new ModelAndView("failures").addObject("filters", filters).addObject("grouped", grouped);
    if (!filters.valid()) {
      model.setStatus(HttpStatus.BAD_REQUEST);
      return model.addObject("sort", "");
    }
    var filter = filters.filter(reach);
    if (grouped) {
      var by = GROUP_ORDERS.containsKey(sort) ? sort : "sessions";
      return addGroups(model.addObject("sort", by), filter, by);
    }
    var by = ORDERS.containsKey(sort) ? sort : NEWEST;
    return model.addObject("sort", by).addObject("part", part(filter, by, number(page)));
  }

  /** Of very many failures the newest are better than none. */
  private ModelAndView addGroups(ModelAndView model, ReportFilter filter, String by) {
    var order = GROUP_ORDERS.getOrDefault(by, FailureGroup.Order.SESSIONS);
    model.addObject("most", MOST_GROUPS);
    try {
      return model
          .addObject("groups", groups.groups(filter, GROUPED_BY, order, MOST_GROUPS))
          .addObject("newestAlone", false);
    } catch (DataAccessException e) {
      if (!SqlFailures.tookTooLong(e)) {
        throw e;
      }
      return model
          .addObject("groups", groups.ofNewest(filter, GROUPED_BY, MOST_GROUPS))
          .addObject("sort", "sessions")
          .addObject("newestAlone", true);
    }
  }

  private Part part(ReportFilter filter, String by, int number) {
    var wanted = number * ON_A_PAGE;
    var order = ORDERS.get(by);
    var found =
        order == null
            ? reports.failures(filter, null, wanted + 1).items()
            : reports.sortedFailures(filter, order, wanted + 1);
    var from = Math.min(found.size(), wanted - ON_A_PAGE);
    var more = found.size() > wanted;
    return new Part(
        found.subList(from, Math.min(wanted, found.size())),
        number,
        more && number < LAST_PAGE,
        more && number == LAST_PAGE);
  }

  private static int number(String page) {
    return page.matches("[0-9]{1,4}") ? Math.clamp(Integer.parseInt(page), 1, LAST_PAGE) : 1;
  }
}
