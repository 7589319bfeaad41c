package org.tlsrpt.collector.web;

import org.tlsrpt.collector.testing.TestZone;

/** What example.com publishes, for the pages that look it up. */
final class Published {

  private Published() {}

  static void example(TestZone zone) {
    zone.txt(
            "_smtp._tls.example.com.",
            3600,
            "v=TLSRPTv1; rua=https://tlsrpt.example.net/v1/tlsrpt/example.com,mailto:a@example.org")
        .txt("_smtp._tls.broken.example.", 300, "v=TLSRPTv1; RUA=mailto:a@b.example")
        .txt("_mta-sts.example.com.", 300, "v=STSv1; id=20261101")
        .with(
            "example.com. 300 MX 10 mx1.example.com.",
            "example.com. 300 MX 20 mx2.example.com.",
            "_25._tcp.mx1.example.com. 300 TLSA 3 1 1 " + "8cb0fc6c527506a0".repeat(4));
  }
}
