package org.tlsrpt.collector.api;

import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.security.test.web.servlet.setup.SecurityMockMvcConfigurers.springSecurity;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls by a login that is limited to some domains, or by one that is not. */
final class Calls {

  private static final JsonMapper JSON = new JsonMapper();

  private final MockMvc mvc;
  private final List<GrantedAuthority> authorities;

  private Calls(MockMvc mvc, List<GrantedAuthority> authorities) {
    this.mvc = mvc;
    this.authorities = authorities;
  }

  /** Limited to nothing if there are no domains. */
  static Calls by(WebApplicationContext context, Collection<String> domains) {
    var authorities = new ArrayList<GrantedAuthority>();
    authorities.add(new SimpleGrantedAuthority("ROLE_READ"));
    domains.forEach(domain -> authorities.add(new SimpleGrantedAuthority("DOMAIN_" + domain)));
    return new Calls(
        MockMvcBuilders.webAppContextSetup(context).apply(springSecurity()).build(), authorities);
  }

  MockHttpServletResponse get(String pathAndQuery) {
    try {
      return mvc.perform(
              MockMvcRequestBuilders.get(URI.create(pathAndQuery))
                  .with(user("somebody").authorities(authorities)))
          .andReturn()
          .getResponse();
    } catch (Exception e) {
      throw new AssertionError(pathAndQuery, e);
    }
  }

  JsonNode json(String pathAndQuery) {
    var answer = get(pathAndQuery);
    if (answer.getStatus() != 200) {
      throw new AssertionError(pathAndQuery + " " + answer.getStatus() + " " + text(answer));
    }
    return JSON.readTree(answer.getContentAsByteArray());
  }

  /** All items of a list, page by page. */
  List<JsonNode> pages(String path, Map<String, List<String>> parameters, int limit) {
    var items = new ArrayList<JsonNode>();
    String query = query(parameters) + "limit=" + limit;
    String cursor = "";
    while (cursor != null) {
      var page = json(path + "?" + query + cursor);
      page.get("items").forEach(items::add);
      cursor = page.get("next").isNull() ? null : "&cursor=" + page.get("next").asString();
    }
    return items;
  }

  /** A query that ends with an ampersand if it is not empty. */
  static String query(Map<String, List<String>> parameters) {
    var query = new StringBuilder();
    parameters.forEach(
        (name, values) -> values.forEach(value -> query.append(pair(name, value)).append('&')));
    return query.toString();
  }

  private static String pair(String name, String value) {
    return name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }

  static String text(MockHttpServletResponse answer) {
    return new String(answer.getContentAsByteArray(), StandardCharsets.UTF_8);
  }
}
