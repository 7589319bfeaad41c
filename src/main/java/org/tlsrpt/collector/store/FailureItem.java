package org.tlsrpt.collector.store;

import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A failure detail with what is needed to understand it alone.
 *
 * @param reportId id of the report it stands in
 * @param day UTC day of the window's start
 * @param domain policy domain
 * @param organization who answers for the report; a claim
 * @param policyType {@code sts}, {@code tlsa}, {@code no-policy-found} or what the sender wrote
 * @param mode {@code enforce}, {@code testing}, {@code none}
 * @param resultType a registered result type or what the sender wrote
 * @param sessions that failed in this way
 * @param sendingMtaIp canonical text
 * @param receivingMx name from the MX record
 * @param receivingMxHelo name the server gave
 * @param receivingIp canonical text
 * @param additionalInformation a URI or any text; never fetched
 * @param reasonCode a code or any text
 */
public record FailureItem(
    UUID reportId,
    LocalDate day,
    String domain,
    @Nullable String organization,
    String policyType,
    @Nullable String mode,
    String resultType,
    long sessions,
    @Nullable String sendingMtaIp,
    @Nullable String receivingMx,
    @Nullable String receivingMxHelo,
    @Nullable String receivingIp,
    @Nullable String additionalInformation,
    @Nullable String reasonCode) {}
