package org.tlsrpt.collector.api;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.security.authentication.InsufficientAuthenticationException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.tlsrpt.collector.store.Reach;

/**
 * Gives every controller method that has a {@link Reach} among its parameters the one of who calls.
 */
@Component
class ReachArgument implements HandlerMethodArgumentResolver, WebMvcConfigurer {

  @Override
  public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
    resolvers.add(this);
  }

  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    return parameter.getParameterType() == Reach.class;
  }

  @Override
  public Reach resolveArgument(
      MethodParameter parameter,
      @Nullable ModelAndViewContainer container,
      NativeWebRequest request,
      @Nullable WebDataBinderFactory binders) {
    if (request.getUserPrincipal() instanceof Authentication login && login.isAuthenticated()) {
      return Reach.ofAuthorities(
          login.getAuthorities().stream()
              .map(GrantedAuthority::getAuthority)
              .filter(Objects::nonNull)
              .collect(Collectors.toSet()));
    }
    throw new InsufficientAuthenticationException("Nobody without a login reaches any report");
  }
}
