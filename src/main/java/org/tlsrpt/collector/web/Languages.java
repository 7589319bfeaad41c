package org.tlsrpt.collector.web;

import java.util.List;
import java.util.Locale;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.i18n.AcceptHeaderLocaleResolver;

/** The languages the pages are written in; {@code Accept-Language} chooses, else English. */
@Configuration(proxyBeanMethods = false)
class Languages {

  static final Locale PORTUGUESE = Locale.of("pt");

  @Bean
  LocaleResolver localeResolver() {
    var resolver = new AcceptHeaderLocaleResolver();
    resolver.setSupportedLocales(List.of(Locale.ENGLISH, PORTUGUESE));
    resolver.setDefaultLocale(Locale.ENGLISH);
    return resolver;
  }
}
