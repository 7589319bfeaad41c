package org.tlsrpt.collector.store;

import java.util.Collection;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How far a login can see. Every query takes one: what lies beyond it is neither shown nor summed,
 * and not told from what is not there.
 */
public sealed interface Reach {

  /** How the authority of a login begins that limits it to a domain: {@code DOMAIN_example.com}. */
  String AUTHORITY_PREFIX = "DOMAIN_";

  /**
   * Whether a row of a report lies within.
   *
   * @param policyDomain of the row
   * @param recipientDomain from the path the report was posted to
   * @return whether it may be shown
   */
  boolean covers(String policyDomain, @Nullable String recipientDomain);

  /** All of the collector's reports. */
  record Everything() implements Reach {

    @Override
    public boolean covers(String policyDomain, @Nullable String recipientDomain) {
      return true;
    }
  }

  /**
   * Rows whose policy domain or recipient domain is one of these; none if there are none.
   *
   * @param names A-labels, lower case, without final dot
   */
  record Domains(Set<String> names) implements Reach {

    /** Copies the names, in order: the same limit always reads the same. */
    public Domains {
      names = Collections.unmodifiableSortedSet(new TreeSet<>(names));
    }

    @Override
    public boolean covers(String policyDomain, @Nullable String recipientDomain) {
      return names.contains(policyDomain)
          || (recipientDomain != null && names.contains(recipientDomain));
    }
  }

  /**
   * The reach of a login.
   *
   * @param authorities all of them; those that do not begin with {@link #AUTHORITY_PREFIX} say
   *     nothing here
   * @return {@link Everything} if none of them names a domain
   */
  static Reach ofAuthorities(Collection<String> authorities) {
    var names =
        authorities.stream()
            .filter(authority -> authority.startsWith(AUTHORITY_PREFIX))
            .map(authority -> authority.substring(AUTHORITY_PREFIX.length()))
            .collect(Collectors.toSet());
    return names.isEmpty() ? new Everything() : new Domains(names);
  }
}
