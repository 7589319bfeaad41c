package org.tlsrpt.collector.access;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;

/** Lets people who have an account here take another password. */
@RestController
class OwnPasswordController {

  private static final String OLD = "old";
  private static final String NEW = "new";

  private final PasswordLogin logins;
  private final Users users;
  private final LoginJournal journal;

  OwnPasswordController(PasswordLogin logins, Users users, LoginJournal journal) {
    this.logins = logins;
    this.users = users;
    this.journal = journal;
  }

  /** The old one is asked for again, and guessing at it is as slow as at a login. */
  @PutMapping("/v1/me/password")
  ResponseEntity<Void> change(Authentication who, HttpServletRequest request) throws IOException {
    Listing.refuseParameters(request);
    var members = Members.of(request, List.of(OLD, NEW));
    var old = members.text(OLD);
    var wanted = members.text(NEW);
    var caller = Caller.of(who);
    if (caller.kind() != Identity.Kind.USER) {
      throw AccessProblem.withoutPassword();
    }
    if (wanted.equals(old)) {
      throw AccessProblem.member(NEW, "must not be the old one.");
    }
    var stored = proved(caller.name(), old, request.getRemoteAddr());
    if (!replaced(caller.name(), stored, wanted)) {
      throw AccessProblem.wrongOldPassword();
    }
    return ResponseEntity.noContent().header(HttpHeaders.CACHE_CONTROL, "no-store").build();
  }

  private boolean replaced(String name, String stored, String wanted) {
    try {
      return users.replacePassword(name, stored, wanted);
    } catch (UnacceptableException e) {
      throw AccessProblem.member(NEW, e.getMessage());
    }
  }

  /** The hash that a password was found to be right by. */
  private String proved(String name, String password, String address) {
    try {
      return logins.prove(name, password, address).password();
    } catch (RefusedLogin refused) {
      journal.refused(refused, address);
      throw AccessProblem.of(refused);
    }
  }
}
