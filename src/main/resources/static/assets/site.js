// What the pages do better with JavaScript; without it they do the same by forms and links.
(() => {
  "use strict";

  document.documentElement.classList.add("js"); // shows the copy buttons

  const say = (text) => {
    document.getElementById("said").textContent = text;
  };

  // Over http, anywhere but on localhost, a browser has no clipboard API.
  const copyBySelection = (source) => {
    const selection = window.getSelection();
    selection.selectAllChildren(source);
    const copied = document.execCommand("copy");
    if (copied) {
      selection.removeAllRanges();
    }
    return copied;
  };

  const copy = async (source) => {
    try {
      await navigator.clipboard.writeText(source.textContent);
      return true;
    } catch {
      return copyBySelection(source);
    }
  };

  const answer = (button, text) => {
    const label = button.dataset.label ?? button.textContent;
    button.dataset.label = label;
    button.textContent = text;
    say(text);
    setTimeout(() => {
      button.textContent = label;
    }, 2000);
  };

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (button) {
      const copied = await copy(document.getElementById(button.dataset.copy));
      answer(button, copied ? button.dataset.done : button.dataset.failed);
    }
  });

  // Look-ups take seconds: say so on the button.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method === "get") {
      form.querySelector("[type=submit]").setAttribute("aria-busy", "true");
    }
  });
  window.addEventListener("pageshow", () => {
    document.querySelectorAll("form[method=get] [aria-busy]").forEach((busy) => busy.removeAttribute("aria-busy"));
  });

  // Whoever sent the form goes on at the answer, or at the field to put right.
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.elt.id === "make") {
      (document.querySelector("#make [aria-invalid=true]") ?? document.getElementById("made"))?.focus();
    }
  });
})();
