package org.tlsrpt.collector.api;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.http.HttpStatus;

/** The problem documents (RFC 9457) that calls may answer, as the description shows them. */
final class ApiProblems {

  private static final String SCHEMA = "Problem";

  private static final Map<Integer, String> DETAILS = details();

  private ApiProblems() {}

  private static Map<Integer, String> details() {
    var details = new TreeMap<Integer, String>();
    details.put(400, "Parameter 'from' must be a day from 1970-01-01 to 9999-12-31.");
    details.put(401, "Log in with HTTP Basic or with a token.");
    details.put(403, "This account may not do that.");
    details.put(404, "There is no report with this id.");
    details.put(409, "There is an account with this name already.");
    details.put(410, "The document of this report was deleted.");
    details.put(413, "The body is larger than what is taken here.");
    details.put(422, "Member 'name' is missing.");
    details.put(429, "Too many logins failed; try again later.");
    details.put(
        503, "The query took too long and was ended; narrow it by domain, or by from and to.");
    return details;
  }

  /** Adds them all, to be named by their status. */
  static void addTo(Components components) {
    components.addSchemas(SCHEMA, schema());
    DETAILS.forEach(
        (status, detail) -> {
          var title = HttpStatus.valueOf(status).getReasonPhrase();
          var example = new LinkedHashMap<String, Object>();
          example.put("type", "urn:tlsrpt-collector:problem:" + status);
          example.put("title", title);
          example.put("status", status);
          example.put("detail", detail);
          var media =
              new MediaType()
                  .schema(new Schema<>().$ref("#/components/schemas/" + SCHEMA))
                  .example(example);
          components.addResponses(
              String.valueOf(status),
              new ApiResponse()
                  .description(title)
                  .content(new Content().addMediaType("application/problem+json", media)));
        });
  }

  private static Schema<?> schema() {
    return new ObjectSchema()
        .description("RFC 9457; `parameter` names the part of the request that is wrong.")
        .addProperty("type", new StringSchema().format("uri"))
        .addProperty("title", new StringSchema())
        .addProperty("status", new IntegerSchema())
        .addProperty("detail", new StringSchema())
        .addProperty("instance", new StringSchema().format("uri"))
        .addProperty("parameter", new StringSchema())
        .addProperty("quarantineId", new StringSchema().format("uuid"));
  }

  static boolean isOne(int status) {
    return DETAILS.containsKey(status);
  }

  /** A reference to one of them. */
  static ApiResponse of(int status) {
    return new ApiResponse().$ref("#/components/responses/" + status);
  }
}
