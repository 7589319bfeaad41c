package org.tlsrpt.collector.web;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** The description of the API for people; what it shows, the browser reads from the API itself. */
@Controller
class DocsPage {

  @GetMapping("/docs")
  String show() {
    return "docs";
  }
}
