package org.tlsrpt.collector.access;

import java.util.Locale;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.view.RedirectView;

/** Accounts in a browser: made, given another password, deleted. */
@Controller
class UsersPage {

  private static final int MOST = 200;

  private final Users users;

  UsersPage(Users users) {
    this.users = users;
  }

  @GetMapping("/users")
  ModelAndView list() {
    return new ModelAndView("users").addObject("users", users.list("", MOST));
  }

  @PostMapping("/users")
  ModelAndView make(
      @RequestParam(defaultValue = "") String name,
      @RequestParam(defaultValue = "") String password,
      @RequestParam(defaultValue = "read") String scope,
      @RequestParam(defaultValue = "") String domains,
      Authentication who) {
    try {
      var wish = new Users.Wish(name, password, TokensPage.scope(scope), TokensPage.typed(domains));
      if (users.make(wish, Caller.of(who).signature()).isPresent()) {
        return new ModelAndView(TokensPage.to("/users"));
      }
      throw new UnacceptableException("name", "is taken by another account.");
    } catch (UnacceptableException e) {
      return refused(e).addObject("name", name).addObject("domains", domains);
    }
  }

  @PostMapping("/users/{name}/password")
  ModelAndView change(
      @PathVariable String name,
      @RequestParam(defaultValue = "") String password,
      Authentication who) {
    try {
      var change = new Users.Change(password, null, null);
      if (users.change(known(name), change, Caller.of(who).signature()).isEmpty()) {
        throw new ResponseStatusException(HttpStatus.NOT_FOUND);
      }
      return new ModelAndView(TokensPage.to("/users"));
    } catch (UnacceptableException e) {
      return refused(e);
    }
  }

  @PostMapping("/users/{name}/delete")
  RedirectView delete(@PathVariable String name, Authentication who) {
    if (!users.delete(known(name), Caller.of(who).signature())) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
    return TokensPage.to("/users");
  }

  private ModelAndView refused(UnacceptableException e) {
    var page = list().addObject("part", e.part()).addObject("rule", e.getMessage());
    page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
    return page;
  }

  private static String known(String name) {
    var lower = name.toLowerCase(Locale.ROOT);
    if (Users.isName(lower)) {
      return lower;
    }
    throw new ResponseStatusException(HttpStatus.NOT_FOUND);
  }
}
