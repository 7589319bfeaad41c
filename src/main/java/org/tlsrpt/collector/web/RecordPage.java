package org.tlsrpt.collector.web;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.view.RedirectView;
import org.tlsrpt.collector.dnsrecord.CollectorRecord;
import org.tlsrpt.collector.dnsrecord.Excerpt;
import org.tlsrpt.collector.dnsrecord.Generated;
import org.tlsrpt.collector.dnsrecord.PublicUrl;
import org.tlsrpt.collector.dnsrecord.RecordFormat;

/** The page that makes the record and judges others; it keeps nothing. */
@Controller
class RecordPage {

  private static final String VIEW = "record";

  private final PublicUrl here;
  private final Wording wording;
  private final Remarks remarks;

  RecordPage(PublicUrl here, Wording wording, Remarks remarks) {
    this.here = here;
    this.wording = wording;
    this.remarks = remarks;
  }

  /** A record in one of the shapes people paste. */
  record Shape(String word, String text) {}

  /**
   * A record.
   *
   * @param domain without the labels before it
   * @param name absolute owner name
   * @param ttl seconds
   * @param shapes all there are
   * @param remarks what the operator should know
   */
  record Made(
      String domain, String name, int ttl, List<Shape> shapes, List<Remarks.Remark> remarks) {}

  /**
   * What no record can be made of.
   *
   * @param field {@code domain}, {@code rua} or {@code ttl}
   * @param offending part of it, or empty
   */
  record Refusal(String field, String offending, Wording.Text reason) {}

  /** The page; with a record as soon as a domain is named. */
  @GetMapping("/record")
  ModelAndView show(@RequestParam MultiValueMap<String, String> parameters, Locale locale) {
    var form = RecordForm.of(parameters, here.intake());
    return parameters.containsKey("domain") ? made(form, locale) : page(form);
  }

  /** Forms may be longer than addresses. Where one is not, its answer gets an address. */
  @PostMapping("/record")
  ModelAndView send(@RequestParam MultiValueMap<String, String> parameters, Locale locale) {
    var form = RecordForm.of(parameters, here.intake());
    var link = form.link(here.intake());
    if (link == null) {
      return made(form, locale);
    }
    var view = new RedirectView(link + "#make", true);
    view.setStatusCode(HttpStatus.SEE_OTHER);
    view.setExpandUriTemplateVariables(false);
    return new ModelAndView(view);
  }

  /** The page before anybody filled in its first form. */
  ModelAndView blank() {
    return page(RecordForm.blank(here.intake()));
  }

  private static ModelAndView page(RecordForm form) {
    return new ModelAndView(VIEW).addObject("form", form);
  }

  private ModelAndView made(RecordForm form, Locale locale) {
    var page = page(form);
    var generated =
        CollectorRecord.generate(form.domain(), form.destinations(), here, form.seconds());
    switch (generated) {
      case Generated.Record record -> page.addObject("made", made(record, locale));
      case Generated.Refused refused -> {
        page.addObject("refusal", refusal(refused, form, locale));
        page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
      }
    }
    return page;
  }

  private Made made(Generated.Record record, Locale locale) {
    var domain = record.name().replaceFirst("^_smtp\\._tls\\.", "").replaceFirst("\\.$", "");
    var shapes =
        Arrays.stream(RecordFormat.values())
            .map(format -> new Shape(format.word(), format.render(record)))
            .toList();
    return new Made(
        domain, record.name(), record.ttl(), shapes, remarks.of(record.notes(), locale));
  }

  private Refusal refusal(Generated.Refused refused, RecordForm form, Locale locale) {
    var offending = refused.field().equals("ttl") ? Excerpt.of(form.ttl()) : refused.offending();
    return new Refusal(refused.field(), offending, wording.in(locale, refused.reason()));
  }
}
