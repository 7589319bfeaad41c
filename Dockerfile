FROM eclipse-temurin:25-jdk AS build
RUN apt-get update && apt-get install --yes --no-install-recommends maven && rm -rf /var/lib/apt/lists/*
WORKDIR /build
COPY pom.xml ./
COPY db db
COPY src/main src/main
RUN --mount=type=cache,target=/root/.m2 mvn --batch-mode --no-transfer-progress -DskipTests package \
 && java -Djarmode=tools -jar target/tlsrpt-collector.jar extract --layers --destination layers

FROM eclipse-temurin:25-jre
RUN groupadd --system --gid 10001 tlsrpt \
 && useradd --system --uid 10001 --gid tlsrpt --home-dir /app --no-create-home tlsrpt \
 && install --directory --owner=tlsrpt --group=tlsrpt /app/data /app/cache
WORKDIR /app
COPY --from=build /build/layers/dependencies/ ./
COPY --from=build /build/layers/spring-boot-loader/ ./
COPY --from=build /build/layers/snapshot-dependencies/ ./
COPY --from=build /build/layers/application/ ./
USER tlsrpt
# What each start would find out about classes again. Without the file a start takes longer, no more.
RUN java -XX:AOTCacheOutput=cache/app.aot -Dspring.context.exit=onRefresh -jar tlsrpt-collector.jar \
      || rm -f cache/app.aot; \
    rm -rf data/* cache/*.config
VOLUME /app/data
EXPOSE 8080 8081
# Without curl, which a JRE image need not have.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8081 && printf 'GET /actuator/health/liveness HTTP/1.0\\r\\n\\r\\n' >&3 && grep -q '\"UP\"' <&3"]
ENTRYPOINT ["java", "-XX:AOTCache=cache/app.aot", "-XX:+ExitOnOutOfMemoryError", "-XX:MaxRAMPercentage=50", "-jar", "tlsrpt-collector.jar"]
