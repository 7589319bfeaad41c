package org.tlsrpt.collector.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The API described by itself (OpenAPI 3.1), at {@code /v3/api-docs}: paths and shapes as the code
 * has them, with the words of {@link ApiCalls}. A call without words is left out; a test finds it.
 */
@Configuration(proxyBeanMethods = false)
class ApiDescription {

  private static final List<Integer> WITH_KEY = List.of(401, 403, 429, 503);

  @Bean
  OpenApiCustomizer describedCalls() {
    return ApiDescription::describe;
  }

  private static void describe(OpenAPI api) {
    api.info(
            new Info()
                .title("tlsrpt-collector")
                .version("v1")
                .description(
                    "SMTP TLS reports (RFC 8460): taken in, read, asked for. Errors are problem"
                        + " documents (RFC 9457).")
                .license(
                    new License()
                        .name("Apache-2.0")
                        .url("https://www.apache.org/licenses/LICENSE-2.0")))
        .servers(List.of(new Server().url("/")));
    var components = api.getComponents();
    ApiProblems.addTo(components);
    components
        .addSecuritySchemes(
            "password", new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme("basic"))
        .addSecuritySchemes(
            "token",
            new SecurityScheme()
                .type(SecurityScheme.Type.HTTP)
                .scheme("bearer")
                .description("Made by `POST /v1/tokens`, or of the issuer that is configured."));
    var found = new TreeMap<>(api.getPaths());
    api.getPaths().clear();
    for (var call : ApiCalls.ALL) {
      var path = found.get(call.path());
      var method = PathItem.HttpMethod.valueOf(call.method());
      var operation = path == null ? null : path.readOperationsMap().get(method);
      if (operation != null) {
        describe(operation, call, api);
        api.getPaths()
            .computeIfAbsent(call.path(), p -> new PathItem())
            .operation(method, operation);
      }
    }
  }

  private static void describe(Operation operation, ApiCall call, OpenAPI api) {
    operation
        .operationId(operationId(call))
        .tags(List.of(call.tag()))
        .summary(call.summary())
        .description(call.text().isEmpty() ? null : call.text())
        .security(
            call.isOpen()
                ? List.of()
                : List.of(
                    new SecurityRequirement().addList("password"),
                    new SecurityRequirement().addList("token")));
    var parameters = new ArrayList<io.swagger.v3.oas.models.parameters.Parameter>();
    if (operation.getParameters() != null) {
      operation.getParameters().stream()
          .filter(parameter -> "path".equals(parameter.getIn()))
          .forEach(parameters::add);
    }
    call.query().forEach(name -> parameters.add(ApiParameters.of(name)));
    operation.parameters(parameters).requestBody(requestBody(call));
    operation.responses(responses(call, generated(operation), api));
  }

  private static String operationId(ApiCall call) {
    return (call.method() + call.path().replace("/v1", "").replaceAll("[{}]", ""))
        .replaceAll("[/-]", "_");
  }

  private static @Nullable RequestBody requestBody(ApiCall call) {
    var sent = call.body();
    return sent == null
        ? null
        : new RequestBody()
            .required(true)
            .content(new Content().addMediaType(sent.type(), media(sent, new Schema<>())));
  }

  /** The shape of a good answer, as the code has it. */
  private static @Nullable Schema<?> generated(Operation operation) {
    var answer = operation.getResponses() == null ? null : operation.getResponses().get("200");
    return answer == null || answer.getContent() == null || answer.getContent().isEmpty()
        ? null
        : answer.getContent().values().iterator().next().getSchema();
  }

  private static ApiResponses responses(ApiCall call, @Nullable Schema<?> shape, OpenAPI api) {
    var statuses = new TreeMap<>(call.answers());
    statuses.putIfAbsent(400, new ApiCall.Answer("", null, null));
    if (!call.isOpen()) {
      WITH_KEY.forEach(status -> statuses.putIfAbsent(status, new ApiCall.Answer("", null, null)));
    }
    var responses = new ApiResponses();
    statuses.forEach(
        (status, answer) ->
            responses.addApiResponse(
                String.valueOf(status),
                ApiProblems.isOne(status)
                    ? ApiProblems.of(status)
                    : response(call, status, answer, shape, api)));
    return responses;
  }

  private static ApiResponse response(
      ApiCall call, int status, ApiCall.Answer answer, @Nullable Schema<?> generated, OpenAPI api) {
    var response = new ApiResponse().description(answer.text());
    var body = answer.body();
    if (body != null) {
      var shape = answer.shape() == null ? generated : shape(answer.shape(), api);
      response.content(
          new Content()
              .addMediaType(body.type(), media(body, shape == null ? new Schema<>() : shape)));
    }
    if (status == 200 && call.isExported()) {
      response
          .getContent()
          .addMediaType("text/csv", new MediaType().schema(new StringSchema()))
          .addMediaType("application/x-ndjson", new MediaType().schema(new StringSchema()));
    }
    if (status == 200 && call.answers().containsKey(304)) {
      response.addHeaderObject(
          "ETag",
          new Header()
              .description("Send it as `If-None-Match` the next time.")
              .schema(new StringSchema()));
    }
    return response;
  }

  private static Schema<?> shape(Class<?> type, OpenAPI api) {
    if (type == String.class) {
      return new StringSchema();
    }
    var resolved =
        ModelConverters.getInstance(true)
            .resolveAsResolvedSchema(new AnnotatedType(type).resolveAsRef(true));
    resolved.referencedSchemas.forEach(api.getComponents()::addSchemas);
    return resolved.schema;
  }

  private static MediaType media(ApiCall.Body body, Schema<?> schema) {
    return new MediaType().schema(schema).example(example(body));
  }

  private static Object example(ApiCall.Body body) {
    if (!body.type().endsWith("json")) {
      return body.example();
    }
    try {
      return Json31.mapper().readTree(body.example());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an example of ours is no JSON: " + body.example(), e);
    }
  }
}
